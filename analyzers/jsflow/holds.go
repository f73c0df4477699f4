package jsflow

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// lostSight gives up on a call of something that was taken out of a table, list or object which holds a function that
// answers: `routes.find(matches).run()`. It may be that function.
func (b *builder) lostSight(n jsparse.Expr) {
	c, ok := n.(*jsparse.Call)
	if !ok || b.cur == nil {
		return
	}
	if root := rootSymbol(c.Callee); root != nil {
		switch b.s.symbol(root, b.e).(type) {
		case invocation, responder: // what their methods do is known
			return
		}
	}
	h := holder{s: b.s, seen: map[*jsparse.Symbol]bool{}}
	if h.expr(c.Callee, b.e) {
		b.mayAnswer(n)
	}
}

func (b *builder) mayAnswer(n jsparse.Expr) {
	b.emit(flow.Escape{Range: b.rng(n), What: flow.CompletionEscapes, Why: "`" + b.calleeText(n) + "` may be what answers"})
}

// mayBeResponder gives up on a method that answers, called on what a function of the project gives that was handed the
// responder: `const response = await run({ response: res }); response.json(…)`.
func (b *builder) mayBeResponder(n *jsparse.Call, m *jsparse.Member) {
	if !slices.Contains(b.s.contract.ResponderMethods, m.Name) || isResponder(b.s.eval(m.Object, b.e)) {
		return
	}
	h := holder{s: b.s, seen: map[*jsparse.Symbol]bool{}, results: true}
	if h.expr(m.Object, b.e) {
		b.mayAnswer(n)
	}
}

// holder asks whether something that answers is stored in a value. What was handed to code that cannot be seen is not
// stored there: the call of that code is looked at by itself.
type holder struct {
	s    *session
	seen map[*jsparse.Symbol]bool
	// results means that what functions of the project give counts, too, if they were handed something that answers.
	results bool
}

func (h *holder) expr(x jsparse.Expr, e *env) bool {
	switch x := x.(type) {
	case *jsparse.Ident:
		return h.name(x, e)
	case *jsparse.Func:
		return h.s.completes(h.s.eval(x, e))
	case *jsparse.Member:
		return h.expr(x.Object, e)
	case *jsparse.Index:
		return h.expr(x.Object, e)
	case *jsparse.Await:
		return h.expr(x.X, e)
	case *jsparse.Spread:
		return h.expr(x.X, e)
	case *jsparse.Conditional:
		return h.expr(x.Then, e) || h.expr(x.Else, e)
	case *jsparse.Binary:
		return h.expr(x.Left, e) || h.expr(x.Right, e)
	case *jsparse.Array:
		return h.any(x.Items, e)
	case *jsparse.Object:
		for _, p := range x.Props {
			if p.Value != nil && h.expr(p.Value, e) {
				return true
			}
		}
	case *jsparse.New:
		return h.s.builtIn(x.Callee, e) && h.any(x.Args, e)
	case *jsparse.Call:
		if m, ok := x.Callee.(*jsparse.Member); ok && h.expr(m.Object, e) {
			return true
		}
		return (h.s.builtIn(x.Callee, e) || h.results && isClosure(h.s.eval(x.Callee, e))) && h.any(x.Args, e)
	}
	return false
}

func (h *holder) any(list []jsparse.Expr, e *env) bool {
	for _, x := range list {
		if x != nil && h.expr(x, e) {
			return true
		}
	}
	return false
}

func (h *holder) name(id *jsparse.Ident, e *env) bool {
	at := e.scopeOf(id.Symbol)
	if at == nil || h.seen[id.Symbol] {
		return false
	}
	h.seen[id.Symbol] = true
	if h.s.completes(h.s.symbol(id.Symbol, e)) {
		return true
	}
	for _, w := range at.mod.writes[id.Symbol] {
		if in := h.s.scopeFor(w.in, at); w.from != nil && in != nil && h.expr(w.from, in) {
			return true
		}
	}
	return false
}

// builtIn tells whether x is the language's own: `Map`, `Object.assign`.
func (s *session) builtIn(x jsparse.Expr, e *env) bool {
	g, ok := s.eval(x, e).(global)
	return ok && !isTimer(g) && g.path != "Promise"
}
