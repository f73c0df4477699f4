package jsflow

import (
	"strconv"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// cond evaluates x for its truth and goes on at then or otherwise.
// And, or, not and constants become branches of the graph.
func (b *builder) cond(x jsparse.Expr, then, otherwise *flow.Block) {
	switch n := x.(type) {
	case *jsparse.Unary:
		if n.Op == "!" {
			b.cond(n.X, otherwise, then)
			return
		}
	case *jsparse.Binary:
		if b.condBinary(n, then, otherwise) {
			return
		}
	case *jsparse.Conditional:
		yes, no := b.block(), b.block()
		b.cond(n.Cond, yes, no)
		b.cur = yes
		b.cond(n.Then, then, otherwise)
		b.cur = no
		b.cond(n.Else, then, otherwise)
		return
	case *jsparse.Call:
		if b.oneOf(n, then, otherwise) {
			return
		}
	}
	c, opposite := b.asks(x, b.expr(x))
	if c.Of.Var == nil && c.Of.Value.Kind == flow.Unknown {
		c.Test = flow.AskNothing
	}
	if opposite {
		then, otherwise = otherwise, then
	}
	b.end(flow.Branch{Range: b.rng(x), Cond: c, Then: then, Else: otherwise})
}

func (b *builder) condBinary(n *jsparse.Binary, then, otherwise *flow.Block) bool {
	switch n.Op {
	case "&&":
		next := b.block()
		b.cond(n.Left, next, otherwise)
		b.cur = next
		b.cond(n.Right, then, otherwise)
		return true
	case "||":
		next := b.block()
		b.cond(n.Left, then, next)
		b.cur = next
		b.cond(n.Right, then, otherwise)
		return true
	case ",":
		b.expr(n.Left)
		b.cond(n.Right, then, otherwise)
		return true
	case "===", "==":
		return b.equality(n, then, otherwise)
	case "!==", "!=":
		return b.equality(n, otherwise, then)
	}
	if n.Op == "instanceof" && b.isResponseClass(n.Right) {
		b.decide(n, n.Left, flow.Cond{Test: flow.IsResponse, Text: b.text(n)}, then, otherwise)
		return true
	}
	if asksEmpty(n.Op, n.Left, n.Right) {
		b.cond(n.Left, otherwise, then)
		return true
	}
	if asksFilled(n.Op, n.Left, n.Right) {
		b.cond(n.Left, then, otherwise)
		return true
	}
	return false
}

// equality is a comparison with a constant; others are not known.
func (b *builder) equality(n *jsparse.Binary, then, otherwise *flow.Block) bool {
	x := n.Left
	k, ok := b.constantValue(n.Right)
	if !ok {
		if k, ok = b.constantValue(n.Left); !ok {
			return false
		}
		x = n.Right
	}
	if yes, is := b.truthNamed(x, k); is {
		if !yes {
			then, otherwise = otherwise, then
		}
		b.cond(x, then, otherwise)
		return true
	}
	c := flow.Cond{Test: flow.IsEqual, Value: k, Text: b.text(n)}
	loose := n.Op == "==" || n.Op == "!="
	if loose && (k.Kind == flow.Null || k.Kind == flow.Undefined) {
		c.Test = flow.IsNullish
	}
	if n.Op == "!==" || n.Op == "!=" {
		c.Text = b.text(x) + " === " + k.Text
		if k.Text == "" {
			c.Says = [2]string{"`" + b.text(x) + "` is null or undefined", "`" + b.text(x) + "` is neither null nor undefined"}
		}
	}
	b.decide(n, x, c, then, otherwise)
	return true
}

// decide asks c of the value of x.
func (b *builder) decide(n jsparse.Node, x jsparse.Expr, c flow.Cond, then, otherwise *flow.Block) {
	c.Of = b.expr(x)
	if v := b.place(x); v != nil {
		c.Of = flow.Operand{Var: v}
	}
	if c.Of.Var == nil && c.Of.Value.Kind == flow.Unknown {
		c.Test = flow.AskNothing
	}
	b.end(flow.Branch{Range: b.rng(n), Cond: c, Then: then, Else: otherwise})
}

// isResponseClass tells whether x is the class of web responses, or the one that Next.js derives from it.
func (b *builder) isResponseClass(x jsparse.Expr) bool {
	switch v := b.s.eval(x, b.e).(type) {
	case global:
		return v.path == "Response"
	case external:
		return v.pkg == "next/server" && v.path == "NextResponse"
	}
	return false
}

// constantValue is the value of a literal, or of a name that is bound to one for good.
func (b *builder) constantValue(x jsparse.Expr) (flow.Value, bool) {
	switch x.(type) {
	case *jsparse.Literal, *jsparse.Ident, *jsparse.Unary, *jsparse.Member:
		if c, ok := b.s.eval(x, b.e).(constant); ok && b.settled(x) {
			return c.value(), true
		}
		if u, ok := x.(*jsparse.Unary); ok && u.Op == "void" {
			return flow.Value{Kind: flow.Undefined}, true
		}
	}
	return flow.Value{}, false
}

// settled tells whether a name can never have another value than the one it evaluates to.
func (b *builder) settled(x jsparse.Expr) bool {
	id, ok := x.(*jsparse.Ident)
	if !ok {
		return true
	}
	return id.Symbol.Kind == jsparse.Const || id.Symbol.Kind == jsparse.Import || id.Symbol.Kind == jsparse.Unbound
}

// value is a constant in the words of the graph.
func (c constant) value() flow.Value {
	switch c.kind {
	case jsparse.Undefined:
		return flow.Value{Kind: flow.Undefined}
	case jsparse.Null:
		return flow.Value{Kind: flow.Null}
	case jsparse.String:
		return flow.Value{Kind: flow.Constant, Text: strconv.Quote(c.text)}
	case jsparse.Regexp:
		return flow.Value{Kind: flow.Truthy}
	}
	return flow.Value{Kind: flow.Constant, Text: c.text}
}

// place is the variable that holds x, if x is a name or a property path from a
// name that is never given another object.
func (b *builder) place(x jsparse.Expr) *flow.Var {
	switch x := x.(type) {
	case *jsparse.Ident:
		return b.e.variable(x.Symbol)
	case *jsparse.Member:
		if x.Optional && !isCaught(x.Object) {
			return nil
		}
		if b.s.answered != nil && tellsAnswered(x.Name) && isResponder(b.s.eval(x.Object, b.e)) {
			return b.s.answered
		}
		at, key := b.root(x)
		if at == nil {
			return nil
		}
		if v := at.paths[key]; v != nil {
			return v
		}
		return at.path(key, b.text(x))
	}
	return nil
}

// isCaught tells whether x is the error of a catch block, which is always there: `error?.response` is `error.response`.
func isCaught(x jsparse.Expr) bool {
	id, ok := x.(*jsparse.Ident)
	return ok && id.Symbol.Kind == jsparse.CatchParam
}

// path is the variable that holds a property path.
func (e *env) path(key, text string) *flow.Var {
	v := e.paths[key]
	if v == nil {
		v = &flow.Var{Name: text}
		e.paths[key] = v
	}
	return v
}

// root is the scope that a property path starts in, and a key for the path.
func (b *builder) root(x jsparse.Expr) (*env, string) { return b.rootWithin(x, deepestRoot) }

// deepestRoot is how many properties in a row are told apart.
const deepestRoot = 16

func (b *builder) rootWithin(x jsparse.Expr, depth int) (*env, string) {
	switch x := x.(type) {
	case *jsparse.Ident:
		at := b.e.scopeOf(x.Symbol)
		if at == nil || reassigned(at.mod, x.Symbol) {
			return nil, ""
		}
		return at, at.symbolKey(x.Symbol)
	case *jsparse.Member:
		if depth == 0 {
			return nil, ""
		}
		at, key := b.rootWithin(x.Object, depth-1)
		if at == nil {
			return nil, ""
		}
		return at, key + "." + x.Name
	case *jsparse.This:
		if b.e.this == nil {
			return nil, ""
		}
		return b.s.thisScope(b.e.this), "this"
	}
	return nil, ""
}

// symbolKey distinguishes shadowed names of one scope.
func (e *env) symbolKey(sym *jsparse.Symbol) string {
	for i, s := range e.mod.locals[e.fn] {
		if s == sym {
			return strconv.Itoa(i)
		}
	}
	return "?" + sym.Name
}

// thisScope keeps the property places of one object.
func (s *session) thisScope(this value) *env {
	e := s.these[this]
	if e == nil {
		e = newEnv(nil, nil, nil)
		s.these[this] = e
	}
	return e
}

// reassigned tells whether a name can hold more than one value.
func reassigned(m *module, sym *jsparse.Symbol) bool {
	ws := m.writes[sym]
	if sym.Kind == jsparse.Param || sym.Kind == jsparse.CatchParam {
		return !onlyDefaults(ws)
	}
	n := 0
	for _, w := range ws {
		if !w.none {
			n++
		}
	}
	return n > 1
}
