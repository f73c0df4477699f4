package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// goStmt starts work. It is waited for through what it shares with others: a WaitGroup, a channel, an errgroup, a
// context that it cancels.
func (b *builder) goStmt(x *ast.GoStmt) {
	b.arguments(x.Call)
	b.receiver(x.Call)
	node := b.source.function(x.Call.Fun)
	if lit, ok := node.(*ast.FuncLit); ok {
		b.seesResponse(lit)
	}
	t := b.tiesOf(x.Call, node)
	if t.endsBySignal {
		return
	}
	b.start(x, "go "+show(x.Call.Fun), t)
}

// start begins work that is known to end when any of its ties is waited for.
func (b *builder) start(at ast.Node, name string, t ties) {
	promise := b.temporary()
	site := flow.Site{Range: b.rangeOf(at), Text: name}
	b.add(flow.Start{Site: site, Work: &flow.Work{Kind: flow.PromiseWork, Name: name, Sure: true}, Result: promise})
	for _, o := range t.objects {
		b.add(flow.Append{To: b.tie(o), From: flow.Operand{Var: promise}})
	}
	if t.unknown {
		b.add(flow.Escape{Range: site.Range, What: flow.PromiseEscapes, Of: flow.Operand{Var: promise}})
	}
}

func (s *session) tie(o types.Object) *flow.Var {
	for range maxTieDepth {
		if given := s.same[o]; given != nil {
			o = given
		}
	}
	v := s.ties[o]
	if v == nil {
		v = &flow.Var{}
		s.ties[o] = v
	}
	return v
}

// shareParameter makes a parameter stand for what it is given. A second caller with something else is not told apart.
func (b *builder) shareParameter(sig *types.Signature, i int, arg ast.Expr) {
	if sig == nil || i >= sig.Params().Len() || !canJoin(b.info.TypeOf(arg)) {
		return
	}
	p, given := sig.Params().At(i), b.object(arg)
	if given != nil && given != types.Object(p) && b.same[p] == nil && b.same[given] != types.Object(p) {
		b.same[p] = given
	}
}

// join waits for everything tied to an object.
func (b *builder) join(o types.Object, at ast.Node) {
	if o == nil || b.cur == nil {
		return
	}
	list, all := b.tie(o), b.temporary()
	b.add(flow.Combine{Site: flow.Site{Range: b.rangeOf(at)}, How: flow.AllSettled, Inputs: []flow.Operand{{Var: list}}, Result: all})
	b.add(flow.Wait{Site: flow.Site{Range: b.rangeOf(at)}, Promise: flow.Operand{Var: all}})
	b.set(list, kindOf(flow.Object))
}

// synchronise lowers calls that start or wait for goroutines.
func (b *builder) synchronise(x *ast.CallExpr) bool {
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	switch FuncName(Callee(b.info, x)) {
	case "sync.WaitGroup.Wait", "golang.org/x/sync/errgroup.Group.Wait":
		b.join(b.object(sel.X), x)
		b.waitsForGroup(b.object(sel.X), x)
		return true
	case "sync.WaitGroup.Add", "sync.WaitGroup.Done":
		b.arguments(x)
		return true
	case "sync.WaitGroup.Go", "golang.org/x/sync/errgroup.Group.Go", "golang.org/x/sync/errgroup.Group.TryGo":
		b.group(x, sel)
		return true
	}
	return false
}

func (b *builder) group(x *ast.CallExpr, sel *ast.SelectorExpr) {
	var t ties
	if len(x.Args) == 1 {
		if lit, ok := ast.Unparen(x.Args[0]).(*ast.FuncLit); ok {
			b.seesResponse(lit)
		} else {
			b.value(x.Args[0])
		}
	}
	b.shares(&t, b.object(sel.X))
	t.unknown = t.unknown || len(t.objects) == 0
	b.start(x, show(x.Fun), t)
}

// ties are the objects that a goroutine shares with those who may wait for it.
type ties struct {
	objects []types.Object
	// unknown means that somebody out of sight may wait for it.
	unknown bool
	// endsBySignal means that it runs until it is told to stop: it is there to accompany, not to get something done.
	endsBySignal bool
}

// shares adds an object. One that is not a local variable may be waited for elsewhere.
func (b *builder) shares(t *ties, o types.Object) {
	v, ok := o.(*types.Var)
	if !ok {
		return
	}
	if v.IsField() || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		t.unknown = true
	}
	t.objects = append(t.objects, o)
}

