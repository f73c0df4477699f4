package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// longestList is up to how many constants `[…].includes(x)` is a question about each of them.
const longestList = 24

// oneOf is `['a', 'b'].includes(x)`: x is one of some constants, which a switch further down may ask for again.
func (b *builder) oneOf(n *jsparse.Call, then, otherwise *flow.Block) bool {
	m, ok := n.Callee.(*jsparse.Member)
	if !ok || m.Name != "includes" || m.Optional || n.Optional || len(n.Args) != 1 {
		return false
	}
	items, ok := b.s.eval(m.Object, b.e).(*list)
	if !ok || len(items.items) == 0 || len(items.items) > longestList {
		return false
	}
	var values []flow.Value
	for _, it := range items.items {
		c, ok := it.(constant)
		if !ok || c.value().Kind != flow.Constant {
			return false
		}
		values = append(values, c.value())
	}
	b.expr(n)
	of := b.place(n.Args[0])
	if of == nil || b.cur == nil {
		return false
	}
	text := b.text(n)
	for i, v := range values {
		next := otherwise
		if i < len(values)-1 {
			next = b.block()
		}
		c := flow.Cond{Test: flow.IsEqual, Of: flow.Operand{Var: of}, Value: v, Says: [2]string{"`" + text + "` is true"}}
		if i == len(values)-1 {
			c.Says[1] = "`" + text + "` is false"
		}
		b.end(flow.Branch{Range: b.rng(n), Cond: c, Then: then, Else: next})
		b.cur = next
	}
	b.cur = nil
	return true
}
