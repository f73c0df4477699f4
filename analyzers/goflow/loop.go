package goflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

func (b *builder) enterLoop(out, next *flow.Block) {
	b.targets = append(b.targets, target{label: b.label, out: out, next: next})
	b.label = ""
}

func (b *builder) leaveTarget() { b.targets = b.targets[:len(b.targets)-1] }

func (b *builder) forStmt(x *ast.ForStmt) {
	label := b.label
	b.optional(x.Init)
	head, run, next, out := &flow.Block{}, &flow.Block{}, &flow.Block{}, &flow.Block{}
	head.Loop = b.loopFacts(x, label)
	b.lastRound(x, x.Body, label, out)
	b.flowInto(head)
	if x.Cond != nil {
		b.cond(x.Cond, run, out)
	} else {
		b.jump(run)
	}
	b.label = label
	b.enterLoop(out, next)
	b.cur = run
	b.block(x.Body)
	b.flowInto(next)
	b.leaveTarget()
	b.optional(x.Post)
	b.jump(head)
	b.cur = out
}

func (b *builder) rangeStmt(x *ast.RangeStmt) {
	label := b.label
	b.label = ""
	b.effects(x.X)
	if t := b.info.TypeOf(x.X); t != nil {
		if _, ok := t.Underlying().(*types.Chan); ok {
			b.join(b.object(x.X), x)
			b.receives(x.X, x)
		}
	}
	head, run, out, done := &flow.Block{}, &flow.Block{}, &flow.Block{}, &flow.Block{}
	b.lastRound(x, x.Body, label, out)
	b.flowInto(head)
	b.choose(b.rangeOf(x), done, run)
	b.cur = done
	if why := b.endlessRange(x); why != "" {
		b.blocks(x, why)
	}
	b.jump(out)
	b.label = label
	b.enterLoop(out, head)
	b.cur = run
	for _, e := range []ast.Expr{x.Key, x.Value} {
		if e != nil {
			b.store(e, flow.Operand{})
		}
	}
	b.block(x.Body)
	b.jump(head)
	b.leaveTarget()
	b.cur = out
}

// leaves tells whether something in a loop's body ends the loop: break, return, goto, a panic or the end of the process.
func (b *builder) leaves(n ast.Node, label string, direct bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if found {
			return false
		}
		switch x := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt:
			found = found || b.leaves(x.Body, label, false)
			return false
		case *ast.RangeStmt:
			found = found || b.leaves(x.Body, label, false)
			return false
		case *ast.SwitchStmt:
			found = found || b.leaves(x.Body, label, false)
			return false
		case *ast.TypeSwitchStmt:
			found = found || b.leaves(x.Body, label, false)
			return false
		case *ast.SelectStmt:
			found = found || b.leaves(x.Body, label, false)
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = leavesBy(x, label, direct)
		case *ast.CallExpr:
			found = b.neverReturns(x)
		}
		return !found
	})
	return found
}

func leavesBy(x *ast.BranchStmt, label string, direct bool) bool {
	switch x.Tok {
	case token.GOTO:
		return true
	case token.BREAK:
		if x.Label != nil {
			return true // of this loop or of one around it
		}
		return direct
	case token.CONTINUE:
		return x.Label != nil && x.Label.Name != label
	}
	return false
}
