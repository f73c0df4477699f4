package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// expr lowers an expression: its operations in order of evaluation. It returns what is known of the value.
func (b *builder) expr(x jsparse.Expr) flow.Operand {
	if x == nil || b.cur == nil {
		return unknownOperand()
	}
	if b.nodes++; b.nodes > maxNodes {
		b.end(flow.Stop{Range: b.rng(x)})
		return unknownOperand()
	}
	switch n := x.(type) {
	case *jsparse.Literal:
		return flow.Operand{Value: constant{n.Kind, n.Value}.value()}
	case *jsparse.Ident:
		return b.ident(n)
	case *jsparse.Template:
		return b.template(n)
	case *jsparse.Array:
		return b.array(n)
	case *jsparse.Object:
		return b.object(n)
	case *jsparse.Func:
		return known(flow.Truthy)
	case *jsparse.ClassExpr:
		b.classBody(n)
		return known(flow.Truthy)
	case *jsparse.Unary:
		return b.unary(n)
	case *jsparse.Update:
		b.assignTo(n.X, unknownOperand())
	case *jsparse.Binary:
		return b.binary(n)
	case *jsparse.Assign:
		return b.assign(n)
	case *jsparse.Conditional:
		return b.conditional(n)
	case *jsparse.Call, *jsparse.Member, *jsparse.Index:
		return b.chain(n)
	case *jsparse.New:
		return b.construct(n)
	case *jsparse.Spread:
		return b.expr(n.X)
	case *jsparse.Await:
		return b.await(n)
	case *jsparse.Yield:
		b.expr(n.X)
	case *jsparse.ImportCall:
		return b.importCall(n)
	case *jsparse.OtherExpr:
		for _, p := range n.X {
			b.expr(p)
		}
	}
	return unknownOperand()
}

func (b *builder) ident(n *jsparse.Ident) flow.Operand {
	v := b.e.variable(n.Symbol)
	if v == nil {
		if n.Symbol.Name == "undefined" {
			return known(flow.Undefined)
		}
		if n.Symbol.Kind == jsparse.Unbound && b.s.missing(b.e.mod, n.Symbol.Name) {
			// Not always: something that cannot be seen may define it, and what comes behind must be right, too.
			b.emit(flow.MayThrow{Range: b.rng(n), What: "`" + n.Symbol.Name + "` is not defined anywhere: reading it throws"})
		}
		return unknownOperand()
	}
	if c, ok := b.s.eval(n, b.e).(constant); ok && b.settled(n) {
		return flow.Operand{Value: c.value()}
	}
	return flow.Operand{Var: v}
}

func (b *builder) template(n *jsparse.Template) flow.Operand {
	if n.Tag != nil {
		b.expr(n.Tag)
	}
	for _, p := range n.Parts {
		b.expr(p)
	}
	if n.Tag != nil {
		b.emit(flow.MayThrow{Range: b.rng(n), What: "the tag function throws", Weak: true})
		return unknownOperand()
	}
	return known(flow.Text)
}

// array keeps promises that stand in the literal, for Promise.all and the like.
func (b *builder) array(n *jsparse.Array) flow.Operand {
	var held []flow.Operand
	for _, it := range n.Items {
		if op := b.expr(it); op.Var != nil {
			held = append(held, op)
		}
	}
	if len(held) == 0 || b.cur == nil {
		return known(flow.Object)
	}
	v := b.temp()
	b.emit(flow.Set{To: v, From: known(flow.Object)})
	for _, op := range held {
		b.emit(flow.Append{To: v, From: op})
	}
	return flow.Operand{Var: v}
}

// object loses sight of promises that are put into it.
func (b *builder) object(n *jsparse.Object) flow.Operand {
	for _, p := range n.Props {
		b.expr(p.Computed)
		if p.Value == nil || p.Getter || p.Setter {
			continue
		}
		if op := b.expr(p.Value); op.Var != nil && !b.writesOut {
			b.emit(flow.Escape{Range: b.rng(p), What: flow.PromiseEscapes, Of: op})
		}
	}
	return known(flow.Object)
}

