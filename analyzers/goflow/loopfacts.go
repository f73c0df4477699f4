package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// loopFacts finds out whether anything ends a loop.
func (b *builder) loopFacts(x *ast.ForStmt, label string) *flow.Loop {
	l := &flow.Loop{Range: b.rangeOf(x), Head: b.span(x.Pos(), x.Body.Lbrace)}
	left := b.leaves(x.Body, label, true)
	if x.Cond == nil || b.isConstant(x.Cond, "true") || b.alwaysHolds(x.Cond) {
		l.Endless = !left
	} else if !left {
		b.condition(x, l)
	}
	switch {
	case l.Endless || l.Unchanged || l.Receding != "" || !b.asks(x) || b.bounded(x):
	case b.triesAgain(x, label):
		l.Retries, l.Why = true, "after a failure it tries again, without limit"
	case b.waits(x.Body) && !b.progresses(x):
		l.Polls, l.Why = true, "it waits and asks again until the answer changes, without limit"
	}
	return l
}

// alwaysHolds: what has no sign is never below zero.
func (s *source) alwaysHolds(cond ast.Expr) bool {
	x, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || x.Op != token.GEQ || !isZero(s.info.Types[x.Y].Value) {
		return false
	}
	t, ok := s.info.TypeOf(x.X).Underlying().(*types.Basic)
	return ok && t.Info()&types.IsUnsigned != 0
}

// condition finds out whether anything in a loop that nothing leaves brings its condition nearer to false.
func (b *builder) condition(x *ast.ForStmt, l *flow.Loop) {
	names := b.conditionNames(x)
	if len(names) == 0 {
		return
	}
	changed := false
	for _, v := range names {
		changed = changed || b.changes(x, v)
		l.Names = append(l.Names, v.Name())
	}
	if !changed {
		l.Unchanged, l.Why = true, "nothing in it changes its condition"
		return
	}
	if v := b.receding(x); v != "" {
		l.Receding, l.Why = v, "it moves away from the bound"
	}
}

// conditionNames are the variables of a condition, none if it asks for something else that may change: a call, a field, what others
// can reach.
func (b *builder) conditionNames(x *ast.ForStmt) []*types.Var {
	var list []*types.Var
	plain := true
	ast.Inspect(x.Cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v, ok := b.info.Uses[n].(*types.Var)
			if !ok {
				return true
			}
			plain = plain && v.Pkg() != nil && v.Parent() != v.Pkg().Scope() && !b.reachable(v)
			list = append(list, v)
		case *ast.CallExpr:
			plain = plain && b.isPure(n)
		case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr, *ast.FuncLit:
			plain = false
		case *ast.UnaryExpr:
			plain = plain && n.Op != token.ARROW
		}
		return plain
	})
	if !plain {
		return nil
	}
	return list
}

// reachable tells whether others may change a variable: its address is taken, or a function literal mentions it.
func (s *source) reachable(v *types.Var) bool {
	found := false
	s.inspect(func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.UnaryExpr:
			found = found || x.Op == token.AND && s.object(x.X) == types.Object(v)
		case *ast.FuncLit:
			found = found || (v.Pos() < x.Pos() || v.Pos() >= x.End()) && contains(x.Body, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				return ok && s.info.Uses[id] == types.Object(v)
			})
		}
		return !found
	})
	return found
}

// changes tells whether a loop gives a variable a value, or something to a map or slice that it holds.
func (s *source) changes(x *ast.ForStmt, v *types.Var) bool {
	is := func(e ast.Expr) bool {
		for {
			switch in := ast.Unparen(e).(type) {
			case *ast.IndexExpr:
				e = in.X
			case *ast.SelectorExpr:
				e = in.X
			case *ast.StarExpr:
				e = in.X
			default:
				return s.object(e) == types.Object(v)
			}
		}
	}
	return contains(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n == x.Init {
				return false
			}
			for _, left := range n.Lhs {
				if is(left) {
					return true
				}
			}
		case *ast.IncDecStmt:
			return is(n.X)
		case *ast.RangeStmt:
			return n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
		case *ast.CallExpr:
			// A function out of sight may change what a map or a pointer leads to.
			for _, a := range n.Args {
				if _, basic := v.Type().Underlying().(*types.Basic); !basic && is(a) && !s.isPure(n) {
					return true
				}
			}
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			return ok && is(sel.X)
		}
		return false
	})
}

