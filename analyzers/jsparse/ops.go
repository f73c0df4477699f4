package jsparse

import (
	"strings"

	shim "github.com/evanw/esbuild/shim"
)

// binaryChain converts `a + b + c + …` without recursion on the left: chains
// of ten thousand operands are common in generated code.
func (c *converter) binaryChain(d *shim.EBinary) Expr {
	chain := []*shim.EBinary{d}
	for {
		left, ok := d.Left.Data.(*shim.EBinary)
		if !ok || d.Op >= shim.BinOpAssign {
			break
		}
		d = left
		chain = append(chain, d)
	}
	if d.Op >= shim.BinOpAssign {
		chain = chain[:len(chain)-1]
		return c.binaries(c.assign(d), chain)
	}
	return c.binaries(c.expr(d.Left), chain)
}

// binaries applies the operators of a chain, innermost last, to the left operand.
func (c *converter) binaries(left Expr, chain []*shim.EBinary) Expr {
	for i := len(chain) - 1; i >= 0; i-- {
		right := c.expr(chain[i].Right)
		left = &Binary{c.infix(left, right), shim.OpText(chain[i].Op), left, right}
	}
	return left
}

// infix is the span of `left op right`.
func (c *converter) infix(left, right Node) Span {
	l, r := left.Span(), right.Span()
	closed, open := c.parens(l.End, r.Start)
	return Span{c.beforeParens(l.Start, closed), max(c.afterParens(r.End, open), l.End)}
}

func (c *converter) assign(d *shim.EBinary) Expr {
	target := c.target(d.Left)
	value := c.expr(d.Right)
	return &Assign{c.infix(target, value), shim.OpText(d.Op), target, value}
}

func (c *converter) unary(i int, d *shim.EUnary) Expr {
	x := c.expr(d.Value)
	op := shim.OpText(d.Op)
	switch d.Op {
	case shim.UnOpPostDec, shim.UnOpPostInc:
		from := x.Span().End
		n := strings.Index(c.text[from:], op)
		if n < 0 {
			return &Update{x.Span(), op, x}
		}
		for c.trivia(from+n) != from+n { // inside a comment
			from = c.trivia(from + n)
			n = max(0, strings.Index(c.text[from:], op))
		}
		return &Update{Span{c.leftOf(x, from+n), from + n + len(op)}, op, x}
	case shim.UnOpPreDec, shim.UnOpPreInc:
		return &Update{c.prefixed(i, i+len(op), x), op, x}
	}
	return &Unary{c.prefixed(i, i+len(op), x), op, x}
}

func (c *converter) conditional(d *shim.EIf) Expr {
	n := &Conditional{Cond: c.expr(d.Test), Then: c.expr(d.Yes), Else: c.expr(d.No)}
	yes, no := n.Then.Span(), n.Else.Span()
	_, open := c.parens(yes.End, no.Start)
	n.Extent = Span{c.leftOf(n.Cond, yes.Start), c.afterParens(no.End, open)}
	return n
}

func (c *converter) awaitExpr(i int, d *shim.EAwait) Expr {
	if c.depth == 0 {
		c.topLevelAwait(i)
	}
	x := c.expr(d.Value)
	return &Await{c.prefixed(i, i+len("await"), x), x}
}

func (c *converter) topLevelAwait(i int) {
	if c.await.End == 0 || i < c.await.Start {
		c.await = Span{i, i + len("await")}
	}
}

func (c *converter) yield(i int, d *shim.EYield) Expr {
	end := i + len("yield")
	if d.IsStar {
		end = c.trivia(end) + 1
	}
	x := c.expr(d.ValueOrNil)
	return &Yield{c.prefixed(i, end, x), x, d.IsStar}
}
