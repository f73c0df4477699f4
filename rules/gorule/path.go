package gorule

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
)

// Explicit are the completions that code asked for: not those that leaving the handler brings about.
func Explicit(o *flow.Outcome) []flow.Completion {
	var list []flow.Completion
	for _, c := range o.Completions {
		if !c.Implicit {
			list = append(list, c)
		}
	}
	return list
}

// LastCaught is the last error branch that a path goes through, and its step's index.
func LastCaught(o *flow.Outcome) (*flow.Caught, int) {
	for i := len(o.Steps) - 1; i >= 0; i-- {
		if c := o.Steps[i].Caught; c != nil {
			return c, i
		}
	}
	return nil, -1
}

// Own is the place in the handler itself where something happened: the call there, if it was in a helper.
func Own(h *goflow.Handler, at flow.Range, steps []flow.Step) flow.Range {
	if h.Contains(at) {
		return at
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if s := steps[i]; s.Caught == nil && h.Contains(s.Range) {
			return s.Range
		}
	}
	return at
}
