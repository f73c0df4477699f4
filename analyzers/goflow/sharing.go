package goflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// sharing is how the functions of a package use the channels and wait groups among their local variables.
type sharing struct {
	channels map[types.Object]*channel
	groups   map[types.Object]*group
}

// channel is how a local channel is used. The places are function literals or declarations: whose goroutine it is.
type channel struct {
	none     bool // it is never made
	buffered bool // or nobody can tell
	escapes  bool // somebody out of sight may send and receive
	made     int
	sends    []use
	receives []use
	closes   []use
	// lax is the only goroutine that sends to it or closes it, if it may end without either.
	lax ast.Node
}

// use is one use of a variable, and the innermost function around it.
type use struct {
	at ast.Node
	in ast.Node
}

// alone tells whether only the function of a send receives, and no other one.
func (c *channel) alone(send *ast.SendStmt) bool {
	i := slices.IndexFunc(c.sends, func(u use) bool { return u.at == ast.Node(send) })
	if i < 0 {
		return false
	}
	return !slices.ContainsFunc(c.receives, func(u use) bool { return u.in != c.sends[i].in })
}

// group is how a local sync.WaitGroup is used.
type group struct {
	adds, done, escapes bool
	// lax is a goroutine that may end without Done.
	lax ast.Node
}

// sharing is found out when somebody asks.
func (s *source) sharing() *sharing {
	s.sharingOnce.Do(func() {
		s.shared = &sharing{channels: map[types.Object]*channel{}, groups: map[types.Object]*group{}}
		for _, f := range s.all {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
					w := &sharer{source: s, into: s.shared}
					w.walk(fn)
				}
			}
		}
	})
	return s.shared
}

// sharer walks through a declaration and the literals in it.
type sharer struct {
	*source
	into   *sharing
	within []ast.Node // the nodes around the one that is looked at
}

func (w *sharer) walk(fn *ast.FuncDecl) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if n == nil {
			w.within = w.within[:len(w.within)-1]
			return true
		}
		switch x := n.(type) {
		case *ast.Ident:
			w.mention(x)
		case *ast.GoStmt:
			w.goroutine(x)
		}
		w.within = append(w.within, n)
		return true
	})
}

// local is a variable of a function.
func (w *sharer) local(id *ast.Ident) *types.Var {
	v, ok := w.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

func (w *sharer) mention(id *ast.Ident) {
	v := w.local(id)
	if v == nil {
		return
	}
	if _, ok := v.Type().Underlying().(*types.Chan); ok {
		w.channelUse(w.channel(v), id)
	} else if IsNamed(v.Type(), "sync", "WaitGroup") {
		w.groupUse(w.group(v), id)
	}
}

func (w *sharer) channel(v *types.Var) *channel {
	c := w.into.channels[v]
	if c == nil {
		c = &channel{none: true, escapes: w.isParameter(v)}
		w.into.channels[v] = c
	}
	return c
}

func (w *sharer) group(v *types.Var) *group {
	g := w.into.groups[v]
	if g == nil {
		g = &group{escapes: w.isParameter(v)}
		w.into.groups[v] = g
	}
	return g
}

// isParameter tells whether a variable is given by a caller: a parameter, a receiver or a result.
func (w *sharer) isParameter(v *types.Var) bool {
	in := func(list *ast.FieldList) bool { return list != nil && list.Pos() <= v.Pos() && v.Pos() < list.End() }
	return slices.ContainsFunc(w.within, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncDecl:
			return in(x.Recv) || in(x.Type.Params) || in(x.Type.Results)
		case *ast.FuncLit:
			return in(x.Type.Params) || in(x.Type.Results)
		}
		return false
	})
}

// parent is the node around the one that is looked at, parentheses left out.
func (w *sharer) parent() ast.Node {
	for _, n := range slices.Backward(w.within) {
		if _, ok := n.(*ast.ParenExpr); !ok {
			return n
		}
	}
	return nil
}

func (w *sharer) function() ast.Node {
	for _, n := range slices.Backward(w.within) {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}

func (w *sharer) channelUse(c *channel, id *ast.Ident) {
	here := use{w.parent(), w.function()}
	switch x := here.at.(type) {
	case *ast.SendStmt:
		if ast.Unparen(x.Chan) == ast.Expr(id) {
			c.sends = append(c.sends, here)
			return
		}
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			c.receives = append(c.receives, here)
			return
		}
	case *ast.RangeStmt:
		if ast.Unparen(x.X) == ast.Expr(id) {
			c.receives = append(c.receives, here)
			return
		}
	case *ast.CallExpr:
		if name, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && w.isBuiltin(name) {
			if name.Name == "close" {
				c.closes = append(c.closes, here)
			}
			return
		}
	case *ast.AssignStmt:
		if w.made(c, x.Lhs, x.Rhs, id) {
			return
		}
	case *ast.ValueSpec:
		if len(x.Values) == 0 || w.made(c, names(x.Names), x.Values, id) {
			return
		}
	}
	c.escapes = true
}

func (w *sharer) isBuiltin(name *ast.Ident) bool {
	_, ok := w.info.Uses[name].(*types.Builtin)
	return ok
}

