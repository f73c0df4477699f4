package goflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
)

// value is what an expression is at the moment; unknown if it cannot be told.
func (c *counter) value(e ast.Expr) constant.Value {
	e = ast.Unparen(e)
	if tv, ok := c.info.Types[e]; ok && tv.Value != nil {
		return tv.Value
	}
	switch x := e.(type) {
	case *ast.Ident:
		if v, ok := c.known[c.info.ObjectOf(x)]; ok && v != nil {
			return v
		}
	case *ast.BinaryExpr:
		return c.binary(c.value(x.X), x.Op, c.value(x.Y))
	case *ast.CallExpr:
		return c.called(x)
	}
	return constant.MakeUnknown()
}

// called is the value of a conversion, or of a power.
func (c *counter) called(x *ast.CallExpr) constant.Value {
	if tv, ok := c.info.Types[x.Fun]; ok && tv.IsType() && len(x.Args) == 1 {
		v := c.value(x.Args[0])
		if b, ok := tv.Type.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 && v.Kind() == constant.Float {
			f, _ := constant.Float64Val(v)
			return constant.MakeInt64(int64(min(max(f, math.MinInt64/2), math.MaxInt64/2)))
		}
		return v
	}
	if FuncName(Callee(c.info, x)) == "math.Pow" && len(x.Args) == 2 {
		base, exponent := constant.ToFloat(c.value(x.Args[0])), constant.ToFloat(c.value(x.Args[1]))
		if base.Kind() == constant.Float && exponent.Kind() == constant.Float {
			a, _ := constant.Float64Val(base)
			b, _ := constant.Float64Val(exponent)
			if p := math.Pow(a, b); !math.IsNaN(p) && !math.IsInf(p, 0) {
				return constant.MakeFloat64(p)
			}
		}
	}
	return constant.MakeUnknown()
}

// maxShift keeps numbers small.
const maxShift = 62

func (c *counter) binary(a constant.Value, op token.Token, b constant.Value) constant.Value {
	if a.Kind() == constant.Unknown || b.Kind() == constant.Unknown {
		return constant.MakeUnknown()
	}
	switch op {
	case token.SHL, token.SHR:
		n, ok := constant.Uint64Val(constant.ToInt(b))
		if !ok || n > maxShift || constant.ToInt(a).Kind() != constant.Int {
			return constant.MakeUnknown()
		}
		return constant.Shift(constant.ToInt(a), op, uint(n))
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		if a.Kind() == constant.Bool || a.Kind() == constant.String || b.Kind() == constant.Bool || b.Kind() == constant.String {
			return constant.MakeUnknown()
		}
		return constant.MakeBool(constant.Compare(a, op, b))
	case token.ADD, token.SUB, token.MUL:
		if numeric(a) && numeric(b) {
			return constant.BinaryOp(a, op, b)
		}
	case token.QUO:
		if a.Kind() == constant.Int && b.Kind() == constant.Int && constant.Sign(b) != 0 {
			return constant.BinaryOp(a, token.QUO_ASSIGN, b)
		}
	}
	return constant.MakeUnknown()
}

func numeric(v constant.Value) bool { return v.Kind() == constant.Int || v.Kind() == constant.Float }
