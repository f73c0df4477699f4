// Package confirm takes findings about JavaScript and TypeScript handlers and
// tries to make the real code do what they claim. Sixth step of the way:
// findings → findings that a run has shown. It raises findings and never drops
// one: that no run shows something does not mean that it cannot happen.
package confirm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/bundle"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// Task is one handler and the findings about it, as it goes to the child process.
type Task struct {
	Root     string  `json:"root"`
	File     string  `json:"file"`
	Export   string  `json:"export"`
	Method   string  `json:"method,omitempty"`
	Line     int     `json:"line"`
	Contract string  `json:"contract"`
	BudgetMS int     `json:"budgetMS,omitempty"`
	Claims   []Claim `json:"claims"`
	// Demands means that what stands before the handler takes no empty answer.
	Demands bool `json:"demands,omitempty"`
	// Overlay are texts that replace those on disk, by name relative to Root.
	Overlay map[string]string `json:"overlay,omitempty"`
}

// Claim is what one finding says.
type Claim struct {
	Rule  string       `json:"rule"`
	Range flow.Range   `json:"range"`
	Steps []flow.Range `json:"steps,omitempty"`
	// Whole means that the handler itself is meant, and no line in it.
	Whole bool `json:"whole,omitempty"`
}

// TaskFor is the task of a handler's findings.
func TaskFor(root string, h *platform.Handler, found []rules.Finding) *Task {
	t := &Task{
		Root: root, File: h.File, Export: h.Name, Method: h.Entry.Method, Line: h.Line,
		Contract: h.Contract.ID, BudgetMS: h.Budget.MS, Demands: h.ProxyResult,
	}
	for i := range found {
		r := found[i].Range
		c := Claim{Rule: found[i].Rule, Range: r}
		c.Whole = r.File == h.File && r.Start <= h.Entry.Span.Start && h.Entry.Span.Start < r.End
		for _, s := range found[i].Steps {
			c.Steps = append(c.Steps, s.Range)
		}
		t.Claims = append(t.Claims, c)
	}
	return t
}

// Judge runs a task in this process: in the order of its claims, a result each. What it runs can take the process down.
func Judge(ctx context.Context, t *Task) []Result {
	out := make([]Result, len(t.Claims))
	judgeEach(ctx, t, func(i int, r Result) { out[i] = r })
	return out
}

// judgeEach tells of each result as soon as it is there.
func judgeEach(ctx context.Context, t *Task, tell func(int, Result)) {
	script, contract, err := prepare(t)
	places := &places{task: t, index: map[string]*position.Index{}, packages: packagesOf(t)}
	for i := range t.Claims {
		switch {
		case err != nil:
			tell(i, Result{Verdict: Unconfirmed, Reason: err.Error()})
		case ctx.Err() != nil:
			tell(i, Result{Verdict: Unconfirmed, Reason: "it was stopped"})
		default:
			tell(i, judgeClaim(t, &t.Claims[i], contract, script, places))
		}
	}
}

// prepare bundles and instruments a task's code.
func prepare(t *Task) (*instrument.Script, *platform.Contract, error) {
	contract := platform.ContractByID(t.Contract)
	if contract == nil {
		return nil, nil, fmt.Errorf("the contract %q is not known", t.Contract)
	}
	options := bundle.Options{Root: t.Root, File: t.File, Overlay: t.Overlay}
	if len(contract.Globals) > 0 {
		options.Private = bundle.Private(t.Root, t.File)
	}
	bundled, err := bundle.Bundle(options)
	if err != nil {
		return nil, nil, fmt.Errorf("it cannot be bundled: %w", err)
	}
	script, err := instrument.Compile(bundled.Code, bundle.RegisterName)
	return script, contract, err
}

func judgeClaim(t *Task, c *Claim, contract *platform.Contract, script *instrument.Script, at *places) Result {
	rule := questions()[c.Rule]
	if rule.shows == nil {
		return Result{Verdict: Unconfirmed, Reason: "no run can show what " + c.Rule + " claims"}
	}
	span, err := at.span(c.Range)
	if err != nil {
		return Result{Verdict: Unconfirmed, Reason: err.Error()}
	}
	job := &sandbox.Job{
		Script: script, Contract: contract, Export: t.Export, Method: t.Method, File: t.File, Line: t.Line,
		BudgetMS: t.BudgetMS, Suspect: script.SiteAt(span.Start), Packages: at.packages,
	}
	if c.Whole {
		job.Suspect = sandbox.Whole
	}
	q := &question{contract: contract, suspect: span, budget: t.BudgetMS, demands: t.Demands, means: rule.means(contract)}
	if c.Rule == "floating-promise" || c.Rule == "early-completion" {
		job.Promises = []instrument.Span{lines(span)}
	}
	for _, r := range append([]flow.Range{c.Range}, c.Steps...) {
		if s, err := at.span(r); err == nil {
			job.Guarded = append(job.Guarded, guardedBy(script, s.Start)...)
			q.steps = append(q.steps, s)
		}
	}
	if q.budget == 0 {
		q.budget = contract.BudgetMS
	}
	out := judge(job, q, rule.shows, false, maxRuns)
	if script.Cases[job.Suspect] && out.Verdict == Refuted {
		// The finding may mean what happens where this case is not the one; runs that do not reach it were not asked.
		return Result{Verdict: Unconfirmed, Reason: fmt.Sprintf("no such run through this case among %d", out.Runs), Runs: out.Runs}
	}
	if out.Verdict == Refuted || out.Verdict == Unconfirmed && asksForTime(c.Rule) {
		if again := judge(job, q, rule.shows, true, maxRuns/3); again.Verdict == Conditional || again.Verdict == Confirmed {
			again.Runs += out.Runs
			return again
		}
	}
	return out
}

// asksForTime tells whether a rule is about loops that somebody else must end.
func asksForTime(rule string) bool { return rule == "infinite-loop" || rule == "over-budget" }

// lines is a span made whole lines.
func lines(s instrument.Span) instrument.Span {
	s.Start.Column = 1
	s.End.Line, s.End.Column = s.End.Line+1, 1
	return s
}

// guardedBy are the bodies of the try statements in whose catch a place lies.
func guardedBy(script *instrument.Script, p instrument.Place) []instrument.Span {
	var out []instrument.Span
	for _, t := range script.Tries {
		if t.Catch.Contains(p) {
			out = append(out, t.Body)
		}
	}
	return out
}

// places turns byte ranges into lines and columns.
type places struct {
	task     *Task
	index    map[string]*position.Index
	packages *sandbox.Packages
}

func (p *places) span(r flow.Range) (instrument.Span, error) {
	x := p.index[r.File]
	if x == nil {
		text, ok := p.task.Overlay[r.File]
		if !ok {
			read, err := os.ReadFile(filepath.Join(p.task.Root, filepath.FromSlash(r.File)))
			if err != nil {
				return instrument.Span{}, fmt.Errorf("%s cannot be read", r.File)
			}
			text = string(read)
		}
		x = position.New([]byte(text))
		p.index[r.File] = x
	}
	at := func(offset int) instrument.Place {
		q := x.At(offset, position.UTF16)
		return instrument.Place{File: r.File, Line: q.Line, Column: q.Column}
	}
	return instrument.Span{Start: at(r.Start), End: at(r.End)}, nil
}
