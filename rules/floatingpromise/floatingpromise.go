// Package floatingpromise is the rule floating-promise.
package floatingpromise

import (
	"cmp"
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed floating-promise.md
var page string

// Rule finds promises that nothing waits for and whose rejection nothing handles.
func Rule() rules.Rule {
	return rules.Rule{Name: "floating-promise", Doc: page, Default: rules.Warning, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for _, l := range o.Lost {
			if !floating(l) || reported[l.Site.Range] || answersElsewhere(s, l) {
				continue
			}
			reported[l.Site.Range] = true
			report(rules.Finding{
				Severity: rules.Severity(cmp.Or(s.Contract.LostWorkSeverity, s.Contract.FloatingSeverity)),
				Range:    l.Site.Range,
				Message:  what(l) + ": " + cmp.Or(s.Contract.LostWork, s.Contract.Floating) + rejection(s, l),
				Help:     help(l),
				Steps:    o.Steps,
				Fixes:    fixes(l),
			})
		}
		rejected(s, o, func(f rules.Finding) {
			if !reported[f.Range] {
				reported[f.Range] = true
				report(f)
			}
		})
	}
}

// rejected reports a dropped `Promise.reject(…)` on a path that answers. On other paths unhandled-rejection reports it.
func rejected(s *rules.Subject, o *flow.Outcome, report func(rules.Finding)) {
	if rules.Unanswered(o) || s.Contract.Floating == "" {
		return
	}
	for _, u := range o.Unhandled {
		if u.Sync || !u.Dropped || u.Site.Text != "Promise.reject" || u.Site.Statement == (flow.Range{}) {
			continue
		}
		report(rules.Finding{
			Severity: rules.Severity(s.Contract.FloatingSeverity),
			Range:    u.Site.Range,
			Message:  "nobody handles this rejection: " + s.Contract.Floating,
			Help:     "throw the error, return the promise, or leave it out",
			Steps:    o.Steps,
		})
	}
}

// floating tells whether a value is known to be a promise that is dropped and has no rejection handler.
func floating(l flow.Lost) bool {
	if !l.Dropped || l.Handled || l.Answers || l.Work == nil || l.Work.Kind != flow.PromiseWork || l.Site.Executor {
		return false
	}
	return l.Site.InArray || l.Work.Sure || l.Inner != nil && l.Inner.Sure
}

// answersElsewhere tells whether the dropped function answers the caller on some path: then the answer waits for it, although
// nothing else does.
func answersElsewhere(s *rules.Subject, l flow.Lost) bool {
	for i := range s.Result.Outcomes {
		for _, other := range s.Result.Outcomes[i].Lost {
			if other.Answers && other.Site.Range == l.Site.Range {
				return true
			}
		}
	}
	return false
}

func what(l flow.Lost) string {
	if l.Site.InArray {
		return "nobody waits for the promises of `" + l.Site.Text + "(async …)`"
	}
	return "nobody waits for the promise of `" + cmp.Or(l.Work.Name, l.Site.Text+"()") + "`"
}

// rejection adds what happens if the work fails, where that is worse than losing the work.
func rejection(s *rules.Subject, l flow.Lost) string {
	if !l.Work.CanFail || s.Contract.LostWork == "" || s.Contract.Floating == "" {
		return ""
	}
	return "; if it rejects, " + s.Contract.Floating
}

func help(l flow.Lost) string {
	switch {
	case l.Site.InArray:
		return "wait for all of them: `await Promise.all(… .map(async …))`"
	case l.Site.CanAwait:
		return "await it, return it, or handle its rejection with .catch()"
	}
	return "make the function async and await it, return it, or handle its rejection with .catch()"
}

func fixes(l flow.Lost) []rules.Fix {
	at := l.Site.Statement
	if !l.Site.CanAwait || at == (flow.Range{}) {
		return nil
	}
	if !l.Site.InArray {
		return []rules.Fix{{Title: "await it", Safe: true, Edits: []rules.Edit{rules.Insert(at.File, at.Start, "await ")}}}
	}
	if l.Site.Method == (flow.Range{}) {
		return nil
	}
	return []rules.Fix{{Title: "wait for all of them with Promise.all", Safe: true, Edits: []rules.Edit{
		rules.Insert(at.File, l.Site.Range.Start, "await Promise.all("),
		{Range: l.Site.Method, Text: "map"},
		rules.Insert(at.File, l.Site.Range.End, ")"),
	}}}
}
