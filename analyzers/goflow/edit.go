package goflow

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// noteBranchEnds remembers the calls that end a branch of a function without results: behind them one may return.
func (s *session) noteBranchEnds(kind *ast.FuncType, block *ast.BlockStmt) {
	if kind.Results != nil && len(kind.Results.List) > 0 {
		return
	}
	last := func(list []ast.Stmt) {
		if n := len(list); n > 0 {
			if x, ok := list[n-1].(*ast.ExprStmt); ok {
				s.branchEnds[x] = true
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
		return true
	})
}

// leaveAfter returns behind a statement that ends a branch, nil if it does not end one.
func (s *session) leaveAfter(stmt *ast.ExprStmt) *flow.Insertion {
	if stmt == nil || !s.branchEnds[stmt] {
		return nil
	}
	at := s.rangeOf(stmt)
	end := s.span(s.afterComment(stmt), token.NoPos)
	return &flow.Insertion{File: at.File, At: end.Start, Text: "\n" + s.indent(stmt.Pos()) + "return"}
}

// afterComment is the end of a statement, or of the comment behind it.
func (s *source) afterComment(stmt ast.Stmt) token.Pos {
	line := s.fset.Position(stmt.End()).Line
	for _, f := range s.all {
		if f.FileStart > stmt.Pos() || stmt.Pos() >= f.FileEnd {
			continue
		}
		for _, group := range f.Comments {
			if group.Pos() >= stmt.End() && s.fset.Position(group.Pos()).Line == line {
				return group.End()
			}
		}
	}
	return stmt.End()
}

// indent is the white space before a statement that begins a line, as gofmt writes it.
func (s *source) indent(pos token.Pos) string {
	return strings.Repeat("\t", max(s.fset.Position(pos).Column-1, 0))
}