// tiesOf looks for them in the arguments of a goroutine and in what its function mentions.
func (b *builder) tiesOf(call *ast.CallExpr, node ast.Node) ties {
	var t ties
	for _, a := range call.Args {
		if canJoin(b.info.TypeOf(a)) {
			b.shares(&t, b.object(a))
			t.unknown = t.unknown || b.object(a) == nil
		}
	}
	_, block := body(node)
	if block == nil {
		b.unseenTies(&t, call)
		return t
	}
	b.mentioned(&t, block, node, 0)
	t.objects = slices.DeleteFunc(t.objects, func(o types.Object) bool { return b.addsItself(block, o) })
	return t
}

// addsItself tells whether a goroutine adds itself to a wait group: whoever waits may do so before.
func (b *builder) addsItself(block *ast.BlockStmt, o types.Object) bool {
	added := false
	for _, s := range block.List {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := x.X.(*ast.CallExpr)
		if sel, isSel := callee(call, ok); isSel && FuncName(Callee(b.info, call)) == "sync.WaitGroup.Add" && b.object(sel.X) == o {
			b.add(flow.Note{Range: b.rangeOf(call), Text: "`" + show(call.Fun) + "` runs in the goroutine itself, so who waits may do so before"})
			added = true
		}
	}
	return added
}

func callee(call *ast.CallExpr, ok bool) (*ast.SelectorExpr, bool) {
	if !ok {
		return nil, false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return sel, ok
}

// maxTieDepth is how deep calls are looked into for what a goroutine shares.
const maxTieDepth = 3

func (b *builder) mentioned(t *ties, block *ast.BlockStmt, outer ast.Node, depth int) {
	ast.Inspect(block, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Ident:
			v, ok := b.info.Uses[x].(*types.Var)
			if !ok || v.Pos() >= outer.Pos() && v.Pos() < outer.End() && !v.IsField() {
				return true
			}
			if canJoin(v.Type()) {
				b.shares(t, v)
			} else if ctx := b.cancels[v]; ctx != nil {
				b.shares(t, ctx)
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW && b.isSignal(x.X) {
				t.endsBySignal = true
			}
		case *ast.CallExpr:
			if node := b.source.function(x.Fun); node != nil && depth < maxTieDepth {
				if _, inner := body(node); inner != nil && node != outer {
					b.mentioned(t, inner, node, depth+1)
				}
			}
		}
		return true
	})
}

// unseenTies: a method of somebody else's value may be waited for by another of its methods.
func (b *builder) unseenTies(t *ties, call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		t.unknown = true // the value of a variable
		return
	}
	if b.info.Selections[sel] != nil {
		b.shares(t, b.object(sel.X))
	}
}

// canJoin tells whether waiting is possible through values of a type.
func canJoin(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, ok := t.Underlying().(*types.Chan); ok {
		return true
	}
	return IsNamed(t, "sync", "WaitGroup") || IsNamed(t, "sync", "Cond") || IsNamed(t, "golang.org/x/sync/errgroup", "Group") ||
		IsNamed(t, "golang.org/x/sync/semaphore", "Weighted")
}

// isSignal tells whether a channel is `ctx.Done()` or one of `chan struct{}` that only says stop.
func (b *builder) isSignal(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Done" && IsContext(b.info.TypeOf(sel.X))
}

// received is what ties a goroutine to a receive: the channel, or the context of `<-ctx.Done()`.
func (b *builder) received(e ast.Expr) types.Object {
	if b.isSignal(e) {
		call, _ := ast.Unparen(e).(*ast.CallExpr)
		sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return b.object(sel.X)
	}
	return b.object(e)
}

func (b *builder) joinReceived(comm ast.Stmt) {
	if comm == nil {
		return
	}
	ast.Inspect(comm, func(n ast.Node) bool {
		if x, ok := n.(*ast.UnaryExpr); ok && x.Op == token.ARROW {
			b.join(b.received(x.X), x)
		}
		return true
	})
}

// joinGiven: who is given a WaitGroup or a channel may wait for it.
func (b *builder) joinGiven(e ast.Expr, at ast.Node) {
	if canJoin(b.info.TypeOf(e)) {
		b.join(b.object(e), at)
	}
}

// pairCancel remembers `ctx, cancel := context.WithCancel(…)`.
func (b *builder) pairCancel(x *ast.AssignStmt) {
	call, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr)
	if !ok || len(x.Lhs) != 2 || !strings.HasPrefix(FuncName(Callee(b.info, call)), "context.With") {
		return
	}
	ctx, cancel := b.object(x.Lhs[0]), b.object(x.Lhs[1])
	if ctx != nil && cancel != nil {
		b.cancels[cancel] = ctx
	}
}
