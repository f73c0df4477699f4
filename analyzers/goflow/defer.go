package goflow

import (
	"go/ast"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// deferred is a deferred call. on tells whether the path came by its statement.
type deferred struct {
	stmt *ast.DeferStmt
	on   *flow.Var
}

// prepareDefers finds the defer statements of a function, so that each return knows them.
func (b *builder) prepareDefers(block *ast.BlockStmt) {
	ast.Inspect(block, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			d := deferred{stmt: x, on: b.temporary()}
			b.set(d.on, literal("false"))
			b.defers = append(b.defers, d)
		}
		return true
	})
}

func (b *builder) deferStmt(s *ast.DeferStmt) {
	for _, d := range b.defers {
		if d.stmt == s {
			b.set(d.on, literal("true"))
		}
	}
}

// leave runs what was deferred, last first, and returns.
func (b *builder) leave(value flow.Operand, at flow.Range, implicit bool) {
	if len(b.defers) > 0 && value.Var != nil && value.Var != b.named {
		kept := b.temporary()
		b.set(kept, value)
		value = flow.Operand{Var: kept}
	}
	for i := len(b.defers) - 1; i >= 0 && b.cur != nil; i-- {
		d := b.defers[i]
		run, after := &flow.Block{}, &flow.Block{}
		b.end(flow.Branch{Cond: flow.Cond{Test: flow.IsTruthy, Of: flow.Operand{Var: d.on}}, Then: run, Else: after})
		b.cur = run
		b.call(d.stmt.Call, false)
		b.jump(after)
		b.cur = after
	}
	b.end(flow.Return{Range: at, Value: value, Implicit: implicit})
}
