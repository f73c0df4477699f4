package goflow

import (
	"go/ast"
	"go/types"
)

// defaultClient are the functions that ask with http.DefaultClient, which waits for ever.
//
// Source: net/http, Client.Timeout ("A Timeout of zero means no timeout").
var defaultClient = map[string]bool{
	"net/http.Get": true, "net/http.Head": true, "net/http.Post": true, "net/http.PostForm": true,
}

// clientMethods ask with the client's own timeout.
var clientMethods = map[string]bool{
	"net/http.Client.Get": true, "net/http.Client.Head": true, "net/http.Client.Post": true, "net/http.Client.PostForm": true,
	"net/http.Client.Do": true,
}

// unlimitedIn lists the requests in a function that neither a client nor a context limits. Those of functions that have a
// context at hand are left to Detached.
func (s *source) unlimitedIn(node ast.Node) []*ast.CallExpr {
	if contextOf(s, node) != "" {
		return nil
	}
	var list []*ast.CallExpr
	_, block := body(node)
	ast.Inspect(block, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && contextOf(s, lit) != "" {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && s.unlimited(call, block) {
			list = append(list, call)
		}
		return true
	})
	return list
}

func (s *source) unlimited(call *ast.CallExpr, block *ast.BlockStmt) bool {
	name := FuncName(Callee(s.info, call))
	if defaultClient[name] {
		return !s.defaultIsLimited()
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !clientMethods[name] || !s.hasNoTimeout(sel.X) {
		return false
	}
	return name != "net/http.Client.Do" || len(call.Args) == 1 && s.withoutContext(call.Args[0], block)
}

// hasNoTimeout tells whether a client is known to have none: the default one, or a variable given a literal without it.
func (s *source) hasNoTimeout(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, ok := s.info.Uses[x.Sel].(*types.Var)
		return ok && !v.IsField() && v.Pkg() != nil && v.Pkg().Path() == "net/http" && v.Name() == "DefaultClient" && !s.defaultIsLimited()
	case *ast.Ident:
		v := s.info.Uses[x]
		made := s.madeOf(v)
		return made != nil && s.emptyClient(made) && !s.setLater(v)
	}
	return s.emptyClient(e)
}

// emptyClient tells whether an expression makes a client without Timeout and without a transport of its own.
func (s *source) emptyClient(e ast.Expr) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = ast.Unparen(u.X)
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok || !IsNamed(s.info.TypeOf(lit), "net/http", "Client") {
		return false
	}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		if key, ok := kv.Key.(*ast.Ident); !ok || key.Name == "Timeout" || key.Name == "Transport" {
			return false
		}
	}
	return true
}

// madeOf is the only expression that a variable is given.
func (s *source) madeOf(v types.Object) ast.Expr {
	var found ast.Expr
	times := 0
	s.eachGiven(func(to types.Object, e ast.Expr) {
		if to == v {
			found = e
			times++
		}
	})
	if times != 1 || v == nil {
		return nil
	}
	return found
}

// setLater tells whether a field of a variable is assigned, or its address is taken.
func (s *source) setLater(v types.Object) bool {
	found := false
	s.inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.AssignStmt); ok {
			for _, left := range x.Lhs {
				if sel, ok := left.(*ast.SelectorExpr); ok {
					id, ok := sel.X.(*ast.Ident)
					found = found || ok && s.info.Uses[id] == v
				}
			}
		}
		return !found
	})
	return found
}

// defaultIsLimited tells whether the package changes http.DefaultClient.
func (s *source) defaultIsLimited() bool {
	found := false
	s.inspect(func(n ast.Node) bool {
		x, ok := n.(*ast.AssignStmt)
		if !ok {
			return !found
		}
		for _, left := range x.Lhs {
			sel, ok := left.(*ast.SelectorExpr)
			for ok && !found {
				if v, isVar := s.info.Uses[sel.Sel].(*types.Var); isVar && v.Pkg() != nil && v.Pkg().Path() == "net/http" &&
					(v.Name() == "DefaultClient" || v.Name() == "DefaultTransport") {
					found = true
				}
				sel, ok = sel.X.(*ast.SelectorExpr)
			}
		}
		return !found
	})
	return found
}

// withoutContext tells whether a request was made by http.NewRequest in the same function and got no context since.
func (s *source) withoutContext(req ast.Expr, block *ast.BlockStmt) bool {
	id, ok := ast.Unparen(req).(*ast.Ident)
	if !ok {
		return false
	}
	v := s.info.Uses[id]
	bare, other := false, false
	ast.Inspect(block, func(n ast.Node) bool {
		x, ok := n.(*ast.AssignStmt)
		if !ok || len(x.Rhs) != 1 {
			return true
		}
		if left, ok := x.Lhs[0].(*ast.Ident); ok && s.info.ObjectOf(left) == v {
			call, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr)
			if ok && FuncName(Callee(s.info, call)) == "net/http.NewRequest" {
				bare = true
			} else {
				other = true
			}
		}
		return true
	})
	return bare && !other
}

func (s *source) inspect(f func(ast.Node) bool) {
	for _, file := range s.files {
		ast.Inspect(file, f)
	}
}

func (s *source) eachGiven(f func(types.Object, ast.Expr)) {
	s.inspect(func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.AssignStmt:
			for i, left := range x.Lhs {
				if id, ok := left.(*ast.Ident); ok {
					f(s.info.ObjectOf(id), x.Rhs[min(i, len(x.Rhs)-1)])
				}
			}
		case *ast.ValueSpec:
			for i, name := range x.Names {
				if len(x.Values) > 0 {
					f(s.info.Defs[name], x.Values[min(i, len(x.Values)-1)])
				}
			}
		}
		return true
	})
}
