// Package floatinggoroutine is the rule floating-goroutine.
package floatinggoroutine

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/gorule"
)

//go:embed floating-goroutine.md
var page string

// Rule finds goroutines that a handler leaves behind, on platforms that do not let them continue.
func Rule() gorule.Rule {
	return gorule.Shared(rules.Rule{Name: "floating-goroutine", Doc: page, Default: rules.Error, Check: check})
}

func check(s *rules.Subject, report func(rules.Finding)) {
	if s.Contract.LostWorkSeverity == "" {
		return
	}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for _, l := range o.Lost {
			if l.Dropped {
				report(finding(s, o, l))
			}
		}
	}
}

func finding(s *rules.Subject, o *flow.Outcome, l flow.Lost) rules.Finding {
	left := flow.Step{Range: o.ReturnSite, Text: "the handler returns"}
	return rules.Finding{
		Severity: rules.Severity(s.Contract.LostWorkSeverity),
		Range:    l.Site.Range,
		Message:  "the handler returns without waiting for this goroutine: " + s.Contract.LostWork,
		Help:     "wait for it before returning (sync.WaitGroup, errgroup, a channel), or do its work in the handler",
		Steps:    append(o.Steps[:len(o.Steps):len(o.Steps)], left),
	}
}
