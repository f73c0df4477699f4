package confirm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// witness tells a run in numbered lines with the clock; all of it, or what matters.
func witness(q *question, s *shown, all bool) []string {
	var lines []string
	add := func(at float64, where, text string) {
		line := "t = " + ms(at) + " ms: "
		if where != "" {
			line += where + ": "
		}
		lines = append(lines, line+text)
	}
	for _, e := range s.run.Events {
		if e.Minor && !all {
			continue
		}
		where := ""
		if e.Place.Line > 0 {
			where = e.Place.File + ":" + strconv.Itoa(e.Place.Line)
		}
		add(e.At, where, e.Text)
	}
	if end := ending(s.run); end != "" {
		add(s.run.At, "", end)
	}
	if at, text := consequence(q, s.run); text != "" {
		add(at, "", text)
	}
	for i := range lines {
		lines[i] = strconv.Itoa(i+1) + ". " + lines[i]
	}
	return lines
}

func ending(r *sandbox.Run) string {
	switch r.End {
	case sandbox.Idle:
		return "nothing is left to run"
	case sandbox.Spin:
		return "the code still runs in the same loop, and nothing in it changes what it asks"
	}
	return ""
}

// consequence is what the run means for the caller.
func consequence(q *question, r *sandbox.Run) (float64, string) {
	c := q.contract
	if len(r.Answers) > 0 {
		if extra := len(r.Explicit()); extra > 1 {
			return r.At, fmt.Sprintf("the caller was answered %d times; %s", extra, c.SecondCompletion)
		}
		if len(r.Pending) > 0 {
			return r.At, "when the answer left, " + pending(r) + "; " + c.LostWork
		}
		return 0, ""
	}
	at := r.At
	if limit := float64(budget(q)); limit > at && !c.EmptyAnswers {
		at = limit
	}
	if slices.ContainsFunc(r.Loose, func(l sandbox.Loose) bool { return !l.Answers }) {
		return at, unanswered(c) + "; " + c.Floating
	}
	return at, unanswered(c) + "; " + c.NoCompletion
}

func budget(q *question) int { return q.budget }

func pending(r *sandbox.Run) string {
	var out []string
	for _, p := range r.Pending {
		out = append(out, "`"+p.What+"`")
	}
	if len(out) == 1 {
		return out[0] + " was still running"
	}
	return strings.Join(out, " and ") + " were still running"
}

// unanswered says what did not happen.
func unanswered(c *platform.Contract) string {
	if c.Protocol.Mode == flow.ReturnValue {
		return "the handler's promise had not settled"
	}
	for i, role := range c.Args {
		switch role {
		case platform.RoleCallback:
			return "`" + c.ArgNames[i] + "` was not called"
		case platform.RoleResponder, platform.RoleStream:
			return "`" + c.ArgNames[i] + "` was not answered: nothing called " + c.ArgNames[i] + "." + c.ResponderMethods[0] + "() or its like"
		}
	}
	return "nothing answered"
}

// ms writes a time in ms with thin groups of three digits.
func ms(at float64) string {
	digits := strconv.Itoa(int(at))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + " " + digits[i:]
	}
	return digits
}
