package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// chain lowers `a?.b.c(d)`: if a link marked ?. finds nothing, the whole chain gives undefined.
func (b *builder) chain(x jsparse.Expr) flow.Operand {
	if !hasOptional(x) {
		return b.link(x, nil)
	}
	nothing, join := b.block(), b.block()
	result := b.temp()
	op := b.link(x, nothing)
	if b.cur != nil {
		b.emit(flow.Set{To: result, From: op})
		b.end(flow.Jump{To: join})
	}
	b.cur = nothing
	b.emit(flow.Set{To: result, From: known(flow.Undefined)})
	b.end(flow.Jump{To: join})
	b.cur = join
	return flow.Operand{Var: result}
}

// hasOptional tells whether one of the links of a chain is optional.
func hasOptional(x jsparse.Expr) bool {
	for {
		switch n := x.(type) {
		case *jsparse.Call:
			if n.Optional {
				return true
			}
			x = n.Callee
		case *jsparse.Member:
			if n.Optional {
				return true
			}
			x = n.Object
		case *jsparse.Index:
			if n.Optional {
				return true
			}
			x = n.Object
		default:
			return false
		}
	}
}

// link lowers one link of a chain; nothing is where a missing optional link goes.
func (b *builder) link(x jsparse.Expr, nothing *flow.Block) flow.Operand {
	switch n := x.(type) {
	case *jsparse.Member:
		op := b.link(n.Object, nothing)
		if n.Optional {
			b.skip(n.Object, op, nothing)
		} else {
			b.reads(n, n.Object, op)
		}
		b.consumed(n, op, false)
		return b.property(n, op)
	case *jsparse.Index:
		op := b.link(n.Object, nothing)
		if n.Optional {
			b.skip(n.Object, op, nothing)
		} else {
			b.reads(n, n.Object, op)
		}
		b.expr(n.Key)
		return unknownOperand()
	case *jsparse.Call:
		return b.call(n, nothing)
	}
	return b.expr(x)
}

// skip leaves the chain if the value so far is null or undefined.
func (b *builder) skip(x jsparse.Expr, op flow.Operand, nothing *flow.Block) {
	if b.cur == nil {
		return
	}
	if v := b.place(x); v != nil {
		op = flow.Operand{Var: v}
	}
	c := flow.Cond{Test: flow.IsNullish, Of: op, Says: [2]string{
		"`" + b.text(x) + "` is null or undefined", "`" + b.text(x) + "` is neither null nor undefined",
	}}
	if op.Var == nil && op.Value.Kind == flow.Unknown {
		c.Test = flow.AskNothing
	}
	next := b.block()
	b.end(flow.Branch{Range: b.rng(x), Cond: c, Then: nothing, Else: next})
	b.cur = next
}

// reads throws if the object whose property is read is known to be undefined.
func (b *builder) reads(n, object jsparse.Expr, op flow.Operand) {
	if b.cur == nil {
		return
	}
	what := "`" + b.text(object) + "` is undefined here: reading a property of it throws"
	if b.mayLackResponse(object) {
		what = "`" + b.text(object) + "` is undefined if no answer came (a network failure): reading a property of it throws"
	} else if op.Var != nil && !b.canBeNothing(object) {
		return
	}
	if op.Var == nil {
		if k := op.Value.Kind; k == flow.Undefined || k == flow.Null {
			b.emit(flow.MayThrow{Range: b.rng(n), What: what, Always: true})
		}
		return
	}
	b.emit(flow.MayThrow{Range: b.rng(n), What: what, Weak: true, On: op.Var})
}

// canBeNothing tells whether a name is somewhere given null, undefined or a value that may be missing.
func (b *builder) canBeNothing(x jsparse.Expr) bool {
	id, ok := x.(*jsparse.Ident)
	if !ok {
		_, isCall := x.(*jsparse.Call)
		return isCall || hasOptional(x)
	}
	at := b.e.scopeOf(id.Symbol)
	if at == nil {
		return false
	}
	if resultParam(at.fn, id.Symbol) {
		return true
	}
	for _, w := range at.mod.writes[id.Symbol] {
		if w.none || takesResponse(w) {
			return true
		}
		if len(w.path) > 0 {
			continue
		}
		switch from := w.from.(type) {
		case *jsparse.Literal:
			if from.Kind == jsparse.Null || from.Kind == jsparse.Undefined {
				return true
			}
		case *jsparse.Call, *jsparse.Await, *jsparse.Conditional, *jsparse.Member, *jsparse.Index:
			return true
		}
	}
	return false
}

// resultParam tells whether a name is a parameter behind the error of a node-style callback: undefined if it failed.
func resultParam(fn *jsparse.Func, sym *jsparse.Symbol) bool {
	if fn == nil || len(fn.Params) < 2 || !errorParam(fn) {
		return false
	}
	for _, p := range fn.Params[1:] {
		if name, ok := p.Target.(*jsparse.Name); ok && name.Symbol == sym {
			return true
		}
	}
	return false
}

// property is the value of a property path that is tracked.
func (b *builder) property(n *jsparse.Member, _ flow.Operand) flow.Operand {
	if b.cur == nil {
		return unknownOperand()
	}
	of := b.recorded(n.Object)
	v := b.place(n)
	if v == nil && of != nil { // behind `?.`
		v = b.temp()
	}
	if v == nil {
		return unknownOperand()
	}
	if of != nil {
		b.emit(flow.Read{To: v, Of: flow.Operand{Var: of}, Name: n.Name})
	}
	return flow.Operand{Var: v}
}

// calleeText is what a call calls, shortened; for other expressions their text.
func (b *builder) calleeText(x jsparse.Expr) string {
	switch n := x.(type) {
	case *jsparse.Await:
		return b.calleeText(n.X)
	case *jsparse.Call:
		return b.chainText(n) + "()"
	case *jsparse.New:
		return "new " + b.text(n.Callee) + "()"
	}
	return b.text(x)
}

// chainText is a callee without the arguments of the calls in it: `client.messages().fetch`.
func (b *builder) chainText(n *jsparse.Call) string {
	text := b.linkText(n.Callee, 0)
	if r := []rune(text); len(r) > longestText { // the end says most
		return "…" + string(r[len(r)-longestText+1:])
	}
	return text
}

// linkText leaves out what stands far before the end of a long chain.
func (b *builder) linkText(x jsparse.Expr, behind int) string {
	if behind > longestText {
		return ""
	}
	switch c := x.(type) {
	case *jsparse.Member:
		return b.linkText(c.Object, behind+len(c.Name)+1) + "." + c.Name
	case *jsparse.Call:
		return b.linkText(c.Callee, behind+2) + "()"
	case *jsparse.Func:
		return "function"
	case *jsparse.New:
		return "new " + b.text(c.Callee) + "()"
	}
	return b.text(x)
}
