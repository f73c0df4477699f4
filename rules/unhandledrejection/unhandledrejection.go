// Package unhandledrejection is the rule unhandled-rejection.
package unhandledrejection

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed unhandled-rejection.md
var page string

// Rule finds rejections and exceptions that leave the handler before anything has answered.
func Rule() rules.Rule {
	return rules.Rule{Name: "unhandled-rejection", Doc: page, Default: rules.Error, Check: check}
}

// place is where an unhandled failure leaves: the dropped promise, or the handler's own code.
type place struct {
	chain flow.Range
	throw flow.Range // in a callback
}

func placeOf(u flow.Unhandled) place {
	if u.Sync {
		return place{throw: u.Site.Range}
	}
	return place{chain: u.Chain.Range}
}

// failure is one of the failures that leave at a place.
type failure struct {
	outcome *flow.Outcome
	flow.Unhandled
}

func check(s *rules.Subject, report func(rules.Finding)) {
	found := map[place][]failure{}
	var order []place
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for _, u := range o.Unhandled {
			toCaller := s.Handler.Private && !u.Dropped && !u.Sync
			if toCaller || u.AfterCompletion || !u.Chain.Executor && (!rules.Unanswered(o) || answered(s, u)) {
				continue
			}
			at := placeOf(u)
			if found[at] == nil {
				order = append(order, at)
			}
			found[at] = append(found[at], failure{o, u})
		}
	}
	for _, at := range order {
		all := found[at]
		first := slices.MinFunc(all, func(a, b failure) int { return cmp.Compare(a.Via.Range.Start, b.Via.Range.Start) })
		f := finding(s, first.outcome, first.Unhandled)
		for _, other := range all {
			likewise(&f, other.Unhandled)
		}
		report(f)
	}
}

// answered tells whether the caller is answered on some path although this rejection is not handled: then something else is
// missing on this path. It does not apply to an async executor, which always leaves its `new Promise` pending.
func answered(s *rules.Subject, u flow.Unhandled) bool {
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if rules.Unanswered(o) {
			continue
		}
		for _, v := range o.Unhandled {
			if v.Site.Range == u.Site.Range && v.Chain.Range == u.Chain.Range && !v.AfterCompletion {
				return true
			}
		}
	}
	return false
}

func finding(s *rules.Subject, o *flow.Outcome, u flow.Unhandled) rules.Finding {
	f := rules.Finding{
		Severity: rules.Severity(s.Contract.FloatingSeverity),
		Range:    u.Via.Range,
		Steps:    o.Steps,
		Message:  what(u) + " and nothing handles it: " + s.Contract.Floating,
		Help:     "catch it and answer with an error",
	}
	switch {
	case u.Chain.Range != (flow.Range{}):
		f.Range = u.Chain.Range
		f.Help = "end the chain with .catch() and answer there"
		f.Fixes = catches(s, u.Chain)
	case u.Sync:
		f.Range = u.Site.Range
		f.Message = what(u) + " and nothing handles it: " + cmp.Or(s.Contract.Uncaught, s.Contract.Floating)
		f.Help = "a `catch` around the call does not see what its callback throws: catch it inside the callback and answer"
	}
	if call := rules.AnswerError(s, "error"); call != "" {
		f.Help += ": `" + call + "`"
	}
	return f
}

// what says what fails, and, if that is in another function, which call lets it through: the finding is shown there.
func what(u flow.Unhandled) string {
	if u.Sync || u.Chain.Range != (flow.Range{}) || u.Via.Function == u.Site.Function || u.Via.Text == "" || strings.HasPrefix(u.Via.Text, "Promise.") {
		return u.What
	}
	return "`" + u.Via.Text + "()` fails (" + u.What + ")"
}

// likewise adds another place with the same failure to the finding.
func likewise(f *rules.Finding, u flow.Unhandled) {
	at := u.Site.Range
	for _, step := range f.Steps {
		if step.Range == at {
			return
		}
	}
	f.Steps = append(f.Steps[:len(f.Steps):len(f.Steps)], flow.Step{Range: at, Text: "likewise: " + u.What})
}

// catches ends a chain with a rejection handler that answers.
func catches(s *rules.Subject, chain flow.Site) []rules.Fix {
	call := rules.AnswerError(s, "error")
	if call == "" || chain.Executor || !rules.Within(chain.Range, s.Shape.Range) {
		return nil
	}
	text := ".catch((error) => " + call + ")"
	if strings.HasPrefix(call, "{") {
		text = ".catch((error) => (" + call + "))"
	}
	return []rules.Fix{{
		Title: "answer in a `.catch`",
		Safe:  true,
		Edits: []rules.Edit{rules.Insert(chain.Range.File, chain.Range.End, text)},
	}}
}
