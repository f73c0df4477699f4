package goflow

import (
	"go/ast"
)

// Show is an expression as the user would recognise it, shortened.
func Show(e ast.Expr) string { return show(e) }

// onlyCalls tells whether statements do nothing about an error but tell of it: calls, then perhaps leaving.
func onlyCalls(list []ast.Stmt) bool {
	for _, s := range list {
		if !onlyCall(s) {
			return false
		}
	}
	return len(list) > 0
}

// onlyCall: asking what kind of error it is does not change what is done about it.
func onlyCall(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.ExprStmt, *ast.BranchStmt:
		return true
	case *ast.ReturnStmt:
		return len(x.Results) == 0
	case *ast.BlockStmt:
		return onlyCalls(x.List)
	case *ast.IfStmt:
		return onlyCalls(x.Body.List) && (x.Else == nil || onlyCall(x.Else))
	case *ast.SwitchStmt:
		for _, c := range clausesOf(x.Body) {
			if len(c.Body) > 0 && !onlyCalls(c.Body) {
				return false
			}
		}
		return true
	}
	return false
}
