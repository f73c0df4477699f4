package goflow

import (
	"go/ast"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// CannotFail tells whether a contract leaves a handler no way to report an error.
func (c *Contract) CannotFail() bool { return c == lambdaVoid }

// Show is an expression as the user would recognise it, shortened.
func Show(e ast.Expr) string { return show(e) }

// OnlyTells tells whether a block does nothing about an error but print it: calls, then perhaps leaving.
func (p *Package) OnlyTells(block flow.Range) bool {
	told := false
	for _, f := range p.source.all {
		if p.source.fset.File(f.FileStart).Name() != block.File {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if b, ok := n.(*ast.BlockStmt); ok && p.source.rangeOf(b) == block {
				told = onlyCalls(b.List)
			}
			return !told
		})
	}
	return told
}

func onlyCalls(list []ast.Stmt) bool {
	for _, s := range list {
		switch x := s.(type) {
		case *ast.ExprStmt, *ast.BranchStmt:
		case *ast.ReturnStmt:
			if len(x.Results) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return len(list) > 0
}

// Blocked lists the `select {}` in what a handler runs.
func (p *Package) Blocked(h *Handler) []flow.Range {
	var list []flow.Range
	for _, node := range h.Reached() {
		_, block := body(node)
		ast.Inspect(block, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.SelectStmt:
				if len(x.Body.List) == 0 {
					list = append(list, p.source.rangeOf(x))
				}
			}
			return true
		})
	}
	return list
}
