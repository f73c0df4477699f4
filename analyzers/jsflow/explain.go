package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// Explanation is what a call is taken for, and why.
type Explanation struct {
	Range flow.Range
	Call  string // as the user wrote it, shortened
	Takes string // `a promise`, `unknown`, …
	Why   string
}

// Explainer says what calls are taken for when a handler runs them. It is used by one goroutine.
type Explainer struct {
	l *Lowerer
	s *session
}

// Explainer goes through a handler once; nil if it cannot be followed.
func (l *Lowerer) Explainer(h *platform.Handler) *Explainer {
	if h.Contract == nil {
		return nil
	}
	s := newSession(l, h.Contract)
	in := s.module(h.File)
	if in == nil {
		return nil
	}
	c, ok := s.entry(h, in).(*closure)
	if !ok {
		return nil
	}
	low := s.lowerHandler(c, s.handed(h.Entry, in))
	flow.Solve(low.Func, low.Args, h.Contract.Protocol, flow.Limits{}) // which functions are reached comes out on the way
	return &Explainer{l, s}
}

// Call says what the innermost call (or `new`) around an offset of a file is taken for. It is false if the handler does not reach
// the call, or if there is none.
func (x *Explainer) Call(file string, offset int) (Explanation, bool) {
	if x == nil {
		return Explanation{}, false
	}
	s, m := x.s, x.l.module(file)
	if m == nil {
		return Explanation{}, false
	}
	call := callAt(m, offset)
	if call == nil {
		return Explanation{}, false
	}
	e := s.reached(m, enclosing(m, call))
	if e == nil {
		return Explanation{}, false
	}
	takes, why := s.taken(call, e)
	return Explanation{Range: e.rng(call), Call: (&builder{s: s, e: e}).calleeText(call), Takes: takes, Why: why}, true
}

// CallAt is the call around an offset of a file as the user wrote it, shortened; "" if there is none.
func (l *Lowerer) CallAt(file string, offset int) string {
	m := l.module(file)
	if m == nil {
		return ""
	}
	call := callAt(m, offset)
	if call == nil {
		return ""
	}
	return (&builder{e: newEnv(m, nil, nil)}).calleeText(call)
}

// callAt is the innermost *jsparse.Call or *jsparse.New around an offset.
func callAt(m *module, offset int) jsparse.Expr {
	var found jsparse.Expr
	for _, stmt := range m.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			sp := n.Span()
			if sp.Start > offset || sp.End <= offset {
				return false
			}
			switch n.(type) {
			case *jsparse.Call, *jsparse.New:
				found = n
			}
			return true
		})
	}
	return found
}

// reached is a context in which a function was entered, the one that knows most; the module's own for code outside functions.
func (s *session) reached(m *module, fn *jsparse.Func) *env {
	if fn == nil {
		return s.modules[m.path]
	}
	var best *env
	for _, e := range s.entered {
		if e.fn == fn && (best == nil || e.knows() > best.knows()) {
			best = e
		}
	}
	return best
}

// knows counts what a context knows: that the function was called at all, and arguments, its own and those of the functions around it.
func (e *env) knows() int {
	n := 0
	for at := e; at != nil; at = at.parent {
		if at.fun != nil {
			n += 100
		}
		for _, a := range at.args {
			if a != nil {
				n++
			}
		}
	}
	return n
}
