package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// tellsAnswered tells the properties of a response that say whether it was answered already.
func tellsAnswered(name string) bool {
	return name == "headersSent" || name == "writableEnded" || name == "finished" || name == "writableFinished"
}

// asksAnswered tells whether a text reads such a property.
func asksAnswered(text string) bool {
	return strings.Contains(text, ".headersSent") || strings.Contains(text, ".writableEnded") || strings.Contains(text, ".finished")
}

// watchAnswered makes a handler keep what those properties hold, from its first operation on.
func (s *session) watchAnswered(f *flow.Func) {
	s.answered = &flow.Var{Name: "res.headersSent"}
	build := f.Build
	f.Build = func() *flow.Block {
		entry := build()
		if entry != nil {
			start := flow.Set{To: s.answered, From: flow.Operand{Value: flow.Value{Kind: flow.Constant, Text: "false"}}}
			entry = &flow.Block{Ops: []flow.Op{start}, Term: flow.Jump{To: entry}}
		}
		return entry
	}
}

// noteAnswered keeps them up to date behind an operation that answers, or that lets others answer.
func (s *session) noteAnswered(op flow.Op) (flow.Op, bool) {
	if s.answered == nil {
		return nil, false
	}
	switch o := op.(type) {
	case flow.Complete:
		return flow.Set{To: s.answered, From: flow.Operand{Value: flow.Value{Kind: flow.Constant, Text: "true"}}}, true
	case flow.Escape:
		if o.What == flow.CompletionEscapes {
			return flow.Set{To: s.answered}, true
		}
	}
	return nil, false
}
