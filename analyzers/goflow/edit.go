package goflow

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// LeaveAfter is the edit that returns after a call which ends a branch of the handler, or of a helper, without results. It
// is nil where more follows in the branch, or where nobody can tell what to return.
func (p *Package) LeaveAfter(h *Handler, call flow.Range) []analysis.TextEdit {
	for _, node := range h.Reached() {
		sig := p.read().signature(node)
		if sig == nil || sig.Results().Len() > 0 {
			continue
		}
		_, block := body(node)
		if stmt := p.lastOfBranch(block, call); stmt != nil {
			at := p.afterComment(stmt)
			return []analysis.TextEdit{{Pos: at, End: at, NewText: []byte("\n" + p.indent(stmt.Pos()) + "return")}}
		}
	}
	return nil
}

// lastOfBranch is the statement of a call that ends the block of an if or the body of a case.
func (p *Package) lastOfBranch(block *ast.BlockStmt, call flow.Range) ast.Stmt {
	var found ast.Stmt
	last := func(list []ast.Stmt) {
		if n := len(list); n > 0 {
			if x, ok := list[n-1].(*ast.ExprStmt); ok && p.read().rangeOf(x) == call {
				found = x
			}
		}
	}
	ast.Inspect(block, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			last(x.Body.List)
			if other, ok := x.Else.(*ast.BlockStmt); ok {
				last(other.List)
			}
		case *ast.CaseClause:
			last(x.Body)
		}
		return found == nil
	})
	return found
}

// afterComment is the end of a statement, or of the comment behind it.
func (p *Package) afterComment(stmt ast.Stmt) token.Pos {
	line := p.read().fset.Position(stmt.End()).Line
	for _, f := range p.read().all {
		if f.FileStart > stmt.Pos() || stmt.Pos() >= f.FileEnd {
			continue
		}
		for _, group := range f.Comments {
			if group.Pos() >= stmt.End() && p.read().fset.Position(group.Pos()).Line == line {
				return group.End()
			}
		}
	}
	return stmt.End()
}

// indent is the white space before a statement that begins a line, as gofmt writes it.
func (p *Package) indent(pos token.Pos) string {
	return strings.Repeat("\t", max(p.read().fset.Position(pos).Column-1, 0))
}