func (b *builder) unary(n *jsparse.Unary) flow.Operand {
	if n.Op == "typeof" {
		if _, ok := n.X.(*jsparse.Ident); ok {
			return known(flow.Text)
		}
	}
	op := b.expr(n.X)
	switch n.Op {
	case "void":
		if op.Var != nil { // whoever writes it says that nobody is to wait
			b.emit(flow.Escape{Range: b.rng(n), What: flow.PromiseEscapes, Of: op})
		}
		return known(flow.Undefined)
	case "typeof":
		return known(flow.Text)
	case "!":
		return b.not(op)
	}
	return unknownOperand()
}

func (b *builder) not(op flow.Operand) flow.Operand {
	switch op.Value.Kind {
	case flow.Undefined, flow.Null, flow.Falsy:
		if op.Var == nil {
			return known(flow.Truthy)
		}
	case flow.Truthy, flow.Object, flow.Response:
		if op.Var == nil {
			return known(flow.Falsy)
		}
	}
	return unknownOperand()
}

// binary evaluates the right side of a short cut on one path only.
func (b *builder) binary(n *jsparse.Binary) flow.Operand {
	switch n.Op {
	case "&&", "||", "??":
		return b.shortCut(n)
	case ",":
		b.expr(n.Left)
		return b.expr(n.Right)
	}
	b.expr(n.Left)
	b.expr(n.Right)
	return unknownOperand()
}

func (b *builder) shortCut(n *jsparse.Binary) flow.Operand {
	if !hasEffect(n.Right) && n.Op != "&&" {
		if !hasEffect(n.Left) {
			for _, x := range []jsparse.Expr{n.Left, n.Right} { // which one it is, is not followed
				b.escapePromise(argument{x: x, op: b.expr(x)})
			}
			return unknownOperand()
		}
	}
	right, join := b.block(), b.block()
	result := b.temp()
	left := b.expr(n.Left)
	if b.cur == nil {
		return unknownOperand()
	}
	b.emit(flow.Set{To: result, From: left})
	c, opposite := b.asks(n.Left, flow.Operand{Var: result})
	yes, no := right, join
	switch {
	case n.Op == "??":
		c = flow.Cond{Test: flow.IsNullish, Of: flow.Operand{Var: result}, Text: b.text(n.Left)}
		if v := b.place(n.Left); v != nil {
			c.Of = flow.Operand{Var: v}
		}
	case (n.Op == "||") != opposite:
		yes, no = join, right
	}
	b.end(flow.Branch{Range: b.rng(n.Left), Cond: c, Then: yes, Else: no})
	b.cur = right
	op := b.expr(n.Right)
	b.emit(flow.Set{To: result, From: op})
	b.end(flow.Jump{To: join})
	b.cur = join
	return flow.Operand{Var: result}
}

func (b *builder) conditional(n *jsparse.Conditional) flow.Operand {
	then, otherwise, join := b.block(), b.block(), b.block()
	result := b.temp()
	b.cond(n.Cond, then, otherwise)
	b.cur = then
	b.emit(flow.Set{To: result, From: b.expr(n.Then)})
	b.end(flow.Jump{To: join})
	b.cur = otherwise
	b.emit(flow.Set{To: result, From: b.expr(n.Else)})
	b.end(flow.Jump{To: join})
	b.cur = join
	return flow.Operand{Var: result}
}

func (b *builder) assign(n *jsparse.Assign) flow.Operand {
	switch n.Op {
	case "&&=", "||=", "??=":
		return b.assignIf(n)
	}
	if m, ok := n.Target.(*jsparse.Member); ok && n.Op == "=" {
		b.expr(m.Object)
	}
	op := b.expr(n.Value)
	if n.Op != "=" {
		op = unknownOperand()
	}
	b.assignTo(n.Target, op)
	return op
}

