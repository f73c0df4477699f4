package instrument

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// expression puts hooks at operators. None changes the order of evaluation.
func (w *walker) expression(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case nil:
		return nil
	case *ast.BinaryExpression:
		return w.binary(e)
	case *ast.UnaryExpression:
		return w.unary(e)
	case *ast.ConditionalExpression:
		e.Test = w.test(e.Test)
		e.Consequent, e.Alternate = w.expression(e.Consequent), w.expression(e.Alternate)
	case *ast.AssignExpression:
		return w.assign(e)
	case *ast.BracketExpression:
		return w.member(e)
	case *ast.DotExpression:
		e.Left = w.expression(e.Left)
	case *ast.PrivateDotExpression:
		e.Left = w.expression(e.Left)
	case *ast.CallExpression:
		return w.call(e)
	case *ast.NewExpression:
		e.Callee = w.expression(e.Callee)
		w.each(e.ArgumentList)
	case *ast.OptionalChain:
		e.Expression = w.chain(e.Expression)
	case *ast.SequenceExpression:
		w.each(e.Sequence)
	case *ast.SpreadElement:
		e.Expression = w.expression(e.Expression)
	case *ast.ArrayLiteral:
		w.each(e.Value)
	case *ast.ObjectLiteral:
		w.properties(e.Value)
	case *ast.TemplateLiteral:
		e.Tag = w.expression(e.Tag)
		w.each(e.Expressions)
	case *ast.YieldExpression:
		e.Argument = w.expression(e.Argument)
	case *ast.AwaitExpression:
		e.Argument = w.expression(e.Argument)
	case *ast.FunctionLiteral:
		w.function(e)
	case *ast.ArrowFunctionLiteral:
		w.arrow(e)
	case *ast.ClassLiteral:
		w.class(e)
	}
	return e
}

// chain is what is inside an optional chain: where it may end early, nothing may stand around a part of it.
func (w *walker) chain(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.Optional:
		e.Expression = w.chain(e.Expression)
	case *ast.DotExpression:
		e.Left = w.chain(e.Left)
	case *ast.PrivateDotExpression:
		e.Left = w.chain(e.Left)
	case *ast.BracketExpression:
		e.Left, e.Member = w.chain(e.Left), w.expression(e.Member)
	case *ast.CallExpression:
		e.Callee = w.chain(e.Callee)
		w.each(e.ArgumentList)
	default:
		return w.expression(e)
	}
	return e
}

func (w *walker) each(list []ast.Expression) {
	for i := range list {
		list[i] = w.expression(list[i])
	}
}

func (w *walker) properties(list []ast.Property) {
	for _, p := range list {
		switch p := p.(type) {
		case *ast.PropertyKeyed:
			if p.Computed {
				p.Key = w.expression(p.Key)
			}
			p.Value = w.expression(p.Value)
		case *ast.SpreadElement:
			p.Expression = w.expression(p.Expression)
		}
	}
}

// test is an expression whose truth is asked.
func (w *walker) test(e ast.Expression) ast.Expression {
	at := e.Idx0()
	return call(at, Test, w.expression(e))
}

func (w *walker) binary(e *ast.BinaryExpression) ast.Expression {
	at := e.Idx0()
	if e.Operator == token.LOGICAL_AND || e.Operator == token.LOGICAL_OR {
		left := w.test(e.Left)
		right, last := w.expression(e.Right), call(at, Last)
		if e.Operator == token.LOGICAL_AND {
			return &ast.ConditionalExpression{Test: left, Consequent: right, Alternate: last}
		}
		return &ast.ConditionalExpression{Test: left, Consequent: last, Alternate: right}
	}
	if typed := w.typeTest(e); typed != nil {
		return typed
	}
	if _, private := e.Left.(*ast.PrivateIdentifier); private {
		e.Right = w.expression(e.Right)
		return e
	}
	left, right := w.expression(e.Left), w.expression(e.Right)
	switch e.Operator {
	case token.EQUAL, token.STRICT_EQUAL:
		return call(at, Equal, left, right, boolean(at, e.Operator == token.STRICT_EQUAL))
	case token.NOT_EQUAL, token.STRICT_NOT_EQUAL:
		return not(call(at, Equal, left, right, boolean(at, e.Operator == token.STRICT_NOT_EQUAL)))
	case token.LESS, token.LESS_OR_EQUAL, token.GREATER, token.GREATER_OR_EQUAL:
		return call(at, Relate, text(at, e.Operator.String()), left, right)
	case token.IN:
		return call(at, In, left, right)
	case token.INSTANCEOF:
		return call(at, InstanceOf, left, right)
	case token.PLUS:
		return call(at, Add, left, right)
	}
	e.Left, e.Right = left, right
	return e
}

func not(e ast.Expression) ast.Expression {
	return &ast.UnaryExpression{Operator: token.NOT, Idx: e.Idx0(), Operand: e}
}

