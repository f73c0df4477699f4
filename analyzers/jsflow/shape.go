package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// shape describes the handler's function for rules about its signature.
func (s *session) shape(c *closure) flow.Shape {
	fn, e := c.fn, c.env
	sp := fn.ParamsSpan
	out := flow.Shape{
		Range: e.rng(fn), Async: fn.Async, Generator: fn.Generator,
		Head: flow.Range{File: e.mod.path, Start: fn.Span().Start, End: sp.End},
	}
	used := usedSymbols(fn)
	counting := true
	for i, p := range fn.Params {
		if p.Default != nil || p.Rest {
			counting = false
		}
		if counting {
			out.Length++
		}
		out.Params = append(out.Params, e.param(fn, i, used))
	}
	return out
}

func (e *env) param(fn *jsparse.Func, i int, used map[*jsparse.Symbol]bool) flow.Param {
	p := fn.Params[i]
	out := flow.Param{Range: e.rng(p)}
	out.Removable = out.Range
	if i > 0 {
		out.Removable.Start = fn.Params[i-1].Span().End
	}
	if n, ok := p.Target.(*jsparse.Name); ok {
		out.Name = n.Symbol.Name
		out.Used = used[n.Symbol]
		return out
	}
	for _, sym := range patternSymbols(p.Target) {
		out.Used = out.Used || used[sym]
	}
	return out
}

// usedSymbols are the names that a function's body or defaults mention.
func usedSymbols(fn *jsparse.Func) map[*jsparse.Symbol]bool {
	used := map[*jsparse.Symbol]bool{}
	jsparse.Walk(fn, func(n jsparse.Node) bool {
		if id, ok := n.(*jsparse.Ident); ok {
			used[id.Symbol] = true
		}
		return true
	})
	return used
}
