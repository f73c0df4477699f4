// Package infiniteloop asks the question of infinite-loop about Go handlers.
package infiniteloop

import (
	"fmt"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

const doc = `# infinite-loop

A loop or a recursion in a handler that nothing ends.`

// Analyzer finds loops without an exit and functions that call themselves on every path.
var Analyzer = gorule.Analyzer(gorule.Rule{Name: "infinite-loop", Doc: doc, Severity: "error", Check: check})

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, h := range p.Handlers() {
		result := h.Result()
		for _, reached := range result.Loops {
			if !reached.Loop.Endless {
				continue
			}
			report(gorule.At(p, h, reached.Loop.Head, gorule.Finding{
				Message: "nothing leaves this loop: " + consequence(h),
				Help:    "leave it with break or return, for example when ctx.Done() is closed",
				Steps:   reached.Steps(),
			}))
		}
		if steps := result.Recursion; len(steps) > 0 {
			report(gorule.At(p, h, steps[len(steps)-1].Range, gorule.Finding{
				Message: steps[len(steps)-1].Text + ": the stack overflows and the process ends",
				Help:    "return before the call when there is nothing left to do",
				Steps:   steps,
			}))
		}
		for _, r := range p.Blocked(h) {
			report(gorule.At(p, h, r, gorule.Finding{
				Message: "select without a case blocks forever: " + consequence(h),
				Help:    "wait for something that happens, or return",
				Steps:   []flow.Step{{Range: r, Text: "nothing wakes this goroutine"}},
			}))
		}
	}
}

func consequence(h *goflow.Handler) string {
	if ms := h.Contract.BudgetMS; ms > 0 {
		return fmt.Sprintf("only the time limit of %s ends it (%d s if nothing else is configured)", h.Contract.Platform, ms/1000)
	}
	return "the request is never answered, and its goroutine never ends"
}