// assignTo gives a target its value; what is stored where we do not look has escaped.
func (b *builder) assignTo(t jsparse.Node, op flow.Operand) {
	switch t := t.(type) {
	case *jsparse.Ident:
		b.set(t.Symbol, op)
	case *jsparse.Member:
		if v := b.place(t); v != nil && b.cur != nil {
			b.emit(flow.Set{To: v, From: op})
		}
		if op.Var != nil {
			b.emit(flow.Escape{Range: b.rng(t), What: flow.PromiseEscapes, Of: op})
		}
		b.assignedAnswer(t)
	case *jsparse.Index:
		b.expr(t.Object)
		b.expr(t.Key)
		if op.Var != nil {
			b.emit(flow.Escape{Range: b.rng(t), What: flow.PromiseEscapes, Of: op})
		}
	default:
		b.bind(t, op)
	}
}

// assignedAnswer is an assignment that a platform takes for the answer (Azure's context.res = …): it is
// sent when the handler is done, so it completes nothing by itself.
func (b *builder) assignedAnswer(*jsparse.Member) {}

// await waits for a promise. Awaiting the result of a call that cannot be seen
// is taken for what it says: the call may fail later.
func (b *builder) await(n *jsparse.Await) flow.Operand {
	b.slowCall(n.X)
	stmt, ret := b.statement, b.returned
	if stmt != nil && stmt.X == n {
		b.statement = nil
	}
	promised := b.promised
	b.promised = n.X
	op := b.expr(n.X)
	b.statement, b.returned, b.promised = stmt, ret, promised
	if b.cur == nil {
		return unknownOperand()
	}
	w := flow.Wait{Site: b.site(n, b.calleeText(n.X)), Promise: op, Result: b.temp(), Maybe: b.awaitedWork(n.X)}
	if op.Var == nil && op.Value.Kind != flow.Unknown {
		w.Maybe = nil // a value that is no promise
	}
	b.emit(w)
	return flow.Operand{Var: w.Result}
}

// awaitedWork is what awaiting x waits for if nothing is known of its value.
func (b *builder) awaitedWork(x jsparse.Expr) *flow.Work {
	w := &flow.Work{Kind: flow.PromiseWork, Name: b.calleeText(x)}
	switch n := x.(type) {
	case *jsparse.Call:
		callee := b.s.eval(n.Callee, b.e)
		w.CanFail, w.ErrorLacks = !b.s.harmless(callee) && !b.reportsErrors(callee, n), errorLacks(callee)
	case *jsparse.ImportCall:
		w.CanFail = true
	case *jsparse.Ident:
		w.CanFail = b.fromCall(n)
	case *jsparse.Member, *jsparse.This, *jsparse.Index:
		w.CanFail = false
	case *jsparse.Conditional, *jsparse.Binary:
		w.CanFail = hasEffect(n)
	case *jsparse.Template:
		w.CanFail = n.Tag != nil
	case *jsparse.New:
		w.CanFail = false
	}
	return w
}

// fromCall tells whether a name holds the result of a call.
func (b *builder) fromCall(n *jsparse.Ident) bool {
	at := b.e.scopeOf(n.Symbol)
	if at == nil {
		return false
	}
	for _, w := range at.mod.writes[n.Symbol] {
		if c, ok := w.from.(*jsparse.Call); ok && len(w.path) == 0 {
			if in := b.s.scopeFor(w.in, at); in != nil && !b.s.harmless(b.s.eval(c.Callee, in)) {
				return true
			}
		}
	}
	return false
}

func (b *builder) importCall(n *jsparse.ImportCall) flow.Operand {
	b.expr(n.X)
	if b.cur == nil {
		return unknownOperand()
	}
	v := b.temp()
	name := "import(" + n.Path + ")"
	b.emit(flow.Start{Site: b.site(n, name), Result: v, Work: &flow.Work{Kind: flow.PromiseWork, Name: name, Sure: true}})
	return flow.Operand{Var: v}
}
