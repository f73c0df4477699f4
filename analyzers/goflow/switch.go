package goflow

import (
	"go/ast"
	"go/token"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// switchStmt asks the cases one after the other.
func (b *builder) switchStmt(x *ast.SwitchStmt) {
	label := b.label
	b.optional(x.Init)
	var tag flow.Operand
	if x.Tag != nil {
		tag = b.value(x.Tag)
	}
	out := &flow.Block{}
	clauses := clausesOf(x.Body)
	bodies := make([]*flow.Block, len(clauses)+1)
	for i := range clauses {
		bodies[i] = &flow.Block{}
	}
	other := out
	for i, c := range clauses {
		if c.List == nil {
			other = bodies[i]
		}
		for _, e := range c.List {
			next := &flow.Block{}
			if x.Tag == nil {
				b.cond(e, bodies[i], next)
			} else {
				b.equal(x.Tag, tag, e, bodies[i], next)
			}
			b.cur = next
		}
	}
	b.jump(other)
	b.label = label
	b.enterLoop(out, nil)
	for i, c := range clauses {
		b.cur, b.fall = bodies[i], bodies[i+1]
		if x.Tag == nil && len(c.List) == 1 && b.failed(c.List[0], token.NEQ) {
			b.caught(c.List[0], c, c.Body)
		}
		b.list(c.Body)
		b.jump(out)
	}
	b.fall = nil
	b.leaveTarget()
	b.cur = out
}

func clausesOf(body *ast.BlockStmt) []*ast.CaseClause {
	var list []*ast.CaseClause
	for _, s := range body.List {
		if c, ok := s.(*ast.CaseClause); ok {
			list = append(list, c)
		}
	}
	return list
}

func (b *builder) typeSwitch(x *ast.TypeSwitchStmt) {
	label := b.label
	b.optional(x.Init)
	b.optional(x.Assign)
	out := &flow.Block{}
	var to []*flow.Block
	hasDefault := false
	clauses := clausesOf(x.Body)
	for _, c := range clauses {
		hasDefault = hasDefault || c.List == nil
		to = append(to, &flow.Block{})
	}
	if !hasDefault {
		to = append(to, out)
	}
	b.choose(b.rangeOf(x), to...)
	b.label = label
	b.enterLoop(out, nil)
	for i, c := range clauses {
		b.cur = to[i]
		b.list(c.Body)
		b.jump(out)
	}
	b.leaveTarget()
	b.cur = out
}

// selectStmt waits for one of several channels: each counts as waited for, because giving up one of them is deliberate.
func (b *builder) selectStmt(x *ast.SelectStmt) {
	label := b.label
	b.label = ""
	out := &flow.Block{}
	var to []*flow.Block
	for _, s := range x.Body.List {
		if c, ok := s.(*ast.CommClause); ok {
			to = append(to, &flow.Block{})
			b.joinReceived(c.Comm)
		}
	}
	if len(to) == 0 {
		b.blocks(x, "nothing wakes a select without a case")
	} else if b.deadSelect(x) {
		b.blocks(x, "no case of this select can come true")
	}
	b.choose(b.rangeOf(x), to...)
	b.label = label
	b.enterLoop(out, nil)
	i := 0
	for _, s := range x.Body.List {
		if c, ok := s.(*ast.CommClause); ok {
			b.cur = to[i]
			b.inSelect = true
			b.optional(c.Comm)
			b.inSelect = false
			b.list(c.Body)
			b.jump(out)
			i++
		}
	}
	b.leaveTarget()
	b.cur = out
}
