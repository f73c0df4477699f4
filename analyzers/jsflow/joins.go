package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// join lowers `if (++done === total) callback(null, results)` in a function that is called once for each of several works:
// the call that finds the count complete decides, and by then all the others have ended. Counting is not followed, so
// the lowering goes on with that call alone. It returns false for every other if.
func (b *builder) join(n *jsparse.If, then, otherwise *flow.Block) bool {
	if !b.asksCounter(n.Cond) {
		return false
	}
	decided := b.mayDecide(n.Then)
	if !decided && !b.mayDecide(b.e.fn.Body) {
		return false
	}
	last, early := b.block(), b.block()
	early.Term = flow.Stop{Range: b.rng(n.Cond)}
	last.Ops = []flow.Op{flow.Cancel{Others: true}}
	if decided {
		b.cond(n.Cond, last, early)
		last.Term = flow.Jump{To: then}
	} else {
		b.cond(n.Cond, early, last)
		last.Term = flow.Jump{To: otherwise}
	}
	return true
}

// asksCounter tells whether a condition asks a counter that the current function advances and an outer function keeps.
func (b *builder) asksCounter(cond jsparse.Expr) bool {
	if b.e.fn == nil {
		return false
	}
	kept := map[*jsparse.Symbol]bool{}
	jsparse.Walk(cond, func(n jsparse.Node) bool {
		if id, ok := n.(*jsparse.Ident); ok {
			if at := b.e.scopeOf(id.Symbol); at != nil && at != b.e && at.fn != nil {
				kept[id.Symbol] = true
			}
		}
		return true
	})
	if len(kept) == 0 {
		return false
	}
	found := false
	jsparse.Walk(b.e.fn.Body, func(n jsparse.Node) bool {
		if found = found || kept[advanced(n)]; found {
			return false
		}
		inner, ok := n.(*jsparse.Func)
		return !ok || inner == b.e.fn
	})
	return found
}

// advanced is the name that an expression counts up or down with, or puts something into; nil if it does neither.
func advanced(n jsparse.Node) *jsparse.Symbol {
	switch n := n.(type) {
	case *jsparse.Update:
		return rootSymbol(n.X)
	case *jsparse.Assign:
		t, ok := n.Target.(jsparse.Expr)
		if !ok {
			return nil
		}
		if _, plain := t.(*jsparse.Ident); plain && (n.Op == "+=" || n.Op == "-=" || selfStep(n)) {
			return rootSymbol(t)
		}
		if _, item := t.(*jsparse.Index); item {
			return rootSymbol(t)
		}
	case *jsparse.Call:
		if m, ok := n.Callee.(*jsparse.Member); ok {
			switch m.Name {
			case "push", "unshift", "add", "set", "delete", "splice", "pop", "shift":
				return rootSymbol(m.Object)
			}
		}
	}
	return nil
}

// mayDecide tells whether a part of the current function may answer, or settle a promise.
func (b *builder) mayDecide(part jsparse.Node) bool {
	found := false
	jsparse.Walk(part, func(n jsparse.Node) bool {
		if id, ok := n.(*jsparse.Ident); ok && !found {
			v := b.s.symbol(id.Symbol, b.e)
			found = b.s.completes(v) || len(b.s.settlers(v)) > 0
		}
		return !found
	})
	return found
}
