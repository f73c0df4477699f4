package rules

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
)

// At is the range of a place in a deployment file.
func At(p contract.Place) flow.Range { return flow.Range{File: p.File, Start: p.Start, End: p.End} }

// Explicit are the completions of a path that code makes, not those that follow from leaving the handler.
func Explicit(o *flow.Outcome) []flow.Completion {
	return slices.DeleteFunc(slices.Clone(o.Completions), func(c flow.Completion) bool { return c.Implicit })
}

// Unanswered tells whether nothing on a path answers the caller, as far as can be seen.
func Unanswered(o *flow.Outcome) bool { return len(o.Completions) == 0 && !o.Escaped }

// Resulting tells whether a value can only be meant as a result. `return false` or `return undefined` merely leaves.
func Resulting(v flow.Value) bool {
	switch v.Kind {
	case flow.Object, flow.Text, flow.Response:
		return true
	case flow.Constant:
		return v.Text != "true" && v.Text != "false"
	}
	return false
}

// ReturnIgnored tells whether a path does not answer but returns what another platform would take as the answer.
func ReturnIgnored(s *Subject, o *flow.Outcome) bool {
	return s.Contract.IgnoredReturnSeverity != "" && s.Contract.Protocol.Mode != flow.ReturnValue && Unanswered(o) &&
		o.End == flow.Finished && !o.ReturnedImplicitly && Resulting(o.Returned)
}

// LastCaught is the last catch block or rejection handler that a path goes through, and its step's index.
func LastCaught(o *flow.Outcome) (*flow.Caught, int) {
	for i, step := range slices.Backward(o.Steps) {
		if step.Caught != nil {
			return step.Caught, i
		}
	}
	return nil, -1
}

// Consequence is what happens to a handler that never ends.
func Consequence(s *Subject) string {
	if s.Handler.Budget.MS > 0 {
		return "only the time limit ends it: " + s.Handler.Budget.String()
	}
	if s.Contract.Endless != "" {
		return s.Contract.Endless
	}
	return "only the platform's time limit ends it"
}

// Via is where the handler's own function answers: if a helper answers, the call that leads to it.
func Via(s *Subject, o *flow.Outcome, c flow.Completion) flow.Site {
	if Within(c.Site.Range, s.Shape.Range) {
		return c.Site
	}
	for _, step := range slices.Backward(o.Steps[:min(len(o.Steps), c.Step+1)]) {
		if step.Call != nil && Within(step.Range, s.Shape.Range) {
			return *step.Call
		}
	}
	return c.Site
}

// AnswerError is an expression that answers the caller with an error, written with the names of the handler's own
// parameters or as the contract has it; empty if nothing is known to answer.
func AnswerError(s *Subject, err string) string {
	if s.Contract.ErrorAnswer != "" {
		return s.Contract.ErrorAnswer
	}
	for i, role := range s.Contract.Args {
		if i >= len(s.Shape.Params) || s.Shape.Params[i].Name == "" {
			continue
		}
		name := s.Shape.Params[i].Name
		switch {
		case role == contract.RoleCallback:
			return name + "(" + err + ")"
		case role == contract.RoleResponder && slices.Contains(s.Contract.ResponderMethods, "json"):
			return name + ".status(500).json({ error: 'Internal Server Error' })"
		case role == contract.RoleContext && slices.Contains(s.Contract.ContextMethods, "done"):
			return name + ".done(" + err + ")"
		}
	}
	return ""
}

// Within tells whether a range lies in another one.
func Within(inner, outer flow.Range) bool {
	return inner.File == outer.File && outer.Start <= inner.Start && inner.End <= outer.End
}

// Insert is an edit that adds text at an offset.
func Insert(file string, at int, text string) Edit {
	return Edit{Range: flow.Range{File: file, Start: at, End: at}, Text: text}
}
