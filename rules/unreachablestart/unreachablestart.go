// Package unreachablestart is the rule unreachable-start.
package unreachablestart

import (
	_ "embed"
	"go/ast"

	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/gorule"
)

//go:embed unreachable-start.md
var page string

// Rule finds statements after lambda.Start, which never returns.
func Rule() gorule.Rule {
	return gorule.Rule{Rule: rules.Rule{Name: "unreachable-start", Doc: page, Default: rules.Warning}, CheckPackage: check}
}

func check(p *goflow.Package, report func(rules.Finding)) {
	blocking := map[ast.Node]goflow.Start{}
	for _, s := range p.Starts() {
		if s.Blocks {
			blocking[s.Call] = s
		}
	}
	if len(blocking) == 0 {
		return
	}
	for _, f := range p.Files() {
		ast.Inspect(f, func(n ast.Node) bool {
			for i, s := range statements(n) {
				x, ok := s.(*ast.ExprStmt)
				if !ok {
					continue
				}
				if start, ok := blocking[ast.Unparen(x.X)]; ok {
					behind(p, start, statements(n)[i+1:], report)
					break
				}
			}
			return true
		})
	}
}

func statements(n ast.Node) []ast.Stmt {
	switch x := n.(type) {
	case *ast.BlockStmt:
		return x.List
	case *ast.CaseClause:
		return x.Body
	}
	return nil
}

func behind(p *goflow.Package, start goflow.Start, rest []ast.Stmt, report func(rules.Finding)) {
	if len(rest) == 0 {
		return
	}
	if r, ok := rest[0].(*ast.ReturnStmt); ok && len(r.Results) == 0 || onlyLeaves(rest[0]) {
		return
	}
	at := p.Range(rest[0])
	at.End = p.Range(rest[len(rest)-1]).End
	report(rules.Finding{
		Range:    at,
		Message:  start.Name + " never returns, so this is never reached",
		Help:     "move this before the call, or into the handler",
		Platform: "AWS Lambda",
	})
}

// onlyLeaves: a break after the call in a switch does no harm.
func onlyLeaves(s ast.Stmt) bool {
	_, ok := s.(*ast.BranchStmt)
	return ok
}
