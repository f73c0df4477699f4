package jsflow

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

func (b *builder) stmt(n jsparse.Stmt) {
	if b.cur == nil {
		return // unreachable; function declarations need no code
	}
	if b.nodes++; b.nodes > maxNodes {
		b.end(flow.Stop{Range: b.rng(n)})
		return
	}
	labels := b.labels
	b.labels = nil
	if r := b.s.waitsBefore[objectKey{n, b.e}]; r != nil {
		b.waitFor(r)
	}
	switch n := n.(type) {
	case *jsparse.Block:
		b.scoped(labels, func() { b.stmts(n.Body) })
	case *jsparse.ExprStmt:
		b.exprStmt(n)
	case *jsparse.VarDecl:
		b.varDecl(n)
	case *jsparse.If:
		b.scoped(labels, func() { b.ifStmt(n) })
	case *jsparse.For:
		b.forStmt(n, labels)
	case *jsparse.ForEach:
		b.forEach(n, labels)
	case *jsparse.While:
		b.while(n, labels)
	case *jsparse.DoWhile:
		b.doWhile(n, labels)
	case *jsparse.Switch:
		b.switchStmt(n, labels)
	case *jsparse.Try:
		b.scoped(labels, func() { b.try(n) })
	case *jsparse.Return:
		b.returnStmt(n)
	case *jsparse.Throw:
		b.throw(n)
	case *jsparse.Break:
		b.leave(n, n.Label, false)
	case *jsparse.Continue:
		b.leave(n, n.Label, true)
	case *jsparse.Labeled:
		b.labels = slices.Concat(labels, []string{n.Label})
		b.stmt(n.Body)
	case *jsparse.ClassDecl:
		b.classBody(n.Class)
	case *jsparse.ExportDefault:
		b.expr(n.X)
	case *jsparse.OtherStmt:
		for _, x := range n.X {
			b.expr(x)
		}
	}
}

func (b *builder) stmts(list []jsparse.Stmt) {
	for _, s := range list {
		b.stmt(s)
	}
}

// scoped makes a labelled statement a target of break.
func (b *builder) scoped(labels []string, body func()) {
	if len(labels) == 0 {
		body()
		return
	}
	after := b.block()
	b.targets = append(b.targets, target{labels: labels, breaks: after, finals: len(b.finals), labelled: true})
	body()
	b.targets = b.targets[:len(b.targets)-1]
	b.end(flow.Jump{To: after})
	b.cur = after
}

func (b *builder) exprStmt(n *jsparse.ExprStmt) {
	outer := b.statement
	b.statement = n
	op := b.expr(n.X)
	if op.Var != nil && dropsValue(n.X) {
		b.emit(flow.Drop{Site: b.site(n.X, b.calleeText(n.X)), Of: op})
	}
	b.statement = outer
}

// dropsValue tells whether an expression statement throws its value away (an assignment keeps it).
func dropsValue(x jsparse.Expr) bool {
	switch x := x.(type) {
	case *jsparse.Call, *jsparse.New, *jsparse.Conditional, *jsparse.Array:
		return true
	case *jsparse.Binary:
		return x.Op == "&&" || x.Op == "||" || x.Op == ","
	case *jsparse.Unary:
		return false // `void promise` says so on purpose
	}
	return false
}

func (b *builder) varDecl(n *jsparse.VarDecl) {
	for _, d := range n.Decls {
		if d.Init == nil {
			if name, ok := d.Target.(*jsparse.Name); ok && n.Kind != jsparse.Var {
				b.set(name.Symbol, known(flow.Undefined))
			}
			continue
		}
		b.bind(d.Target, b.expr(d.Init))
		b.bindResponse(d.Target, d.Init)
	}
}

func (b *builder) set(sym *jsparse.Symbol, from flow.Operand) {
	if v := b.e.variable(sym); v != nil && b.cur != nil {
		b.emit(flow.Set{To: v, From: from})
	}
}

// bind gives the names of a pattern their values.
func (b *builder) bind(p jsparse.Node, from flow.Operand) {
	switch p := p.(type) {
	case *jsparse.Name:
		b.set(p.Symbol, from)
	case *jsparse.Ident:
		b.set(p.Symbol, from)
	case *jsparse.ObjectPattern:
		b.unpack(p, from)
		b.bindItems(p.Items)
		b.unpackRecord(p.Items, from)
	case *jsparse.ArrayPattern:
		b.unpack(p, from)
		b.bindItems(p.Items)
	case *jsparse.Member:
		b.expr(p.Object)
	}
}

