package pipeline

import "github.com/handlervet/handlervet/analyzers/jsflow"

// ExplainCall says what the call around an offset of a file is taken for, in the first handler that reaches it. It is false if none does;
// then only Call is set, if there is a call at all.
func (out *Outcome) ExplainCall(file string, offset int) (jsflow.Explanation, bool) {
	return out.Explainer()(file, offset)
}

// Explainer is ExplainCall for many calls: each handler is gone through once. It is used by one goroutine.
func (out *Outcome) Explainer() func(file string, offset int) (jsflow.Explanation, bool) {
	l := out.lowerer.Over(out.tree)
	ready := make([]*jsflow.Explainer, 0, len(out.Handlers))
	return func(file string, offset int) (jsflow.Explanation, bool) {
		for i, h := range out.Handlers {
			if i == len(ready) {
				ready = append(ready, l.Explainer(h))
			}
			if x, ok := ready[i].Call(file, offset); ok {
				return x, true
			}
		}
		return jsflow.Explanation{Call: l.CallAt(file, offset)}, false
	}
}
