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
	return rules.Rule{Name: "double-completion", Doc: page, Default: rules.Warning, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	if s.Contract.SecondCompletionSeverity == "" {
		return
	}
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		first, second, ok := twice(s, o)
		if !ok || reported[first.Site.Range] {
			continue
		}
		reported[first.Site.Range] = true
		report(rules.Finding{
			Severity: rules.Severity(s.Contract.SecondCompletionSeverity),
			Range:    first.Site.Range,
			Message:  "`" + first.How + "` answers here, and " + again(first, second) + " on the same path: " + s.Contract.SecondCompletion,
			Help:     help(first),
			Steps:    o.Steps[:min(len(o.Steps), second.Step+1)],
			Fixes:    leave(first, second),
		})
	}
}

// twice are the first two answers at different places. The same place twice is a loop that may well run once.
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

func help(first flow.Completion) string {
	if first.Returned {
		return "make sure that only one of the two is reached"
	}
	return "leave after the first answer: `return` it"
}

// leave returns with the first answer, which is of use only if the second one is in the same function.
func leave(first, second flow.Completion) []rules.Fix {
	at := first.Site.Statement
	if first.Returned || at == (flow.Range{}) || first.Site.Function != second.Site.Function {
		return nil
	}
	return []rules.Fix{{
		Title: "return after the answer",
		Edits: []rules.Edit{rules.Insert(at.File, at.Start, "return ")},
	}}
}
