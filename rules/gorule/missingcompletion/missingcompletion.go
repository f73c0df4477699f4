// Package missingcompletion asks the question of missing-completion about Go handlers: an error that nobody hears of.
package missingcompletion

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

const doc = `# missing-completion

An error branch ends the handler without an answer, so the caller is told that all is well.`

// Analyzer finds error branches that nothing answers behind.
var Analyzer = gorule.Analyzer(gorule.Rule{Name: "missing-completion", Doc: doc, Severity: "warning", Check: check})

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, h := range p.Handlers() {
		switch {
		case h.Contract.NoCompletionSeverity == "":
		case h.Contract.CannotFail():
			swallowedErrors(p, h, report)
		case h.Contract.Protocol.Mode == flow.ReturnNever:
			silentErrors(p, h, report)
		}
	}
}

// silentErrors: writing nothing is an implicit 200. That is only wrong where an error led there, and where the handler
// does write on other paths.
func silentErrors(p *goflow.Package, h *goflow.Handler, report func(gorule.Finding)) {
	result := h.Result()
	if result.Capped {
		return
	}
	for i := range result.Outcomes {
		o := &result.Outcomes[i]
		caught, at := gorule.LastCaught(o)
		if caught == nil || o.End != flow.Finished || len(o.Completions) > 0 || o.Escaped || !h.Contains(caught.Range) {
			continue
		}
		if answersBehind(result, caught) || !writesElsewhere(result) {
			continue
		}
		report(gorule.At(p, h, caught.Range, gorule.Finding{
			Severity: h.Contract.NoCompletionSeverity,
			Message:  "there is an error here, and nothing answers: " + h.Contract.NoCompletion,
			Help:     "tell the caller, for example with http.Error(w, …, http.StatusInternalServerError)",
			Steps:    o.Steps[:min(len(o.Steps), at+1)],
		}))
	}
}

// answersBehind tells whether some path through an error branch is answered or out of sight.
func answersBehind(result *flow.Result, caught *flow.Caught) bool {
	for i := range result.Outcomes {
		o := &result.Outcomes[i]
		through := slices.ContainsFunc(o.Steps, func(s flow.Step) bool { return s.Caught != nil && s.Caught.Range == caught.Range })
		if through && (len(o.Completions) > 0 || o.Escaped) {
			return true
		}
	}
	return false
}

func writesElsewhere(result *flow.Result) bool {
	return slices.ContainsFunc(result.Outcomes, func(o flow.Outcome) bool { return len(gorule.Explicit(&o)) > 0 })
}

// swallowedErrors: a Lambda handler without results cannot fail an invocation.
func swallowedErrors(p *goflow.Package, h *goflow.Handler, report func(gorule.Finding)) {
	result := h.Result()
	for i := range result.Outcomes {
		o := &result.Outcomes[i]
		for at, s := range o.Steps {
			if s.Caught == nil || !h.Contains(s.Range) || !p.OnlyTells(s.Caught.Body) {
				continue
			}
			report(gorule.At(p, h, s.Range, gorule.Finding{
				Severity: h.Contract.NoCompletionSeverity,
				Message:  "there is an error here, and the handler has no result to report it: " + h.Contract.NoCompletion,
				Help:     "let the handler return an error",
				Steps:    o.Steps[:at+1],
			}))
		}
	}
}
