// Package endlesswait is the rule endless-wait.
package endlesswait

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/gorule"
)

//go:embed endless-wait.md
var page string

// Rule finds places where a path waits for something that can no longer happen.
func Rule() gorule.Rule {
	return gorule.Shared(rules.Rule{Name: "endless-wait", Doc: page, Default: rules.Error, Check: check})
}

func check(s *rules.Subject, report func(rules.Finding)) {
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if o.End != flow.WaitsForever {
			continue
		}
		report(rules.Finding{
			Range:   o.WaitsFor.Range,
			Message: o.WaitsFor.Text + "; " + rules.Consequence(s),
			Help:    "make sure something ends the wait on every path, or limit it: `select` with `ctx.Done()`",
			Steps:   o.Steps,
		})
	}
}
