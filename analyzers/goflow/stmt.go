package goflow

import (
	"go/ast"
	"go/token"

	"github.com/handlervet/handlervet/analyzers/flow"
)

func (b *builder) block(s *ast.BlockStmt) {
	if s != nil {
		b.list(s.List)
	}
}

func (b *builder) list(list []ast.Stmt) {
	for _, s := range list {
		if b.cur == nil && !hasLabel(s) {
			continue
		}
		b.stmt(s)
	}
}

func hasLabel(s ast.Stmt) bool {
	_, ok := s.(*ast.LabeledStmt)
	return ok
}

func (b *builder) stmt(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.ExprStmt:
		b.statement = x
		b.effects(x.X)
		b.statement = nil
	case *ast.AssignStmt:
		b.assign(x)
	case *ast.DeclStmt:
		b.declare(x)
	case *ast.IncDecStmt:
		b.forget(x.X)
	case *ast.SendStmt:
		b.effects(x.Chan)
		b.effects(x.Value)
		if !b.inSelect {
			b.sends(x)
		}
	case *ast.GoStmt:
		b.goStmt(x)
	case *ast.DeferStmt:
		b.deferStmt(x)
	case *ast.ReturnStmt:
		b.returnStmt(x)
	case *ast.BranchStmt:
		b.branchStmt(x)
	case *ast.BlockStmt:
		b.block(x)
	case *ast.IfStmt:
		b.ifStmt(x)
	case *ast.ForStmt:
		b.forStmt(x)
	case *ast.RangeStmt:
		b.rangeStmt(x)
	case *ast.SwitchStmt:
		b.switchStmt(x)
	case *ast.TypeSwitchStmt:
		b.typeSwitch(x)
	case *ast.SelectStmt:
		b.selectStmt(x)
	case *ast.LabeledStmt:
		b.label = x.Label.Name
		b.stmt(x.Stmt)
		b.label = ""
	}
}

// optional lowers the init statement of an if, for or switch.
func (b *builder) optional(s ast.Stmt) {
	if s != nil {
		label := b.label
		b.label = ""
		b.stmt(s)
		b.label = label
	}
}

func (b *builder) returnStmt(x *ast.ReturnStmt) {
	value := b.bareResult()
	b.called = nil
	values := make([]flow.Operand, len(x.Results))
	for i, e := range x.Results {
		values[i] = b.value(e)
		value = values[i]
	}
	b.fillSlots(values)
	if b.named != nil && len(x.Results) > 0 {
		b.set(b.named, value)
		value = flow.Operand{Var: b.named}
	}
	b.leave(value, b.rangeOf(x), false)
}

// fillSlots leaves the results for the caller: those that are written, the named ones, or those of `return f()`.
func (b *builder) fillSlots(values []flow.Operand) {
	slots := b.slots[b.fn]
	for i, slot := range slots {
		switch passed := b.slots[b.called]; {
		case len(values) == len(slots):
			b.set(slot, values[i])
		case len(values) == 0 && len(b.results) == len(slots):
			b.set(slot, flow.Operand{Var: b.results[i]})
		case len(passed) == len(slots):
			b.set(slot, flow.Operand{Var: passed[i]})
		default:
			b.set(slot, flow.Operand{})
		}
	}
}

func (b *builder) branchStmt(x *ast.BranchStmt) {
	if x.Tok == token.FALLTHROUGH && b.fall != nil {
		b.jump(b.fall)
		return
	}
	for i := len(b.targets) - 1; i >= 0; i-- {
		t := b.targets[i]
		if x.Label != nil && x.Label.Name != t.label {
			continue
		}
		if x.Tok == token.BREAK {
			b.jump(t.out)
			return
		}
		if x.Tok == token.CONTINUE && t.next != nil {
			b.jump(t.next)
			return
		}
	}
	b.end(flow.Stop{Range: b.rangeOf(x)}) // goto: what follows is not known
}

func (b *builder) ifStmt(x *ast.IfStmt) {
	b.optional(x.Init)
	then, after := &flow.Block{}, &flow.Block{}
	other := after
	if x.Else != nil {
		other = &flow.Block{}
	}
	b.cond(x.Cond, then, other)
	b.cur = then
	if b.failed(x.Cond, token.NEQ) {
		b.caught(x.Cond, x.Body, x.Body.List)
	}
	b.block(x.Body)
	b.jump(after)
	if x.Else != nil {
		b.cur = other
		if block, ok := x.Else.(*ast.BlockStmt); ok && b.failed(x.Cond, token.EQL) {
			b.caught(x.Cond, block, block.List)
		}
		b.stmt(x.Else)
		b.jump(after)
	}
	b.cur = after
}

// failed tells whether a condition is `err != nil` (or `err == nil`).
func (b *builder) failed(cond ast.Expr, op token.Token) bool {
	x, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && x.Op == op && isError(b.info.TypeOf(x.X)) && b.isNil(x.Y)
}

// caught marks a block that deals with an error: it is what a catch block is elsewhere.
func (b *builder) caught(cond ast.Expr, block ast.Node, list []ast.Stmt) {
	b.add(flow.Caught{Range: b.rangeOf(cond), Body: b.rangeOf(block), Ignored: onlyCalls(list)})
}

// assign evaluates the right sides and gives the left ones what is known of them.
func (b *builder) assign(x *ast.AssignStmt) {
	if len(x.Rhs) == 1 && len(x.Lhs) > 1 {
		b.several(x)
		return
	}
	values := make([]flow.Operand, len(x.Rhs))
	for i, e := range x.Rhs {
		values[i] = b.given(e, x.Lhs[min(i, len(x.Lhs)-1)])
	}
	for i, left := range x.Lhs {
		if x.Tok != token.ASSIGN && x.Tok != token.DEFINE {
			values[i] = flow.Operand{}
		}
		b.store(left, values[i])
	}
}

// several is `a, b := f()`: the last value tells the most, the others are forgotten.
func (b *builder) several(x *ast.AssignStmt) {
	last := x.Lhs[len(x.Lhs)-1]
	b.pairCancel(x)
	b.called = nil
	v := b.given(x.Rhs[0], last)
	if slots := b.slots[b.called]; len(slots) == len(x.Lhs) {
		for i, left := range x.Lhs {
			b.store(left, flow.Operand{Var: slots[i]})
		}
		return
	}
	if _, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr); !ok {
		v = flow.Operand{}
		if is := b.question(x.Rhs[0]); is != nil {
			v = flow.Operand{Var: is} // `e, ok := err.(*E)` says the same each time
		}
	}
	for _, left := range x.Lhs[:len(x.Lhs)-1] {
		b.store(left, flow.Operand{})
	}
	b.store(last, v)
}

// given evaluates what is assigned to a place.
func (b *builder) given(e, to ast.Expr) flow.Operand {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if b.derives(call, to) {
			return kindOf(flow.Object)
		}
		return b.call(call, !isBlank(to))
	}
	return b.value(e)
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

func (b *builder) declare(x *ast.DeclStmt) {
	g, ok := x.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.VAR {
		return
	}
	for _, spec := range g.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range v.Names {
			value := zero(b.info.TypeOf(name))
			switch {
			case len(v.Values) == len(v.Names):
				value = b.given(v.Values[i], name)
			case len(v.Values) == 1:
				value = flow.Operand{}
				if i == 0 {
					b.effects(v.Values[0])
				}
			}
			b.store(name, value)
		}
	}
}
