package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// assignIf lowers `x ??= y` and the like: the target's own value, or the one that is assigned.
func (b *builder) assignIf(n *jsparse.Assign) flow.Operand {
	target, ok := n.Target.(jsparse.Expr)
	if !ok {
		return unknownOperand()
	}
	assigns, join := b.block(), b.block()
	result := b.temp()
	old := b.expr(target)
	if b.cur == nil {
		return unknownOperand()
	}
	b.emit(flow.Set{To: result, From: old})
	c := flow.Cond{Test: flow.IsTruthy, Of: flow.Operand{Var: result}, Text: b.text(target)}
	if v := b.place(target); v != nil {
		c.Of = flow.Operand{Var: v}
	}
	yes, no := join, assigns
	switch n.Op {
	case "&&=":
		yes, no = assigns, join
	case "??=":
		c.Test = flow.IsNullish
		yes, no = assigns, join
	}
	b.end(flow.Branch{Range: b.rng(target), Cond: c, Then: yes, Else: no})
	b.cur = assigns
	op := b.expr(n.Value)
	b.assignTo(n.Target, op)
	if b.cur != nil {
		b.emit(flow.Set{To: result, From: op})
	}
	b.end(flow.Jump{To: join})
	b.cur = join
	return flow.Operand{Var: result}
}
