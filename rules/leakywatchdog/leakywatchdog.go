// Package leakywatchdog is the rule leaky-watchdog.
package leakywatchdog

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed leaky-watchdog.md
var page string

// Rule finds timers that are still running when the handler answers, and that the platform waits for.
func Rule() rules.Rule {
	return rules.Rule{Name: "leaky-watchdog", Doc: page, Default: rules.Warning, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for _, h := range o.Held {
			if h.Work.Kind != flow.TimerWork || !h.Work.Watchdog || answeredByTimer(o) || reported[h.Site.Range] {
				continue
			}
			reported[h.Site.Range] = true
			report(rules.Finding{
				Range:   h.Site.Range,
				Message: "the watchdog is still running when the handler answers: " + s.Contract.HeldAnswer,
				Help:    "keep the handle and call clearTimeout() before answering, or unref() it",
				Steps:   o.Steps[:min(len(o.Steps), o.Completions[0].Step+1)],
			})
		}
	}
}

// answeredByTimer tells whether a timer gave the first answer: it may be the watchdog itself.
func answeredByTimer(o *flow.Outcome) bool {
	return len(o.Completions) == 0 || o.Completions[0].InTimer
}
