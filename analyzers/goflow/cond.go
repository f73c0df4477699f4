package goflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// cond goes on at then or other. And, or and not are branches.
func (b *builder) cond(e ast.Expr, then, other *flow.Block) {
	switch x := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			b.cond(x.X, other, then)
			return
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND:
			more := &flow.Block{}
			b.cond(x.X, more, other)
			b.cur = more
			b.cond(x.Y, then, other)
			return
		case token.LOR:
			more := &flow.Block{}
			b.cond(x.X, then, more)
			b.cur = more
			b.cond(x.Y, then, other)
			return
		case token.EQL:
			b.equal(x.X, b.value(x.X), x.Y, then, other)
			return
		case token.NEQ:
			b.not(x, other, then)
			return
		case token.GTR:
			if b.isLength(x.X) && b.isConstant(x.Y, "0") {
				b.not(x, other, then)
				return
			}
		}
	}
	b.branch(e, flow.Cond{Test: flow.IsTruthy, Of: b.value(e)}, then, other)
}

// not is `x != y`: it is told as it is written.
func (b *builder) not(x *ast.BinaryExpr, then, other *flow.Block) {
	c := b.comparison(b.value(x.X), x.Y)
	c.Text = ""
	yes, no := &flow.Block{}, &flow.Block{}
	b.branch(x, c, yes, no)
	text := show(x)
	b.cur = yes
	b.add(flow.Note{Range: b.rangeOf(x), Text: "`" + text + "` is false"})
	b.jump(then)
	b.cur = no
	b.add(flow.Note{Range: b.rangeOf(x), Text: "`" + text + "` is true"})
	b.jump(other)
}

func (b *builder) equal(left ast.Expr, known flow.Operand, right ast.Expr, then, other *flow.Block) {
	c := b.comparison(known, right)
	c.Text = show(left) + " == " + show(right)
	b.end(flow.Branch{Range: b.rangeOf(right), Cond: c, Then: then, Else: other})
}

// comparison is the question whether a value equals an expression.
func (b *builder) comparison(known flow.Operand, right ast.Expr) flow.Cond {
	if b.isNil(right) {
		return flow.Cond{Test: flow.IsNullish, Of: known}
	}
	v := b.value(right)
	if v.Var == nil && v.Value.Kind == flow.Constant {
		if v.Value.Text == "true" {
			return flow.Cond{Test: flow.IsTruthy, Of: known}
		}
		return flow.Cond{Test: flow.IsEqual, Of: known, Value: v.Value}
	}
	return flow.Cond{Test: flow.AskNothing}
}

func (b *builder) branch(e ast.Expr, c flow.Cond, then, other *flow.Block) {
	if c.Text == "" && c.Test == flow.IsTruthy {
		c.Text = show(e)
	}
	b.end(flow.Branch{Range: b.rangeOf(e), Cond: c, Then: then, Else: other})
}

// isLength: a length is 0 or greater than 0.
func (b *builder) isLength(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && b.isPure(call) && show(call.Fun) == "len"
}

func (b *builder) isNil(e ast.Expr) bool {
	t, ok := b.info.Types[e]
	return ok && t.IsNil()
}

func (b *builder) isConstant(e ast.Expr, text string) bool {
	t, ok := b.info.Types[e]
	return ok && t.Value != nil && t.Value.ExactString() == text
}

// constantOf is a constant as the solver writes it.
func constantOf(v constant.Value) flow.Operand {
	text := v.ExactString()
	if v.Kind() == constant.String {
		text = strconv.Quote(constant.StringVal(v))
	}
	return flow.Operand{Value: flow.Value{Kind: flow.Constant, Text: text}}
}
