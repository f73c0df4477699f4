package pipeline

import "github.com/handlervet/handlervet/analyzers/jsflow"

// ExplainCall says what the call around an offset of a file is taken for, in the first handler that reaches it.
func (out *Outcome) ExplainCall(file string, offset int) (jsflow.Explanation, bool) {
	l := out.lowerer.Over(out.tree)
	for _, h := range out.Handlers {
		if x, ok := l.ExplainCall(h, file, offset); ok {
			return x, true
		}
	}
	return jsflow.Explanation{}, false
}
