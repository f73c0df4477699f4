// Package floatinggoroutine is the rule floating-goroutine.
package floatinggoroutine

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

//go:embed floating-goroutine.md
var page string

// Rule finds goroutines that a handler leaves behind where its platform does not let them go on.
var Rule = gorule.Rule{Name: "floating-goroutine", Doc: page, Severity: "error", Check: check}

// Analyzer asks it.
var Analyzer = gorule.Analyzer(Rule)

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, h := range p.Handlers() {
		if h.Contract.LostWorkSeverity == "" {
			continue
		}
		result := h.Result()
		for i := range result.Outcomes {
			for _, l := range result.Outcomes[i].Lost {
				if l.Dropped {
					report(finding(p, h, &result.Outcomes[i], l))
				}
			}
		}
	}
}

func finding(p *goflow.Package, h *goflow.Handler, o *flow.Outcome, l flow.Lost) gorule.Finding {
	left := flow.Step{Range: o.ReturnSite, Text: "the handler returns"}
	return gorule.At(p, h, l.Site.Range, gorule.Finding{
		Severity: h.Contract.LostWorkSeverity,
		Message:  "the handler returns without waiting for this goroutine: " + h.Contract.LostWork,
		Help:     "wait for it before returning (sync.WaitGroup, errgroup, a channel), or do its work in the handler",
		Steps:    append(o.Steps[:len(o.Steps):len(o.Steps)], left),
	})
}
