package instrument

import (
	"strconv"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// call makes `name(arguments)` at a position.
func call(at file.Idx, name string, arguments ...ast.Expression) ast.Expression {
	return &ast.CallExpression{
		Callee:           &ast.Identifier{Name: unistring.NewFromString(name), Idx: at},
		LeftParenthesis:  at,
		ArgumentList:     arguments,
		RightParenthesis: at,
	}
}

func text(at file.Idx, s string) ast.Expression {
	return &ast.StringLiteral{Idx: at, Literal: strconv.Quote(s), Value: unistring.NewFromString(s)}
}

func number(at file.Idx, n int) ast.Expression {
	return &ast.NumberLiteral{Idx: at, Literal: strconv.Itoa(n), Value: int64(n)}
}

func boolean(at file.Idx, b bool) ast.Expression {
	return &ast.BooleanLiteral{Idx: at, Literal: strconv.FormatBool(b), Value: b}
}

// probe is a statement that tells that site n is reached.
func probe(at file.Idx, n int) ast.Statement {
	return &ast.ExpressionStatement{Expression: call(at, Probe, number(at, n))}
}
