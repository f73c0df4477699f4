package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// purePackages hold functions whose answer depends on nothing but their arguments: asked twice, they say the same.
var purePackages = map[string]bool{"strings": true, "errors": true, "bytes": true, "path": true, "slices": true, "unicode": true}

// question is the place of an answer that stays the same until what it is about changes: `errors.Is(err, io.EOF)`,
// `len(names)`, `n > 3`, `err.(*net.OpError)`. It is nil if nobody can tell.
func (b *builder) question(e ast.Expr) *flow.Var {
	var root types.Object
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.CallExpr:
			pure = pure && b.isPure(x)
		case *ast.UnaryExpr:
			pure = pure && x.Op != token.ARROW && x.Op != token.AND
		case *ast.FuncLit, *ast.IndexExpr, *ast.CompositeLit:
			pure = false
		case *ast.Ident:
			v, ok := b.info.Uses[x].(*types.Var)
			if ok && !v.IsField() && (v.Pkg() == nil || v.Parent() != v.Pkg().Scope()) {
				pure = pure && (root == nil || root == types.Object(v)) // of two variables, either may change
				root = v
			}
		}
		return pure
	})
	if !pure || root == nil || isResponder(root.Type()) {
		return nil
	}
	key := path{root, types.ExprString(e)}
	return b.variable(key, key.text)
}

// isPure tells whether a call has no effect and always the same answer.
func (s *source) isPure(x *ast.CallExpr) bool {
	switch fun := ast.Unparen(x.Fun).(type) {
	case *ast.Ident:
		_, builtin := s.info.Uses[fun].(*types.Builtin)
		return builtin && (fun.Name == "len" || fun.Name == "cap")
	case *ast.SelectorExpr:
		f, ok := s.info.Uses[fun.Sel].(*types.Func)
		if !ok || f.Pkg() == nil || f.Signature().Recv() != nil || strings.HasPrefix(f.Name(), "New") {
			return false
		}
		return purePackages[f.Pkg().Path()] && f.Name() != "As" && !strings.HasSuffix(f.Name(), "Func")
	}
	return false
}

// isComparison tells whether an expression orders two values.
func isComparison(op token.Token) bool {
	return op == token.LSS || op == token.GTR || op == token.LEQ || op == token.GEQ
}