// unpack throws if there is nothing to take apart.
func (b *builder) unpack(p jsparse.Node, from flow.Operand) {
	what := "there is nothing to destructure: the value is undefined"
	if from.Var != nil {
		b.emit(flow.MayThrow{Range: b.rng(p), What: what, Weak: true, On: from.Var})
	} else if k := from.Value.Kind; k == flow.Undefined || k == flow.Null {
		b.emit(flow.MayThrow{Range: b.rng(p), What: what, Always: true})
	}
}

func (b *builder) bindItems(items []jsparse.PatternItem) {
	for _, it := range items {
		if it.Computed != nil {
			b.expr(it.Computed)
		}
		if it.Target == nil {
			continue
		}
		if it.Default != nil && hasEffect(it.Default) {
			b.maybe(func() { b.expr(it.Default) })
		}
		b.bind(it.Target, unknownOperand())
	}
}

// maybe runs body on one of two paths.
func (b *builder) maybe(body func()) {
	yes, no := b.block(), b.block()
	b.end(flow.Choose{To: []*flow.Block{yes, no}})
	b.cur = yes
	body()
	b.end(flow.Jump{To: no})
	b.cur = no
}

// hasEffect tells whether evaluating x can do more than give a value.
func hasEffect(x jsparse.Node) bool {
	found := false
	jsparse.Walk(x, func(n jsparse.Node) bool {
		switch n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Call, *jsparse.New, *jsparse.Await, *jsparse.Assign, *jsparse.Update, *jsparse.Yield, *jsparse.ImportCall:
			found = true
		}
		return !found
	})
	return found
}

func (b *builder) ifStmt(n *jsparse.If) {
	then, after := b.block(), b.block()
	otherwise := after
	if n.Else != nil {
		otherwise = b.block()
	}
	if !b.join(n, then, otherwise) {
		b.cond(n.Cond, then, otherwise)
	}
	b.cur = then
	b.stmt(n.Then)
	b.end(flow.Jump{To: after})
	if n.Else != nil {
		b.cur = otherwise
		b.stmt(n.Else)
		b.end(flow.Jump{To: after})
	}
	b.cur = after
}

func (b *builder) returnStmt(n *jsparse.Return) {
	value := known(flow.Undefined)
	if n.X != nil {
		outer := b.returned
		b.returned = n.X
		if x, ok := n.X.(*jsparse.Object); ok {
			value = b.record(x)
		} else {
			value = b.expr(n.X)
		}
		b.returned = outer
	}
	if b.cur == nil {
		return
	}
	if len(b.finals) > 0 && value.Var != nil {
		keep := b.temp()
		b.emit(flow.Set{To: keep, From: value})
		value = flow.Operand{Var: keep}
	}
	b.runFinals(0)
	b.end(flow.Return{Range: b.rng(n), Value: value})
}

func (b *builder) throw(n *jsparse.Throw) {
	b.expr(n.X)
	rethrow := false
	if id, ok := n.X.(*jsparse.Ident); ok {
		rethrow = slices.Contains(b.caught, id.Symbol)
	}
	b.end(flow.Raise{Range: b.rng(n), Rethrow: rethrow})
}

// leave is break or continue.
func (b *builder) leave(n jsparse.Node, label string, again bool) {
	for i := len(b.targets) - 1; i >= 0; i-- {
		t := b.targets[i]
		if !t.meant(label, again) {
			continue
		}
		to := t.breaks
		if again {
			to = t.continues
		}
		b.runFinals(t.finals)
		b.end(flow.Jump{To: to})
		return
	}
	b.end(flow.Stop{Range: b.rng(n)})
}

// meant tells whether a break or continue with this label leaves t.
func (t target) meant(label string, again bool) bool {
	switch {
	case again && t.continues == nil:
		return false
	case label != "":
		return slices.Contains(t.labels, label)
	}
	return !t.labelled
}

func (b *builder) classBody(c *jsparse.ClassExpr) {
	for _, m := range c.Members {
		if m.Static && m.Value != nil && !m.Method {
			b.expr(m.Value)
		}
		if m.Block != nil {
			b.stmts(m.Block.Body)
		}
	}
}
