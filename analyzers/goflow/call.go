package goflow

import (
	"go/ast"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// call lowers a call and tells what is known of its last result. used says that the program looks at it.
func (b *builder) call(x *ast.CallExpr, used bool) flow.Operand {
	if tv, ok := b.info.Types[x.Fun]; ok && tv.IsType() {
		b.arguments(x)
		return flow.Operand{}
	}
	if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok {
		if _, builtin := b.info.Uses[id].(*types.Builtin); builtin {
			return b.builtin(x, id.Name)
		}
	}
	if b.isPure(x) {
		b.arguments(x)
		if v := b.question(x); v != nil && !makesError(Callee(b.info, x)) {
			return flow.Operand{Var: v}
		}
	}
	if b.neverReturns(x) {
		b.arguments(x)
		b.end(b.ending(x))
		return flow.Operand{}
	}
	if v, done := b.respond(x, used); done {
		return v
	}
	if b.sleeps(x) || b.locks(x) || b.synchronise(x) {
		return flow.Operand{}
	}
	if node := b.source.function(x.Fun); node != nil {
		if _, block := body(node); block != nil {
			return b.inside(x, node)
		}
	}
	return b.outside(x)
}

func (b *builder) arguments(x *ast.CallExpr) {
	for _, a := range x.Args {
		b.value(a)
	}
}

func (b *builder) builtin(x *ast.CallExpr, name string) flow.Operand {
	b.arguments(x)
	if v := b.question(x); v != nil && b.isPure(x) {
		return flow.Operand{Var: v}
	}
	switch name {
	case "panic":
		b.end(b.panics(x))
	case "recover":
		return kindOf(flow.Null) // paths that panic are not followed
	case "make", "new", "append":
		return kindOf(flow.Object)
	}
	return flow.Operand{}
}

// inside follows a call of the package's own function.
func (b *builder) inside(x *ast.CallExpr, node ast.Node) flow.Operand {
	sig := b.signature(node)
	args := make([]flow.Operand, len(x.Args))
	answers := false
	for i, a := range x.Args {
		if isResponder(b.info.TypeOf(a)) && sig != nil && isResponder(paramType(sig, i)) {
			args[i] = kindOf(flow.Truthy)
			answers = true
			continue
		}
		b.shareParameter(sig, i, a)
		args[i] = b.value(a)
	}
	b.receiver(x)
	if b.cur == nil {
		return flow.Operand{}
	}
	b.releaseOthers(x)
	f := b.session.function(node)
	b.called = f
	result := b.temporary()
	if answers {
		site := b.site(x)
		b.add(flow.Note{Range: site.Range, Text: "`" + show(x.Fun) + "` is called", Call: &site})
	}
	b.add(flow.Call{Site: b.site(x), Funcs: []*flow.Func{f}, Args: args, Result: result})
	return flow.Operand{Var: result}
}

func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if n == 0 {
		return nil
	}
	if sig.Variadic() && i >= n-1 {
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return s.Elem()
		}
	}
	if i >= n {
		return nil
	}
	return sig.Params().At(i).Type()
}

// receiver lowers what a method is called on. A responder kept in a variable of another type escaped when it was made.
func (b *builder) receiver(x *ast.CallExpr) {
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && !isResponder(b.info.TypeOf(sel.X)) {
		if id, ok := sel.X.(*ast.Ident); ok {
			if _, isPkg := b.info.Uses[id].(*types.PkgName); isPkg {
				return
			}
		}
		b.value(sel.X)
	}
}

// outside is a call of code that cannot be seen: it may call what it is given, and change what it is given a pointer to.
func (b *builder) outside(x *ast.CallExpr) flow.Operand {
	switch fun := ast.Unparen(x.Fun).(type) {
	case *ast.SelectorExpr:
		b.receiver(x)
		if isResponder(b.info.TypeOf(fun.X)) {
			b.escape(fun.X)
		}
	case *ast.Ident:
	default:
		b.value(x.Fun)
	}
	for _, a := range x.Args {
		b.joinGiven(a, x)
		b.release(b.object(a))
		if lit, ok := ast.Unparen(a).(*ast.FuncLit); ok {
			b.callback(lit)
			continue
		}
		b.value(a)
	}
	if makesError(Callee(b.info, x)) {
		return kindOf(flow.Truthy)
	}
	return flow.Operand{}
}

// makesError: what these return is never nil.
func makesError(f *types.Func) bool {
	switch FuncName(f) {
	case "errors.New", "fmt.Errorf", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf":
		return true
	}
	return false
}

// callback is a literal given to code that cannot be seen. It may run: what it assigns is unknown from here on.
func (b *builder) callback(lit *ast.FuncLit) {
	b.seesResponse(lit)
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if x, ok := n.(*ast.AssignStmt); ok {
			for _, left := range x.Lhs {
				b.forget(left)
			}
		}
		return true
	})
}

// seesResponse lets the response escape if a function literal mentions one that is not its own.
func (b *builder) seesResponse(lit *ast.FuncLit) {
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := b.info.Uses[id].(*types.Var)
		if ok && (isResponder(v.Type()) || b.derived[v]) && (v.Pos() < lit.Pos() || v.Pos() > lit.End()) {
			b.escape(id)
		}
		return true
	})
}

func (b *builder) escape(e ast.Expr) {
	b.add(flow.Escape{Range: b.rangeOf(e), What: flow.CompletionEscapes, Why: "`" + show(e) + "` is given away"})
}

func (b *builder) site(x *ast.CallExpr) flow.Site {
	s := flow.Site{Range: b.rangeOf(x), Text: show(x.Fun)}
	if b.statement != nil && ast.Unparen(b.statement.X) == ast.Expr(x) {
		s.Leave = b.leaveAfter(b.statement)
	}
	return s
}
