package goflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// blocks ends the path at something that waits, and that nothing wakes.
func (b *builder) blocks(at ast.Node, why string) {
	if b.cur == nil {
		return
	}
	never := b.temporary()
	site := flow.Site{Range: b.rangeOf(at), Text: why}
	b.add(flow.Defer{Site: site, Result: never, Name: why})
	b.add(flow.Wait{Site: site, Promise: flow.Operand{Var: never}})
	b.end(flow.Stop{Range: site.Range})
}

// mayBlock lets one path end where it waits, and another one go on.
func (b *builder) mayBlock(at ast.Node, why string) {
	if b.cur == nil {
		return
	}
	stuck, on := &flow.Block{}, &flow.Block{}
	b.choose(b.rangeOf(at), on, stuck)
	b.cur = stuck
	b.blocks(at, why)
	b.cur = on
}

// receives ends the path at a receive that nothing answers.
func (b *builder) receives(e ast.Expr, at ast.Node) {
	c := b.channel(e)
	if c == nil {
		return
	}
	name := "`" + show(e) + "`"
	switch lax := c.lax; {
	case c.none:
		b.blocks(at, name+" is nil, so receiving from it blocks forever")
	case len(c.sends)+len(c.closes) == 0:
		b.blocks(at, "nothing sends to "+name+" or closes it, so this blocks forever")
	case lax != nil:
		b.mayBlock(at, "the goroutine of line "+b.line(lax)+" may end without having sent to "+name+", and this blocks forever then")
	}
}

// sends ends the path at a send that nobody takes.
func (b *builder) sends(x *ast.SendStmt) {
	c := b.channel(x.Chan)
	if c == nil {
		return
	}
	name := "`" + show(x.Chan) + "`"
	switch {
	case c.none:
		b.blocks(x, name+" is nil, so sending to it blocks forever")
	case c.buffered:
	case len(c.receives) == 0:
		b.blocks(x, "nobody receives from "+name+", so this blocks forever")
	case c.alone(x):
		b.blocks(x, name+" has no buffer, and only this goroutine receives from it: this blocks forever")
	}
}

// endlessRange tells why a range over a channel never ends, "" if it may.
func (b *builder) endlessRange(x *ast.RangeStmt) string {
	c := b.channel(x.X)
	if c == nil || len(c.closes) > 0 {
		return ""
	}
	return "nothing closes `" + show(x.X) + "`, so this loop never ends"
}

// channel is what is known of a local channel, nil if others may know it.
func (b *builder) channel(e ast.Expr) *channel {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	c := b.sharing().channels[b.info.ObjectOf(id)]
	if c == nil || c.escapes {
		return nil
	}
	return c
}

// deadSelect tells whether no case of a select can ever come true.
func (b *builder) deadSelect(x *ast.SelectStmt) bool {
	for _, s := range x.Body.List {
		clause, ok := s.(*ast.CommClause)
		if !ok || clause.Comm == nil || !b.deadCase(clause.Comm) {
			return false
		}
	}
	return true
}

func (b *builder) deadCase(comm ast.Stmt) bool {
	if send, ok := comm.(*ast.SendStmt); ok {
		c := b.channel(send.Chan)
		return c != nil && (c.none || !c.buffered && len(c.receives) == 0)
	}
	var from ast.Expr
	ast.Inspect(comm, func(n ast.Node) bool {
		if x, ok := n.(*ast.UnaryExpr); ok && x.Op == token.ARROW && from == nil {
			from = x.X
		}
		return from == nil
	})
	c := b.channel(from)
	return from != nil && c != nil && (c.none || len(c.sends)+len(c.closes) == 0)
}

// waitsForGroup ends the path at a Wait that a goroutine keeps from ending.
func (b *builder) waitsForGroup(of types.Object, x *ast.CallExpr) {
	g := b.sharing().groups[of]
	if g == nil {
		return
	}
	name := "`" + of.Name() + "`"
	switch {
	case g.adds && !g.done && !g.escapes:
		b.blocks(x, "nothing calls Done of "+name+", so this blocks forever")
	case g.lax != nil:
		b.mayBlock(x, "the goroutine of line "+b.line(g.lax)+" may end without having called Done of "+name+", and this blocks forever then")
	}
}
