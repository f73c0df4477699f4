// Package missingcompletion is the rule missing-completion.
package missingcompletion

import (
	_ "embed"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed missing-completion.md
var page string

// Rule finds paths on which nothing answers the caller.
func Rule() rules.Rule {
	return rules.Rule{Name: "missing-completion", Doc: page, Default: rules.Error, Go: true, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	switch {
	case s.Contract.NoCompletionSeverity == "", nobodyAsks(s), s.Result.Capped:
		return
	case s.Contract.Mute:
		mute(s, report)
		return
	}
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		left := o.End == flow.Finished || o.End == flow.WaitsForever
		if !left || !rules.Unanswered(o) || len(o.Unhandled) > 0 || rules.ReturnIgnored(s, o) || meant(s, o) {
			continue
		}
		f := finding(s, o)
		if !reported[f.Range] {
			reported[f.Range] = true
			report(f)
		}
	}
}

// nobodyAsks tells whether an empty answer is as good as any: the platform sends one by itself, no HTTP client is
// known to wait, and no path of the handler answers.
func nobodyAsks(s *rules.Subject) bool {
	if !s.Contract.EmptyAnswers || s.Handler.HTTP {
		return false
	}
	for i := range s.Result.Outcomes {
		if !rules.Unanswered(&s.Result.Outcomes[i]) {
			return false
		}
	}
	return true
}

// finding says where the answer is missing: the catch block that lets the path continue, the promise that never
// settles, the return, or the decision that led past every answer.
func finding(s *rules.Subject, o *flow.Outcome) rules.Finding {
	f := rules.Finding{
		Severity: rules.Severity(s.Contract.NoCompletionSeverity),
		Steps:    o.Steps,
		Help:     "answer on this path as well: " + how(s),
	}
	what := "a path ends here without an answer"
	caught, at := rules.LastCaught(o)
	switch {
	case o.End == flow.WaitsForever:
		f.Range = o.WaitsFor.Range
		what = "nothing settles the promise that is waited for here on one path"
		f.Help = "settle it on every path: call resolve or reject, listen to the error event"
	case caught != nil:
		f.Range = caught.Range
		what = "the error is caught here, and nothing answers"
		f.Fixes = answer(s, caught, o.Steps[at].Range)
	default:
		f.Range = deciding(s, o)
		if f.Range != o.Last {
			what = "a path leads from here to the end without an answer"
		}
	}
	f.Message = what + ": " + s.Contract.NoCompletion
	return f
}

// deciding is the last decision on the path without which something would have answered; the end of the path if
// there is none.
func deciding(s *rules.Subject, o *flow.Outcome) flow.Range {
	left := !o.ReturnedImplicitly && o.ReturnSite == o.Last // by a return that somebody wrote
	for i := len(o.Steps) - 1; i >= 0; i-- {
		at := o.Steps[i].Range
		if (!left || at.File != o.Last.File) && otherwiseAnswered(s, o.Steps[i]) {
			return at
		}
	}
	return o.Last
}

// otherwiseAnswered tells whether a path that answers decides differently at the same place, and none that answers
// decides the same.
func otherwiseAnswered(s *rules.Subject, decision flow.Step) bool {
	differs := false
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if len(o.Completions) == 0 {
			continue
		}
		for _, step := range o.Steps {
			if step.Range == decision.Range {
				if step.Text == decision.Text {
					return false
				}
				differs = true
			}
		}
	}
	return differs
}

// answer writes the answer at the end of a catch block, if no path through the block answers by itself.
func answer(s *rules.Subject, c *flow.Caught, at flow.Range) []rules.Fix {
	if c.Insert == "" {
		return nil
	}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for j, step := range o.Steps {
			if step.Range == at && step.Caught != nil && answersAfter(o, j) {
				return nil
			}
		}
	}
	return []rules.Fix{{
		Title: "answer with the error: `" + strings.TrimSuffix(c.Answer, ";") + "`",
		Safe:  true,
		Edits: []rules.Edit{{Range: c.At, Text: c.Insert}},
	}}
}

func answersAfter(o *flow.Outcome, step int) bool {
	for _, c := range o.Completions {
		if c.Step >= step {
			return true
		}
	}
	return o.Escaped
}

// how describes for people what answers under the contract.
func how(s *rules.Subject) string {
	if call := rules.AnswerError(s, "error"); call != "" {
		return "`" + call + "` for an error"
	}
	return "every way through the handler owes its caller one"
}
