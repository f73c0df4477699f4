// Package doublecompletion asks the question of double-completion about Go handlers.
package doublecompletion

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

const doc = `# double-completion

One path answers the caller twice: often a return is missing after http.Error.`

// Analyzer finds paths on which a response is written, and then another one.
var Analyzer = gorule.Analyzer(gorule.Rule{Name: "double-completion", Doc: doc, Severity: "error", Check: check})

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, h := range p.Handlers() {
		if h.Contract.SecondCompletionSeverity == "" {
			continue
		}
		result := h.Result()
		for i := range result.Outcomes {
			o := &result.Outcomes[i]
			if first, second, ok := twice(o); ok {
				report(finding(p, h, o, first, second))
			}
		}
	}
}

// twice are the first two answers at different places. The same place twice is a loop that may well run once.
func twice(o *flow.Outcome) (first, second flow.Completion, ok bool) {
	list := gorule.Explicit(o)
	for i := 1; i < len(list); i++ {
		if a, b := list[i-1], list[i]; a.Site.Range != b.Site.Range {
			return a, b, true
		}
	}
	return first, second, false
}

func finding(p *goflow.Package, h *goflow.Handler, o *flow.Outcome, first, second flow.Completion) gorule.Finding {
	at := gorule.Own(h, first.Site.Range, o.Steps[:first.Step+1])
	then := gorule.Own(h, second.Site.Range, o.Steps[:second.Step+1])
	if at == then {
		at = first.Site.Range
	}
	again := "`" + second.How + "` is called"
	if first.How == second.How {
		again = "is called again"
	}
	return gorule.At(p, h, at, gorule.Finding{
		Severity: h.Contract.SecondCompletionSeverity,
		Message:  "`" + first.How + "` answers here, and " + again + " on the same path: " + h.Contract.SecondCompletion,
		Help:     "leave after the first answer: add `return`",
		Steps:    o.Steps[:min(len(o.Steps), second.Step+1)],
		Fixes:    leave(p, h, at),
	})
}

// leave returns after the first answer. What stands between the two answers is not run any more.
func leave(p *goflow.Package, h *goflow.Handler, at flow.Range) []gorule.Fix {
	edits := p.LeaveAfter(h, at)
	if edits == nil {
		return nil
	}
	return []gorule.Fix{{Title: "return after the answer", Edits: edits}}
}