// typeTest is `typeof x === "name"`, nil for anything else.
func (w *walker) typeTest(e *ast.BinaryExpression) ast.Expression {
	var negated bool
	switch e.Operator {
	case token.EQUAL, token.STRICT_EQUAL:
	case token.NOT_EQUAL, token.STRICT_NOT_EQUAL:
		negated = true
	default:
		return nil
	}
	of, name := e.Left, e.Right
	if _, ok := of.(*ast.StringLiteral); ok {
		of, name = name, of
	}
	u, ok := of.(*ast.UnaryExpression)
	s, literal := name.(*ast.StringLiteral)
	if !ok || !literal || u.Operator != token.TYPEOF {
		return nil
	}
	asked := call(e.Idx0(), TypeIs, w.typed(u.Operand), s)
	if negated {
		return not(asked)
	}
	return asked
}

// typed is typeof's operand as a value: a name that is not declared stands for undefined.
func (w *walker) typed(operand ast.Expression) ast.Expression {
	id, ok := operand.(*ast.Identifier)
	if !ok {
		return w.expression(operand)
	}
	at := id.Idx
	undeclared := &ast.BinaryExpression{
		Operator: token.STRICT_EQUAL, Comparison: true,
		Left:  &ast.UnaryExpression{Operator: token.TYPEOF, Idx: at, Operand: &ast.Identifier{Name: id.Name, Idx: at}},
		Right: text(at, "undefined"),
	}
	void := &ast.UnaryExpression{Operator: token.VOID, Idx: at, Operand: number(at, 0)}
	return &ast.ConditionalExpression{Test: undeclared, Consequent: void, Alternate: id}
}

func (w *walker) unary(e *ast.UnaryExpression) ast.Expression {
	switch e.Operator {
	case token.NOT:
		e.Operand = w.test(e.Operand)
	case token.TYPEOF:
		return call(e.Idx, TypeOf, w.typed(e.Operand))
	case token.DELETE, token.INCREMENT, token.DECREMENT:
		w.target(e.Operand)
	default:
		e.Operand = w.expression(e.Operand)
	}
	return e
}

// assign writes `x += y` out where x is a plain name.
func (w *walker) assign(e *ast.AssignExpression) ast.Expression {
	e.Right = w.expression(e.Right)
	id, named := e.Left.(*ast.Identifier)
	if e.Operator == token.PLUS && named {
		e.Operator = token.ASSIGN
		e.Right = call(e.Idx0(), Add, &ast.Identifier{Name: id.Name, Idx: id.Idx}, e.Right)
		return e
	}
	w.target(e.Left)
	return e
}

// target is what is written to: only what it is reached by is rewritten.
func (w *walker) target(e ast.Expression) {
	switch e := e.(type) {
	case *ast.BracketExpression:
		w.written(e)
	case *ast.DotExpression:
		e.Left = w.expression(e.Left)
	case *ast.PrivateDotExpression:
		e.Left = w.expression(e.Left)
	case *ast.OptionalChain:
		w.target(e.Expression)
	case ast.BindingTarget:
		w.pattern(e)
	}
}

// written is a computed member that is assigned to.
func (w *walker) written(e *ast.BracketExpression) {
	e.Left, e.Member = w.expression(e.Left), w.expression(e.Member)
	_, super := e.Left.(*ast.SuperExpression)
	switch e.Member.(type) {
	case *ast.StringLiteral, *ast.NumberLiteral:
		return
	}
	if at := e.Left.Idx0(); !super {
		e.Left = call(at, Object, e.Left)
		e.Member = call(at, Into, e.Member)
	}
}

func (w *walker) member(e *ast.BracketExpression) ast.Expression {
	e.Left = w.expression(e.Left)
	if _, super := e.Left.(*ast.SuperExpression); super {
		e.Member = w.expression(e.Member)
		return e
	}
	switch e.Member.(type) {
	case *ast.StringLiteral, *ast.NumberLiteral:
		return e
	}
	at := e.Left.Idx0()
	e.Left = call(at, Object, e.Left)
	e.Member = call(at, Key, w.expression(e.Member))
	return e
}

// copies are esbuild's helpers that copy the own keys of what they are given, of which an unknown module has none.
var copies = map[string]bool{"__toESM": true, "__spreadValues": true, "__objRest": true, "__reExport": true}

func (w *walker) call(e *ast.CallExpression) ast.Expression {
	helper, ok := e.Callee.(*ast.Identifier)
	w.each(e.ArgumentList)
	if ok && copies[strings.TrimRight(helper.Name.String(), "0123456789")] {
		at := e.Idx0()
		return call(at, Interop, append([]ast.Expression{text(at, strings.TrimRight(helper.Name.String(), "0123456789")), helper}, e.ArgumentList...)...)
	}
	e.Callee = w.expression(e.Callee)
	if d, ok := e.Callee.(*ast.DotExpression); ok && d.Identifier.Name == "exec" && len(e.ArgumentList) == 1 {
		_, super := d.Left.(*ast.SuperExpression)
		_, spread := e.ArgumentList[0].(*ast.SpreadElement)
		if !super && !spread {
			return call(e.Idx0(), Exec, d.Left, e.ArgumentList[0])
		}
	}
	return e
}
