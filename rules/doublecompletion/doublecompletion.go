// Package doublecompletion is the rule double-completion.
package doublecompletion

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed double-completion.md
var page string

// Rule finds paths on which the caller is answered twice.
func Rule() rules.Rule {
	return rules.Rule{Name: "double-completion", Doc: page, Default: rules.Warning, Go: true, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	if s.Contract.SecondCompletionSeverity == "" {
		return
	}
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		first, second, ok := twice(s, o)
		at := here(s, o, first, second)
		if !ok || reported[at.Range] {
			continue
		}
		reported[at.Range] = true
		severity, consequence := rules.Severity(s.Contract.SecondCompletionSeverity), s.Contract.SecondCompletion
		if second.Idle {
			consequence = ignored
			if severity == rules.Error {
				severity = rules.Warning
			}
		}
		report(rules.Finding{
			Severity: severity,
			Range:    at.Range,
			Message:  "`" + first.How + "` answers here, and " + again(first, second) + " on the same path: " + consequence,
			Help:     help(at, first, second),
			Steps:    o.Steps[:min(len(o.Steps), second.Step+1)],
			Fixes:    leave(at, first, second),
		})
	}
}

// ignored is what becomes of an end() without data behind an answer. What stands before it runs all the same.
//
// Source: nodejs/node, lib/_http_outgoing.js (OutgoingMessage.prototype.end).
const ignored = "Node ignores an `end()` without data, but the code in between runs as well"

// here is where to fix the first answer: the call in the handler that leads to it, if a different call leads to the second.
func here(s *rules.Subject, o *flow.Outcome, first, second flow.Completion) flow.Site {
	at := rules.Via(s, o, first)
	if at.Range == rules.Via(s, o, second).Range {
		return first.Site
	}
	return at
}

// twice are the first two answers at different places. The same place twice means a loop, which may well run only once.
func twice(s *rules.Subject, o *flow.Outcome) (first, second flow.Completion, ok bool) {
	list := rules.Explicit(o)
	for i := 1; i < len(list); i++ {
		a, b := list[i-1], list[i]
		guard := (a.InTimer || b.InTimer) && s.Contract.SecondCompletionSeverity != string(rules.Error)
		if a.Site.Range != b.Site.Range && !guard {
			return a, b, true
		}
	}
	return first, second, false
}

func again(first, second flow.Completion) string {
	if first.How == second.How {
		return "is called again"
	}
	return "`" + second.How + "` is called"
}

// help says to return only where that keeps the second answer away: in the function around it.
func help(via flow.Site, first, second flow.Completion) string {
	within := first.Site.Function.Start <= second.Site.Function.Start && second.Site.Function.End <= first.Site.Function.End
	if first.Returned || via.Leave == nil && via.Range == first.Site.Range && first.Site.Function.File == second.Site.Function.File && !within {
		return "make sure that only one of the two is reached"
	}
	return "return after the first answer"
}

// leave returns with the first answer. That helps only if the second one is in the same function.
func leave(via flow.Site, first, second flow.Completion) []rules.Fix {
	if add := via.Leave; add != nil {
		return []rules.Fix{{Title: "return after the answer", Edits: []rules.Edit{rules.Insert(add.File, add.At, add.Text)}}}
	}
	at := first.Site.Statement
	if first.Returned || at == (flow.Range{}) || first.Site.Function != second.Site.Function {
		return nil
	}
	return []rules.Fix{{
		Title: "return after the answer",
		Edits: []rules.Edit{rules.Insert(at.File, at.Start, "return ")},
	}}
}
