package goflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// effects lowers what an expression does and drops its value.
func (b *builder) effects(e ast.Expr) {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		b.call(call, false)
		return
	}
	b.value(e)
}

// value lowers an expression and tells what is known of it. A response that turns up as a value is out of sight.
func (b *builder) value(e ast.Expr) flow.Operand {
	e = ast.Unparen(e)
	if tv, ok := b.info.Types[e]; ok {
		switch {
		case tv.Value != nil:
			return constantOf(tv.Value)
		case tv.IsNil():
			return kindOf(flow.Null)
		}
	}
	if isResponder(b.info.TypeOf(e)) {
		b.escape(e)
		return kindOf(flow.Truthy)
	}
	switch x := e.(type) {
	case *ast.Ident:
		return b.read(x)
	case *ast.SelectorExpr:
		return b.selector(x)
	case *ast.CallExpr:
		return b.call(x, true)
	case *ast.FuncLit:
		b.seesResponse(x)
		return kindOf(flow.Object)
	case *ast.CompositeLit:
		for _, el := range x.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				el = kv.Value
			}
			b.value(el)
		}
		return kindOf(flow.Object)
	case *ast.UnaryExpr:
		return b.unary(x)
	case *ast.BinaryExpr:
		b.value(x.X)
		b.value(x.Y)
		if v := b.question(x); v != nil && isComparison(x.Op) {
			return flow.Operand{Var: v}
		}
	case *ast.StarExpr:
		b.value(x.X)
	case *ast.IndexExpr:
		b.value(x.X)
		b.value(x.Index)
	case *ast.SliceExpr:
		b.value(x.X)
	case *ast.TypeAssertExpr:
		b.assertion(x)
	}
	return flow.Operand{}
}

func (b *builder) unary(x *ast.UnaryExpr) flow.Operand {
	switch x.Op {
	case token.ARROW:
		b.effects(x.X)
		b.awaitsTimer(x.X)
		b.join(b.received(x.X), x)
		if !b.inSelect {
			b.receives(x.X, x)
		}
		return flow.Operand{}
	case token.AND:
		b.value(x.X)
		b.forget(x.X)
		return kindOf(flow.Object)
	}
	b.value(x.X)
	return flow.Operand{}
}

// assertion: `w.(http.Flusher)` gives away nothing but the right to flush.
func (b *builder) assertion(x *ast.TypeAssertExpr) {
	if isResponder(b.info.TypeOf(x.X)) {
		if t := b.info.TypeOf(x); t != nil && x.Type != nil && !isResponder(t) && IsNamed(t, "net/http", "Flusher") {
			return
		}
	}
	b.value(x.X)
}

// read is the value of a name.
func (b *builder) read(id *ast.Ident) flow.Operand {
	v, ok := b.info.ObjectOf(id).(*types.Var)
	if !ok {
		return flow.Operand{}
	}
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return packageVariable(v)
	}
	if b.derived[v] {
		b.escape(id)
		return kindOf(flow.Truthy)
	}
	return flow.Operand{Var: b.variable(v, v.Name())}
}

// packageVariable: an error kept in a variable of a package is there to be compared with, and so not nil.
func packageVariable(v *types.Var) flow.Operand {
	if isError(v.Type()) {
		return kindOf(flow.Truthy)
	}
	return flow.Operand{}
}

// path is the identity of `r.Method` or `s.cfg.Limit`.
type path struct {
	root types.Object
	text string
}

func (b *builder) selector(x *ast.SelectorExpr) flow.Operand {
	if id, ok := x.X.(*ast.Ident); ok {
		if _, isPkg := b.info.Uses[id].(*types.PkgName); isPkg {
			if v, ok := b.info.Uses[x.Sel].(*types.Var); ok {
				return packageVariable(v)
			}
			return flow.Operand{}
		}
	}
	if s := b.info.Selections[x]; s == nil || s.Kind() != types.FieldVal {
		if t := b.info.TypeOf(x.X); isResponder(t) {
			b.escape(x) // a method value
		}
		return flow.Operand{}
	}
	if key, ok := b.path(x); ok {
		return flow.Operand{Var: b.variable(key, key.text)}
	}
	if !isResponder(b.info.TypeOf(x.X)) {
		b.value(x.X)
	}
	return flow.Operand{}
}

func (b *builder) path(x *ast.SelectorExpr) (path, bool) {
	switch in := ast.Unparen(x.X).(type) {
	case *ast.Ident:
		if v, ok := b.info.ObjectOf(in).(*types.Var); ok {
			return path{v, in.Name + "." + x.Sel.Name}, true
		}
	case *ast.SelectorExpr:
		if p, ok := b.path(in); ok {
			p.text += "." + x.Sel.Name
			return p, true
		}
	}
	return path{}, false
}

// store gives a place a value.
func (b *builder) store(left ast.Expr, v flow.Operand) {
	switch x := ast.Unparen(left).(type) {
	case *ast.Ident:
		if x.Name == "_" {
			return
		}
		obj, ok := b.info.ObjectOf(x).(*types.Var)
		if !ok {
			return
		}
		b.set(b.variable(obj, obj.Name()), v)
		b.forgetPaths(obj)
		b.release(obj)
	case *ast.SelectorExpr:
		if key, ok := b.path(x); ok {
			b.forgetPaths(key.root)
			b.set(b.variable(key, key.text), v)
		}
	case *ast.IndexExpr:
		b.value(x.Index)
	}
}

// forget drops what is known of a place that others may write to.
func (b *builder) forget(e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		b.store(x, flow.Operand{})
	case *ast.SelectorExpr:
		b.store(x, flow.Operand{})
	}
}

// forgetPaths drops what is known of the fields of a variable.
func (b *builder) forgetPaths(root types.Object) {
	for _, v := range b.paths[root] {
		b.set(v, flow.Operand{})
	}
}

// object is the variable that an expression names, through & and *; a field counts as one place of all values.
func (s *source) object(e ast.Expr) types.Object {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := s.info.ObjectOf(x).(*types.Var); ok {
			return v
		}
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return s.object(x.X)
		}
	case *ast.StarExpr:
		return s.object(x.X)
	case *ast.SelectorExpr:
		if v, ok := s.info.Uses[x.Sel].(*types.Var); ok {
			return v
		}
	}
	return nil
}
