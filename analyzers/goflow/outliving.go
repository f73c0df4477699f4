package goflow

import (
	"go/ast"
	"go/types"
)

// Outliving is a context in a goroutine that goes on when the context has ended.
type Outliving struct {
	Use ast.Expr
	// Handler is whose return ends it.
	Handler *Handler
}

// Outliving lists the uses of a request's context in goroutines that a handler does not wait for.
//
// Source: net/http, Request.Context ("the context is canceled when … the ServeHTTP method returns"); aws/aws-lambda-go,
// lambda/invoke_loop.go (cancelled when the handler returns).
func (p *Package) Outliving() []Outliving {
	var list []Outliving
	for _, h := range p.Handlers() {
		left := map[int]bool{}
		for i := range h.Result().Outcomes {
			for _, l := range h.Result().Outcomes[i].Lost {
				left[l.Site.Range.Start] = left[l.Site.Range.Start] || l.Dropped
			}
		}
		ast.Inspect(h.Node, func(n ast.Node) bool {
			if x, ok := n.(*ast.GoStmt); ok && left[p.source.rangeOf(x).Start] {
				if use := p.source.contextIn(x, h); use != nil {
					list = append(list, Outliving{use, h})
				}
			}
			return true
		})
	}
	return list
}

// contextIn is the context of a handler that a goroutine gives to what it calls, nil if it gives none.
func (s *source) contextIn(x *ast.GoStmt, h *Handler) ast.Expr {
	var use ast.Expr
	ast.Inspect(x, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || use != nil {
			return use == nil
		}
		f := Callee(s.info, call)
		if f == nil || f.Pkg() == nil || f.Pkg().Path() == "context" || cleanup.MatchString(f.Name()) {
			return f == nil || f.Pkg() == nil || f.Pkg().Path() != "context"
		}
		for _, a := range call.Args {
			if s.isOwnContext(a, h) {
				use = a
			}
		}
		return use == nil
	})
	return use
}

// isOwnContext tells whether an expression is the context that a handler is given: its parameter, or that of its request.
func (s *source) isOwnContext(e ast.Expr, h *Handler) bool {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && FuncName(Callee(s.info, call)) == "net/http.Request.Context" {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && s.isParameter(sel.X, h)
	}
	return IsContext(s.info.TypeOf(e)) && s.isParameter(e, h)
}

// isParameter tells whether an expression is a parameter of a handler that nothing else is assigned to.
func (s *source) isParameter(e ast.Expr, h *Handler) bool {
	v, ok := s.object(e).(*types.Var)
	sig := s.signature(h.Node)
	if !ok || sig == nil {
		return false
	}
	for p := range sig.Params().Variables() {
		if p == v {
			return !contains(h.Node, func(n ast.Node) bool {
				x, ok := n.(*ast.AssignStmt)
				if !ok {
					return false
				}
				for _, left := range x.Lhs {
					if s.object(left) == types.Object(v) {
						return true
					}
				}
				return false
			})
		}
	}
	return false
}
