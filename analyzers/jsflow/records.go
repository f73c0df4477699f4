package jsflow

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// A helper that answers often says so in an object: `if (bad) { res.send(…); return { ok: false }; } return { ok: true }`.
// What such an object holds is remembered where its maker hands it out at once and its receiver only looks into it.

// record is an object literal that is returned.
func (b *builder) record(n *jsparse.Object) flow.Operand {
	made := flow.Record{To: b.temp()}
	for _, p := range n.Props {
		if p.Spread || p.Key == "" {
			b.expr(p.Computed)
			b.lost(p, b.expr(p.Value))
			made.Of, made.Open = nil, true // it may replace what stands before it
			continue
		}
		if p.Value == nil || p.Getter || p.Setter {
			made.Of = append(made.Of, flow.Field{Name: p.Key})
			continue
		}
		op := b.expr(p.Value)
		b.lost(p, op)
		made.Of = append(made.Of, flow.Field{Name: p.Key, Value: op})
	}
	if b.cur == nil {
		return unknownOperand()
	}
	b.emit(made)
	return flow.Operand{Var: made.To}
}

// lost: a promise in an object is out of sight.
func (b *builder) lost(p *jsparse.Property, op flow.Operand) {
	if op.Var != nil {
		b.emit(flow.Escape{Range: b.rng(p), What: flow.PromiseEscapes, Of: op})
	}
}

// recorded is the variable of a name that may hold a record and that nobody can change: it is given the result of a
// function of the project once, and is only looked into.
func (b *builder) recorded(x jsparse.Expr) *flow.Var {
	id, ok := x.(*jsparse.Ident)
	if !ok {
		return nil
	}
	at := b.e.scopeOf(id.Symbol)
	if at == nil || at.fn == nil {
		return nil
	}
	ws := at.mod.writes[id.Symbol]
	if len(ws) != 1 || !ws[0].init || len(ws[0].path) > 0 || !b.s.callsProject(ws[0].from, at) {
		return nil
	}
	only, known := b.s.lookedInto[id.Symbol]
	if !known {
		only = onlyLookedInto(at.fn, id.Symbol)
		b.s.lookedInto[id.Symbol] = only
	}
	if !only {
		return nil
	}
	return at.variable(id.Symbol)
}

// callsProject tells whether x is the result of a function that can be seen.
func (s *session) callsProject(x jsparse.Expr, at *env) bool {
	if a, ok := x.(*jsparse.Await); ok {
		x = a.X
	}
	call, ok := x.(*jsparse.Call)
	if !ok {
		return false
	}
	switch s.eval(call.Callee, at).(type) {
	case *closure, *union, *bound:
		return true
	}
	return false
}

// onlyLookedInto tells whether a function does nothing with a name but read properties, compare it and ask whether it is there.
func onlyLookedInto(fn *jsparse.Func, sym *jsparse.Symbol) bool {
	only, fine, touched := true, map[jsparse.Node]bool{}, map[jsparse.Node]bool{}
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Ident:
			only = only && (n.Symbol != sym || fine[n])
		case *jsparse.Member:
			fine[n.Object] = !touched[n]
		case *jsparse.If:
			fine[n.Cond] = true
		case *jsparse.Binary:
			fine[n.Left] = n.Op != "||" && n.Op != "??" && n.Op != ","
			fine[n.Right] = n.Op[0] == '=' || n.Op[0] == '!'
		case *jsparse.Unary:
			fine[n.X], touched[n.X] = n.Op == "!", n.Op == "delete"
		case *jsparse.Call:
			touched[n.Callee] = true
		case *jsparse.Assign:
			touched[n.Target] = true
		case *jsparse.Update:
			touched[n.X] = true
		}
		return only
	})
	return only
}

// readProperty takes a property out of what may be a record.
func (b *builder) readProperty(to *flow.Var, of flow.Operand, name string) {
	if b.cur != nil && to != nil && of.Var != nil {
		b.emit(flow.Read{To: to, Of: of, Name: name})
	}
}

// unpackRecord gives the names of a pattern the properties of an object that has no other name.
func (b *builder) unpackRecord(items []jsparse.PatternItem, from flow.Operand) {
	if from.Var == nil || from.Var.Name != "" || slices.ContainsFunc(items, func(it jsparse.PatternItem) bool { return it.Rest }) {
		return
	}
	for _, it := range items {
		if name, ok := it.Target.(*jsparse.Name); ok && it.Key != "" && it.Default == nil {
			b.readProperty(b.e.variable(name.Symbol), from, it.Key)
		}
	}
}
