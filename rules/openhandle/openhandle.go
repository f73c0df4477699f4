// Package openhandle is the rule open-handle.
package openhandle

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed open-handle.md
var page string

// Rule finds intervals that keep the event loop from ever being empty.
func Rule() rules.Rule {
	return rules.Rule{Name: "open-handle", Doc: page, Default: rules.Error, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for _, h := range o.Held {
			if h.Work.Kind != flow.IntervalWork || reported[h.Site.Range] {
				continue
			}
			reported[h.Site.Range] = true
			report(rules.Finding{
				Range:   h.Site.Range,
				Message: "the interval is never cleared on this path, so the event loop is never empty: " + s.Contract.HeldAnswer,
				Help:    "call clearInterval() on every path before answering",
				Steps:   o.Steps[:min(len(o.Steps), o.Completions[0].Step+1)],
			})
		}
	}
}