func names(list []*ast.Ident) []ast.Expr {
	out := make([]ast.Expr, len(list))
	for i, id := range list {
		out[i] = id
	}
	return out
}

// made notes `ch := make(chan T)`. A channel that is given another value is out of sight.
func (w *sharer) made(c *channel, left, right []ast.Expr, id *ast.Ident) bool {
	i := slices.Index(left, ast.Expr(id))
	if i < 0 || len(left) != len(right) {
		return false
	}
	call, ok := ast.Unparen(right[i]).(*ast.CallExpr)
	if !ok || w.info.Types[call.Fun].IsBuiltin() && show(call.Fun) != "make" || !w.info.Types[call.Fun].IsBuiltin() {
		return false
	}
	c.none = false
	c.made++
	c.escapes = c.escapes || c.made > 1
	c.buffered = len(call.Args) > 1 && !isZero(w.info.Types[call.Args[1]].Value)
	return true
}

func isZero(v constant.Value) bool {
	return v != nil && v.Kind() == constant.Int && constant.Sign(v) == 0
}

func (w *sharer) groupUse(g *group, id *ast.Ident) {
	switch x := w.parent().(type) {
	case *ast.SelectorExpr:
		switch x.Sel.Name {
		case "Add":
			g.adds = true
		case "Done", "Go":
			g.done = true
		}
		return
	case *ast.ValueSpec:
		return
	case *ast.AssignStmt:
		if slices.Contains(x.Lhs, ast.Expr(id)) {
			return
		}
	}
	g.escapes = true
}

// line is the line of a node, for people.
func (s *source) line(n ast.Node) string { return strconv.Itoa(s.fset.Position(n.Pos()).Line) }

// goroutine notes what a goroutine may leave undone.
func (w *sharer) goroutine(x *ast.GoStmt) {
	node := w.source.function(x.Call.Fun)
	_, block := body(node)
	if block == nil {
		return
	}
	for v, name := range w.signalled(x, node, block) {
		signals := func(n ast.Node) bool { return w.signals(n, name) }
		always := always(block, signals) || repeats(block, signals)
		_, isChan := v.Type().Underlying().(*types.Chan)
		switch {
		case isChan:
			c := w.channel(v)
			c.lax = nil
			if !always && !w.inLoop() && w.onlySender(x, v) {
				c.lax = x
			}
		case !always:
			w.group(v).lax = x
		}
	}
}

// repeats tells whether something happens in a loop: how often is another question.
func repeats(block *ast.BlockStmt, is func(ast.Node) bool) bool {
	return contains(block, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.ForStmt:
			return contains(x.Body, is)
		case *ast.RangeStmt:
			return contains(x.Body, is)
		}
		return false
	})
}

// inLoop tells whether the place that is looked at is in a loop of its function.
func (w *sharer) inLoop() bool {
	for _, n := range slices.Backward(w.within) {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
	}
	return false
}

// onlySender tells whether a channel is sent to, or closed, in one goroutine only.
func (w *sharer) onlySender(x *ast.GoStmt, v *types.Var) bool {
	only := true
	ast.Inspect(w.within[0], func(n ast.Node) bool {
		inside := n != nil && n.Pos() >= x.Pos() && n.End() <= x.End()
		if n != nil && !inside && w.signals(n, v) {
			only = false
		}
		return only
	})
	return only
}

// signalled are the local variables that a goroutine signals through, with what they are called in its function.
func (w *sharer) signalled(x *ast.GoStmt, node ast.Node, block *ast.BlockStmt) map[*types.Var]*types.Var {
	list := map[*types.Var]*types.Var{}
	sig := w.signature(node)
	for i, a := range x.Call.Args {
		given, ok := w.object(a).(*types.Var)
		if ok && sig != nil && i < sig.Params().Len() && canJoin(given.Type()) {
			list[given] = sig.Params().At(i)
		}
	}
	ast.Inspect(block, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v := w.local(id); v != nil && canJoin(v.Type()) && (v.Pos() < node.Pos() || v.Pos() >= node.End()) {
				list[v] = v
			}
		}
		return true
	})
	for v, name := range list {
		if !contains(block, func(n ast.Node) bool { return w.signals(n, name) }) {
			delete(list, v)
		}
	}
	return list
}

// signals tells whether a node sends to a channel, closes it, or calls Done of a wait group.
func (w *sharer) signals(n ast.Node, v *types.Var) bool {
	is := func(e ast.Expr) bool { return w.object(e) == types.Object(v) }
	switch x := n.(type) {
	case *ast.SendStmt:
		return is(x.Chan)
	case *ast.CallExpr:
		if name, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && name.Name == "close" && len(x.Args) == 1 {
			return is(x.Args[0])
		}
		sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
		if ok && is(sel.X) {
			return sel.Sel.Name == "Done" || sel.Sel.Name == "Add" && len(x.Args) == 1 && strings.HasPrefix(show(x.Args[0]), "-")
		}
		for _, a := range x.Args {
			if is(a) {
				return true // whoever is given it may signal
			}
		}
	}
	return false
}

func contains(n ast.Node, is func(ast.Node) bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		found = found || n != nil && is(n)
		return !found
	})
	return found
}
