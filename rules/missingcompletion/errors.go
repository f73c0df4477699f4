package missingcompletion

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

// meant tells whether a path without an answer may be intended, where leaving is an answer: unless an error that no path reports
// led there, in a handler that does answer otherwise. Functions that only other functions of the project call need not answer.
func meant(s *rules.Subject, o *flow.Outcome) bool {
	if !s.Contract.ErrorsOnly {
		return s.Handler.Private && o.End == flow.Finished
	}
	caught, _ := rules.LastCaught(o)
	return caught == nil || !rules.Within(caught.Range, s.Shape.Range) || told(s, caught) || !answers(s)
}

// told tells whether some path through an error branch answers or may answer.
func told(s *rules.Subject, caught *flow.Caught) bool {
	return slices.ContainsFunc(s.Result.Outcomes, func(o flow.Outcome) bool {
		through := slices.ContainsFunc(o.Steps, func(step flow.Step) bool { return step.Caught != nil && step.Caught.Range == caught.Range })
		return through && !rules.Unanswered(&o)
	})
}

// answers tells whether any path answers.
func answers(s *rules.Subject) bool {
	return slices.ContainsFunc(s.Result.Outcomes, func(o flow.Outcome) bool { return len(rules.Explicit(&o)) > 0 })
}

// mute reports errors that a handler only logs, where it has no way to report them to its caller.
func mute(s *rules.Subject, report func(rules.Finding)) {
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for at, step := range o.Steps {
			if step.Caught == nil || !step.Caught.Ignored || reported[step.Range] || !rules.Within(step.Range, s.Shape.Range) {
				continue
			}
			reported[step.Range] = true
			report(rules.Finding{
				Severity: rules.Severity(s.Contract.NoCompletionSeverity),
				Range:    step.Range,
				Message:  "the error is caught here, and the handler has no result to report it: " + s.Contract.NoCompletion,
				Help:     s.Contract.ErrorAnswer,
				Steps:    o.Steps[:at+1],
			})
		}
	}
}