// receding is the counter of `for i := 0; i < n; i--`, "" if it is changed elsewhere, too.
func (b *builder) receding(x *ast.ForStmt) string {
	cond, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
	post, isCount := x.Post.(*ast.IncDecStmt)
	if !ok || !isCount {
		return ""
	}
	v, ok := b.object(post.X).(*types.Var)
	if !ok || b.object(cond.X) != types.Object(v) || b.changes(&ast.ForStmt{Body: x.Body}, v) {
		return ""
	}
	up := cond.Op == token.LSS || cond.Op == token.LEQ
	down := cond.Op == token.GTR || cond.Op == token.GEQ
	bound, ok := b.object(cond.Y).(*types.Var)
	if ok && b.changes(&ast.ForStmt{Body: x.Body}, bound) || !ok && b.info.Types[cond.Y].Value == nil {
		return ""
	}
	if up && post.Tok == token.DEC || down && post.Tok == token.INC {
		return v.Name()
	}
	return ""
}

// asks tells whether a loop calls what may answer otherwise the next time.
func (b *builder) asks(x *ast.ForStmt) bool {
	return contains(x, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && !b.isPure(call) && b.info.TypeOf(call) != nil && !b.info.Types[call.Fun].IsType() && !b.info.Types[call.Fun].IsBuiltin()
	})
}

// advances are names of what comes to an end by being asked: scanners, iterators, pages.
var advances = regexp.MustCompile(`^(?:[sS]can|[nN]ext|[mM]ore|[hH]as|[rR]ead|[rR]ecv|[rR]eceive|[aA]dvance|[dD]ecode|[pP]oll)(?:[A-Z]|$)`)

// progresses tells whether a loop asks for something else each time: what it is told goes into the next question, or it reads on.
func (b *builder) progresses(x *ast.ForStmt) bool {
	changed := map[types.Object]bool{}
	ast.Inspect(x, func(n ast.Node) bool {
		if s, ok := n.(*ast.AssignStmt); ok {
			for _, left := range s.Lhs {
				ast.Inspect(left, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						changed[b.info.ObjectOf(id)] = true
					}
					return true
				})
			}
		}
		return true
	})
	return contains(x, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		if f := Callee(b.info, call); f != nil && advances.MatchString(f.Name()) {
			return true
		}
		for _, a := range call.Args {
			if contains(a, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				return ok && b.info.Uses[id] != nil && changed[b.info.Uses[id]]
			}) {
				return true
			}
		}
		return false
	})
}

// bounded tells whether anything in a loop may count or keep time: then nobody can tell that it has no limit.
func (b *builder) bounded(x *ast.ForStmt) bool {
	return x.Post != nil || x.Init != nil || contains(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			return true
		case *ast.AssignStmt:
			return n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN
		case *ast.SelectStmt, *ast.RangeStmt:
			return true
		case *ast.UnaryExpr:
			call, isCall := ast.Unparen(n.X).(*ast.CallExpr)
			return n.Op == token.ARROW && !(isCall && isTimer(b.source, call))
		case *ast.Ident:
			return b.keepsTime(b.info.Uses[n])
		case *ast.CallExpr:
			return b.info.Types[n.Fun].IsBuiltin()
		}
		return false
	})
}

// keepsTime tells whether a name stands for something that ends by itself: a context, a request with one, a time.
func (b *builder) keepsTime(o types.Object) bool {
	switch o := o.(type) {
	case *types.Var:
		t := o.Type()
		return IsContext(t) || IsNamed(t, "net/http", "Request") || IsNamed(t, "time", "Time") || IsNamed(t, "time", "Timer") ||
			IsNamed(t, "time", "Ticker") || IsNamed(t, "context", "Context") || hasContext(t)
	case *types.Func:
		switch FuncName(o) {
		case "time.Now", "time.Since", "time.Until":
			return true
		}
	}
	return false
}

// hasContext tells whether a struct holds a context.
func hasContext(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if IsContext(f.Type()) {
			return true
		}
	}
	return false
}

// triesAgain tells whether a loop goes on after a failure, and is left where there was none.
func (b *builder) triesAgain(x *ast.ForStmt, label string) bool {
	again := false
	for _, s := range x.Body.List {
		f, ok := s.(*ast.IfStmt)
		if !ok {
			continue
		}
		switch {
		case b.failed(f.Cond, token.NEQ):
			if b.leaves(f.Body, label, true) {
				return false
			}
			again = true
		case b.failed(f.Cond, token.EQL):
			again = again || b.leaves(f.Body, label, true)
		}
	}
	return again
}
