package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// loop lowers a loop's body with its targets of break and continue.
func (b *builder) loop(labels []string, breaks, continues *flow.Block, body jsparse.Stmt) {
	b.targets = append(b.targets, target{labels: labels, breaks: breaks, continues: continues, finals: len(b.finals)})
	b.loops++
	b.stmt(body)
	b.loops--
	b.targets = b.targets[:len(b.targets)-1]
}

// head starts the block at which a loop is entered again and again.
func (b *builder) head(l *flow.Loop) *flow.Block {
	h := b.block()
	h.Loop = l
	b.jump(h)
	return h
}

func (b *builder) while(n *jsparse.While, labels []string) {
	body, after := b.block(), b.block()
	rounds := b.loopRounds(n, nil, n.Cond, nil, n.Body, true)
	b.timed(rounds)
	head := b.head(b.loopFacts(n, n.Cond, nil, n.Body))
	b.cond(n.Cond, body, b.afterRounds(rounds, after))
	b.cur = body
	b.loop(labels, after, head, n.Body)
	b.end(flow.Jump{To: head})
	b.cur = after
}

func (b *builder) doWhile(n *jsparse.DoWhile, labels []string) {
	test, after := b.block(), b.block()
	rounds := b.loopRounds(n, nil, n.Cond, nil, n.Body, false)
	b.timed(rounds)
	head := b.head(b.loopFacts(n, n.Cond, nil, n.Body))
	b.loop(labels, after, test, n.Body)
	b.end(flow.Jump{To: test})
	b.cur = test
	b.cond(n.Cond, head, b.afterRounds(rounds, after))
	b.cur = after
}

func (b *builder) forStmt(n *jsparse.For, labels []string) {
	if n.Init != nil {
		b.stmt(n.Init)
		if b.cur == nil {
			return
		}
	}
	body, post, after := b.block(), b.block(), b.block()
	rounds := b.loopRounds(n, n.Init, n.Cond, n.Post, n.Body, true)
	b.timed(rounds)
	head := b.head(b.loopFacts(n, n.Cond, n.Post, n.Body))
	if n.Cond != nil {
		b.cond(n.Cond, body, b.afterRounds(rounds, after))
	} else {
		b.end(flow.Jump{To: body})
	}
	b.cur = body
	b.loop(labels, after, post, n.Body)
	b.end(flow.Jump{To: post})
	b.cur = post
	if n.Post != nil {
		b.expr(n.Post)
	}
	b.end(flow.Jump{To: head})
	b.cur = after
}

// forEach is for…of, for…in and for await: the body runs any number of times.
func (b *builder) forEach(n *jsparse.ForEach, labels []string) {
	over := b.expr(n.Right)
	if b.cur == nil {
		return
	}
	rounds := b.listRounds(n)
	b.timed(rounds)
	body, end := b.block(), b.block()
	after := b.afterRounds(rounds, end)
	some := !n.Await && b.someRound(n.Right, after)
	head := b.head(&flow.Loop{Range: b.rng(n), Head: b.rng(n.Right)})
	if n.Await {
		b.emit(flow.Wait{Site: b.site(n.Right, b.text(n.Right)), Promise: over})
	}
	to := []*flow.Block{body, after}
	if some {
		to = to[:1] // at least one round: the way out is at the end of the body
		again := b.block()
		b.end(flow.Choose{Range: b.rng(n.Right), To: to})
		b.forEachBody(n, labels, body, again, end)
		b.cur = again
		b.end(flow.Choose{Range: b.rng(n.Right), To: []*flow.Block{head, after}})
		b.cur = end
		return
	}
	b.end(flow.Choose{Range: b.rng(n.Right), To: to, Says: []string{"", "`" + b.text(n.Right) + "` is empty, or its end is reached"}})
	b.forEachBody(n, labels, body, head, end)
	b.cur = end
}

func (b *builder) forEachBody(n *jsparse.ForEach, labels []string, body, next, after *flow.Block) {
	b.cur = body
	switch left := n.Left.(type) {
	case *jsparse.VarDecl:
		for _, d := range left.Decls {
			b.bind(d.Target, unknownOperand())
		}
	case *jsparse.ExprStmt:
		b.bind(left.X, unknownOperand())
	}
	b.loop(labels, after, next, n.Body)
	b.end(flow.Jump{To: next})
}

// switchStmt compares the subject with each case in order; bodies fall through.
func (b *builder) switchStmt(n *jsparse.Switch, labels []string) {
	subject := b.expr(n.Subject)
	if v := b.place(n.Subject); v != nil {
		subject = flow.Operand{Var: v}
	} else if subject.Var == nil && subject.Value.Kind == flow.Unknown {
		v := b.temp() // so that the cases exclude each other
		b.emit(flow.Set{To: v, From: subject})
		subject = flow.Operand{Var: v}
	}
	if b.cur == nil {
		return
	}
	after := b.block()
	bodies := make([]*flow.Block, len(n.Cases))
	for i := range n.Cases {
		bodies[i] = b.block()
	}
	otherwise := after
	for i, c := range n.Cases {
		if c.Test == nil {
			otherwise = bodies[i]
			continue
		}
		b.caseTest(n, c, subject, bodies[i])
	}
	b.end(flow.Jump{To: otherwise})
	b.targets = append(b.targets, target{labels: labels, breaks: after, finals: len(b.finals)})
	for i, c := range n.Cases {
		b.cur = bodies[i]
		b.stmts(c.Body)
		if i+1 < len(n.Cases) {
			b.end(flow.Jump{To: bodies[i+1]})
		}
		b.end(flow.Jump{To: after})
	}
	b.targets = b.targets[:len(b.targets)-1]
	b.cur = after
}

func (b *builder) caseTest(n *jsparse.Switch, c *jsparse.Case, subject flow.Operand, body *flow.Block) {
	next := b.block()
	if lit, ok := n.Subject.(*jsparse.Literal); ok && lit.Kind == jsparse.Boolean && lit.Value == "true" {
		b.cond(c.Test, body, next) // switch (true)
		b.cur = next
		return
	}
	cond := flow.Cond{Of: subject, Text: b.text(n.Subject) + " === " + b.text(c.Test)}
	if k, ok := b.constantValue(c.Test); ok {
		cond.Test, cond.Value = flow.IsEqual, k
	} else {
		b.expr(c.Test)
	}
	b.end(flow.Branch{Range: b.rng(c.Test), Cond: cond, Then: body, Else: next})
	b.cur = next
}
