package confirm

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/fix"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// Fixed is what running the changed code showed.
type Fixed struct {
	Holds bool   `json:"holds"`
	Text  string `json:"text"` // a clause
}

// verify applies each change that is offered as safe in memory and searches again. A change holds if no run shows any more what the
// finding claims, and none that was complete before ends without an answer or with two.
func verify(before *trial, c *Claim) []Fixed {
	var out []Fixed
	for _, edits := range c.Fixes {
		out = append(out, before.changed(c, edits))
	}
	return out
}

// changed asks about the code as it would be with some edits.
func (t *trial) changed(c *Claim, edits []rules.Edit) Fixed {
	task, err := t.task.with(edits)
	if err != nil {
		return Fixed{Text: err.Error()}
	}
	after := newTrial(task, nil)
	again := c.behind(edits)
	switch r := after.judge(&again); {
	case r.Verdict == Confirmed || r.Verdict == Conditional:
		return Fixed{Text: "with this change a run still shows it"}
	case !r.searched:
		return Fixed{Text: r.Reason}
	}
	everywhere := true
	for _, rule := range []string{"missing-completion", "double-completion"} {
		whole := Claim{Rule: rule, Range: again.Range, Whole: true}
		r := after.judge(&whole)
		everywhere = everywhere && r.searched
		if r.Verdict != Confirmed {
			continue
		}
		was := Claim{Rule: rule, Range: c.Range, Whole: true}
		if t.judge(&was).Verdict != Confirmed {
			return Fixed{Text: "with this change a run shows: " + rule}
		}
		everywhere = false // that is another finding
	}
	if everywhere {
		return Fixed{Holds: true, Text: "with this change every explored run completes"}
	}
	return Fixed{Holds: true, Text: "with this change every explored run that comes here completes"}
}

// with is the task with changed files.
func (t *Task) with(edits []rules.Edit) (*Task, error) {
	next := *t
	next.Overlay = maps.Clone(t.Overlay)
	if next.Overlay == nil {
		next.Overlay = map[string]string{}
	}
	by := map[string][]rules.Edit{}
	for _, e := range edits {
		by[e.Range.File] = append(by[e.Range.File], e)
	}
	for file, list := range by {
		text, err := t.text(file)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read", file)
		}
		changed, ok := fix.Edited(text, list)
		if !ok {
			return nil, errors.New("the change cannot be made")
		}
		next.Overlay[file] = changed
		if file == t.File {
			next.Line += moved(text, t.Line, list)
		}
	}
	return &next, nil
}

// moved is by how many lines edits before it move a line.
func moved(text string, line int, edits []rules.Edit) int {
	x := position.New([]byte(text))
	n := 0
	for _, e := range edits {
		if e.Range.End <= x.Start(line) {
			n += strings.Count(e.Text, "\n") - strings.Count(text[e.Range.Start:e.Range.End], "\n")
		}
	}
	return n
}

// behind is the claim about the changed text.
func (c *Claim) behind(edits []rules.Edit) Claim {
	move := func(r flow.Range) flow.Range {
		return flow.Range{File: r.File, Start: moveOffset(r.File, r.Start, edits, false), End: moveOffset(r.File, r.End, edits, true)}
	}
	out := *c
	out.Fixes = nil
	out.Range = move(c.Range)
	out.Steps = slices.Clone(c.Steps)
	for i, s := range out.Steps {
		out.Steps[i] = move(s)
	}
	return out
}

// moveOffset is where an offset lies after edits; what is inside of a replaced stretch goes to its start, or its end.
func moveOffset(file string, at int, edits []rules.Edit, toEnd bool) int {
	delta := 0
	for _, e := range edits {
		switch {
		case e.Range.File != file || e.Range.Start > at || e.Range.Start == at && !toEnd && e.Range.End > at:
		case e.Range.End <= at:
			delta += len(e.Text) - (e.Range.End - e.Range.Start)
		case toEnd:
			delta += e.Range.Start + len(e.Text) - at
		default:
			delta += e.Range.Start - at
		}
	}
	return max(at+delta, 0)
}
