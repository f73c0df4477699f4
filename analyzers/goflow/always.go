package goflow

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/cfg"
)

// always tells whether every way through a body comes by something, deferred or not. A panic, or a call that does not return, is no way
// through, and neither is a loop that nothing leaves.
func always(block *ast.BlockStmt, is func(ast.Node) bool) bool {
	graph := cfg.New(block, func(call *ast.CallExpr) bool { return !endsGoroutine(call) })
	seen := map[*cfg.Block]bool{}
	var missed func(*cfg.Block) bool
	missed = func(b *cfg.Block) bool {
		if seen[b] {
			return false
		}
		seen[b] = true
		for _, n := range b.Nodes {
			if contains(n, is) {
				return false
			}
		}
		if len(b.Succs) == 0 {
			return b.Return() != nil || !endsBadly(b)
		}
		for _, next := range b.Succs {
			if missed(next) {
				return true
			}
		}
		return false
	}
	return len(graph.Blocks) == 0 || !missed(graph.Blocks[0])
}

// endsBadly tells whether a block without successors ends with a call that does not return.
func endsBadly(b *cfg.Block) bool {
	if len(b.Nodes) == 0 {
		return false
	}
	switch x := b.Nodes[len(b.Nodes)-1].(type) {
	case *ast.ExprStmt:
		call, ok := x.X.(*ast.CallExpr)
		return ok && endsGoroutine(call)
	case *ast.SelectStmt:
		return len(x.Body.List) == 0
	case *ast.BranchStmt:
		return x.Tok == token.GOTO
	}
	return false
}

// endsGoroutine tells whether a call, by its name, never returns.
func endsGoroutine(call *ast.CallExpr) bool {
	switch show(call.Fun) {
	case "panic", "os.Exit", "runtime.Goexit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln":
		return true
	}
	return false
}
