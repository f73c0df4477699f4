package confirm

import (
	"fmt"
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// question is what a rule claims of a run.
type question struct {
	contract *platform.Contract
	suspect  instrument.Span
	steps    []instrument.Span
	budget   int // ms
	means    string
	silence  bool // only runs in which nothing answers can show it
	demands  bool // what stands before the handler takes no empty answer
	leaves   bool // it is about work that the answer leaves behind
}

// property tells whether a run shows what a rule claims; "" if not, else what it shows.
type property func(q *question, r *sandbox.Run) string

// asks is what a rule asks of a run, and what it means under a contract if the run shows it.
type asks struct {
	shows property
	means func(*platform.Contract) string
	// silence means that a run in which something has answered cannot show it any more.
	silence bool
}

// questions are the rules that a run can show. Other rules ask nothing about runs.
func questions() map[string]asks {
	never := func(c *platform.Contract) string { return c.NoCompletion }
	lost := func(c *platform.Contract) string { return c.LostWork }
	return map[string]asks{
		"missing-completion":  {neverAnswers, never, true},
		"unhandled-rejection": {unhandled, func(c *platform.Contract) string { return c.Floating }, true},
		"double-completion":   {answersTwice, func(c *platform.Contract) string { return c.SecondCompletion }, false},
		"early-completion":    {leavesWork, lost, false},
		"floating-promise":    {leavesWork, lost, false},
		"mixed-completion":    {ignoresResult, func(c *platform.Contract) string { return c.IgnoredReturn }, false},
		"bad-result":          {badResult, func(c *platform.Contract) string { return c.BadReturn }, false},
		"infinite-loop":       {loops, never, false},
		"over-budget":         {overBudget, never, true},
		"upstream-deadline":   {waitsForOthers, never, true},
		"leaky-watchdog":      {leavesTimer, lost, false},
		"open-handle":         {leavesTimer, lost, false},
		"handler-exit":        {exits, never, false},
	}
}

func neverAnswers(q *question, r *sandbox.Run) string {
	if len(r.Answers) > 0 || r.Threw != "" || q.hangsElsewhere(r) || len(r.Loose) > 0 {
		return ""
	}
	switch r.End {
	case sandbox.Idle:
		return unanswered(q.contract)
	case sandbox.Budget:
		return unanswered(q.contract)
	case sandbox.Spin:
		if !r.Progress {
			return unanswered(q.contract)
		}
	}
	return ""
}

// hangsElsewhere tells whether a run only hangs because something other than what the finding is about never happens: every
// handler does that.
func (q *question) hangsElsewhere(r *sandbox.Run) bool {
	return slices.ContainsFunc(r.Choices, func(c sandbox.Choice) bool {
		fault := c.Options[c.Taken].Fault
		return (fault == sandbox.Hang || fault == sandbox.Unfired) && !q.onSuspect(c.Place)
	})
}

func unhandled(q *question, r *sandbox.Run) string {
	for _, l := range r.Loose {
		if !l.AfterAnswer && !l.Answers && slices.ContainsFunc(l.Through, q.concerns) {
			return unanswered(q.contract)
		}
	}
	return ""
}

func answersTwice(q *question, r *sandbox.Run) string {
	if len(r.Explicit()) > 1 {
		if n := len(r.Explicit()); n > 2 {
			return fmt.Sprintf("the caller was answered %d times", n)
		}
		return "the caller was answered twice"
	}
	return ""
}

func leavesWork(q *question, r *sandbox.Run) string {
	for _, p := range r.Pending {
		if slices.ContainsFunc(p.Through, q.onSuspect) {
			return "`" + p.What + "` was still running when the answer left"
		}
	}
	return ""
}

func leavesTimer(q *question, r *sandbox.Run) string {
	for _, p := range r.Pending {
		if p.Timer {
			return "a timer was still set when the answer left"
		}
	}
	return ""
}

func ignoresResult(q *question, r *sandbox.Run) string {
	explicit := len(r.Explicit())
	switch {
	case explicit == 0 && len(r.Answers) == 0 && r.End == sandbox.Idle && r.ReturnKind != "" && r.ReturnKind != "undefined":
		return "it gave its result back, and " + unanswered(q.contract)
	case explicit > 0 && explicit < len(r.Answers):
		return "it was answered, and the handler's promise answers, too"
	}
	return ""
}

func badResult(q *question, r *sandbox.Run) string {
	if len(r.Answers) == 0 || !r.Answers[0].Implicit || r.Answers[0].Error {
		return ""
	}
	kind := r.ReturnKind
	bad := false
	switch q.contract.Returns {
	case platform.ResponseReturn:
		bad = kind != "response" && kind != "unknown"
	case platform.ResponseOrUndefined:
		bad = kind != "response" && kind != "unknown" && kind != "undefined"
	case platform.ObjectOrUndefined:
		bad = kind == "value"
	case platform.ProxyResult:
		bad = kind == "undefined" || kind == "null" || kind == "value"
	}
	if !bad {
		return ""
	}
	return "the result was " + r.Returned
}

func loops(q *question, r *sandbox.Run) string {
	if r.End == sandbox.Spin && !r.Progress {
		return unanswered(q.contract)
	}
	return overBudget(q, r)
}

func overBudget(q *question, r *sandbox.Run) string {
	if r.End == sandbox.Budget && len(r.Answers) == 0 {
		return unanswered(q.contract)
	}
	return ""
}

func waitsForOthers(q *question, r *sandbox.Run) string {
	if len(r.Answers) > 0 || r.End != sandbox.Idle && r.End != sandbox.Budget {
		return ""
	}
	for _, c := range r.Choices {
		if c.Options[c.Taken].Fault == sandbox.Hang && q.concerns(c.Place) {
			return unanswered(q.contract)
		}
	}
	return ""
}

func exits(q *question, r *sandbox.Run) string {
	if r.End == sandbox.Exited {
		return "the process was ended before anything answered"
	}
	return ""
}

// onSuspect tells whether a place is on the lines of the finding.
func (q *question) onSuspect(p instrument.Place) bool { return onLines(q.suspect, p) }

// concerns tells whether a place is on the lines of the finding or of one of its steps.
func (q *question) concerns(p instrument.Place) bool {
	return q.onSuspect(p) || slices.ContainsFunc(q.steps, func(s instrument.Span) bool { return onLines(s, p) })
}

// aside tells whether what nobody handles in a run comes from elsewhere than the lines of the finding.
func (q *question) aside(r *sandbox.Run) bool {
	early := slices.DeleteFunc(slices.Clone(r.Loose), func(l sandbox.Loose) bool { return l.AfterAnswer })
	return len(early) > 0 && !slices.ContainsFunc(early, func(l sandbox.Loose) bool { return slices.ContainsFunc(l.Through, q.onSuspect) })
}

func onLines(s instrument.Span, p instrument.Place) bool {
	return s.Start.File == p.File && s.Start.Line <= p.Line && p.Line <= s.End.Line
}

// emptyAnswer tells whether the platform itself answers for a handler that leaves nothing to run.
func (q *question) emptyAnswer() bool {
	return q.contract.EmptyAnswers && !q.demands && q.contract.Protocol.Mode != flow.ReturnNever
}
