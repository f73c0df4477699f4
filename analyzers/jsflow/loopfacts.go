package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// deepestLoop is how many loops around a loop leave it worth a look: each look goes through all that it contains.
const deepestLoop = 16

// loopFacts looks at a loop as a whole: can anything in it end it?
func (b *builder) loopFacts(n jsparse.Stmt, cond, post jsparse.Expr, body jsparse.Stmt) *flow.Loop {
	l := &flow.Loop{Range: b.rng(n), Head: b.rng(n)}
	if body != nil {
		l.Head.End = body.Span().Start
		if cond != nil && cond.Span().Start > body.Span().End { // do … while
			l.Head = b.rng(cond)
		}
		l.Head = trim(b.e.mod.file.Text, l.Head)
	}
	if b.e.fn == nil || b.e.fn.Generator || b.loops > deepestLoop {
		return l
	}
	u := b.use(n, cond, post, body)
	l.Names = u.names
	l.Waits = u.waits
	always := cond == nil || b.alwaysTrue(cond)
	switch {
	case always && !u.leaves:
		l.Endless, l.Why = true, "nothing in it breaks, returns or throws"
	case !always && !u.leaves && receding(cond, n, u.written) != "":
		l.Receding, l.Why = receding(cond, n, u.written), "on one of the ways through the loop it moves away from the bound"
	case u.limited:
	case u.retry && (always || !u.changesCond):
		l.Retries, l.Why = true, "after a failure it tries again, without limit"
	case u.sleeps && u.asks && !turnsPages(cond, body):
		l.Polls, l.Why = true, "it waits and asks again until the answer changes, without limit"
	case !always && !u.leaves && !u.changesCond:
		l.Unchanged, l.Why = true, "nothing in it changes its condition"
	}
	return l
}

// turnsPages tells whether a loop goes on as long as there is a value that the next question is asked with: the mark of the next
// page. Such a loop asks another question each time, and the pages come to an end.
func turnsPages(cond jsparse.Expr, body jsparse.Stmt) bool {
	if c, ok := cond.(*jsparse.Binary); ok && (c.Op == "!==" || c.Op == "!=") {
		if l, ok := c.Right.(*jsparse.Literal); ok && (l.Kind == jsparse.Null || l.Kind == jsparse.Undefined) {
			cond = c.Left
		}
	}
	mark, ok := cond.(*jsparse.Ident)
	if !ok || body == nil {
		return false
	}
	used, target := false, map[jsparse.Node]bool{}
	jsparse.Walk(body, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Assign:
			target[n.Target] = true
		case *jsparse.Call:
			return !keepsArguments(n)
		case *jsparse.Ident:
			used = used || n.Symbol == mark.Symbol && !target[n]
		}
		return !used
	})
	return used
}

func (b *builder) alwaysTrue(cond jsparse.Expr) bool {
	c, ok := b.s.eval(cond, b.e).(constant)
	if !ok || !b.settled(cond) {
		return false
	}
	switch c.kind {
	case jsparse.Boolean:
		return c.text == "true"
	case jsparse.Number:
		return c.text != "0" && c.text != "NaN"
	case jsparse.String:
		return c.text != ""
	}
	return false
}

// loopUse is what happens in a loop that matters for its end.
type loopUse struct {
	names       []string
	leaves      bool // break out of it, return, throw, or the end of the process
	changesCond bool // something may change what the condition reads
	waits       bool // await
	sleeps      bool // waits for time to pass
	asks        bool // awaits the answer of a call
	limited     bool // a counter or a clock is compared in a way that can end it
	retry       bool // try { …; leave } catch { go on }
	written     map[*jsparse.Symbol]bool
}

func (b *builder) use(n jsparse.Stmt, cond, post jsparse.Expr, body jsparse.Stmt) *loopUse {
	u := &loopUse{}
	reads := map[*jsparse.Symbol]bool{}
	opaque := false
	if cond != nil {
		opaque = b.condReads(cond, reads, u)
	}
	written, mutated := map[*jsparse.Symbol]bool{}, map[*jsparse.Symbol]bool{}
	counters := map[*jsparse.Symbol]bool{}
	parts := []jsparse.Node{body}
	if cond != nil {
		parts = append(parts, cond)
	}
	if post != nil {
		parts = append(parts, post)
	}
	for _, p := range parts {
		b.bodyUse(p, n, u, &touched{reads, written, mutated, counters})
	}
	inside := membersRead(cond)
	for s := range reads {
		if written[s] || (mutated[s] && inside[s]) {
			u.changesCond = true
		}
	}
	u.written = written
	u.changesCond = u.changesCond || opaque
	u.limited = b.isLimited(n, cond, counters)
	return u
}

// awaitUse tells waiting for time from asking for an answer.
func (b *builder) awaitUse(a *jsparse.Await, u *loopUse) {
	sleeping := false
	jsparse.Walk(a.X, func(n jsparse.Node) bool {
		c, ok := n.(*jsparse.Call)
		if !ok {
			return true
		}
		name := ""
		switch callee := c.Callee.(type) {
		case *jsparse.Ident:
			name = callee.Symbol.Name
		case *jsparse.Member:
			name = callee.Name
		}
		sleeping = sleeping || sleepName.MatchString(name) || b.s.sleeps(b.s.eval(c.Callee, b.e))
		return true
	})
	if sleeping {
		u.sleeps = true
	} else if _, ok := a.X.(*jsparse.Call); ok {
		u.asks = true
	}
}

// sleeps tells whether calling v gives a promise of a timer.
func (s *session) sleeps(v value) bool {
	switch v := v.(type) {
	case *closure:
		found := false
		jsparse.Walk(v.fn.Body, func(n jsparse.Node) bool {
			if c, ok := n.(*jsparse.Call); ok {
				if g, ok := s.eval(c.Callee, v.env).(global); ok && g.path == "setTimeout" {
					found = len(v.fn.Body.Body) <= 2
				}
			}
			return !found
		})
		return found
	case *promisified:
		return isTimer(v.of)
	case external:
		return v.pkg == "timers/promises" || v.pkg == "delay"
	}
	return false
}

// retries is a try whose success leaves the loop and whose failure goes on with it.
func (b *builder) retries(t *jsparse.Try) bool {
	return t.Catch != nil && exits(t.Body) && !exits(t.Catch) && !assigns(t.Catch)
}

func exits(n jsparse.Node) bool {
	found := false
	jsparse.Walk(n, func(n jsparse.Node) bool {
		switch n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Return, *jsparse.Throw, *jsparse.Break:
			found = true
		}
		return !found
	})
	return found
}

func assigns(n jsparse.Node) bool {
	found := false
	jsparse.Walk(n, func(n jsparse.Node) bool {
		switch n.(type) {
		case *jsparse.Assign, *jsparse.Update:
			found = true
		}
		return !found
	})
	return found
}

// isLimited tells whether a counter or a clock is compared anywhere in the loop.
func (b *builder) isLimited(loop jsparse.Node, cond jsparse.Expr, counters map[*jsparse.Symbol]bool) bool {
	found := false
	jsparse.Walk(loop, func(n jsparse.Node) bool {
		bin, ok := n.(*jsparse.Binary)
		if !ok || found {
			return !found
		}
		switch bin.Op {
		case "<", ">", "<=", ">=", "===", "==", "!==", "!=", "%":
			found = b.counts(bin.Left, counters) || b.counts(bin.Right, counters)
		}
		return !found
	})
	if !found && cond != nil {
		if id, ok := cond.(*jsparse.Ident); ok { // while (tries--)
			found = counters[id.Symbol]
		}
		if _, ok := cond.(*jsparse.Update); ok {
			found = true
		}
	}
	return found
}

// counts tells whether x reads a counter or the clock.
func (b *builder) counts(x jsparse.Expr, counters map[*jsparse.Symbol]bool) bool {
	found := false
	jsparse.Walk(x, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Ident:
			found = found || counters[n.Symbol]
		case *jsparse.Call:
			switch v := b.s.eval(n.Callee, b.e).(type) {
			case global:
				found = found || v.path == "Date.now" || v.path == "performance.now" || v.path == "process.hrtime" || v.path == "process.uptime"
			}
			if m, ok := n.Callee.(*jsparse.Member); ok && (m.Name == "getRemainingTimeInMillis" || m.Name == "getTime") {
				found = true
			}
		case *jsparse.New:
			if id, ok := n.Callee.(*jsparse.Ident); ok && id.Symbol.Name == "Date" {
				found = true
			}
		case *jsparse.Update:
			found = true
		}
		return !found
	})
	return found
}

// receding is the name of a counter that some statement of the loop moves away from its bound. If the loop writes more
// than the counter, the bound must not be among it, and no statement may move the counter another way.
func receding(cond jsparse.Expr, loop jsparse.Node, written map[*jsparse.Symbol]bool) string {
	bin, ok := cond.(*jsparse.Binary)
	if !ok {
		return ""
	}
	id, ok := bin.Left.(*jsparse.Ident)
	if !ok {
		return ""
	}
	var wrong string
	switch bin.Op {
	case "<", "<=":
		wrong = "--"
	case ">", ">=":
		wrong = "++"
	default:
		return ""
	}
	away, other := moves(loop, id.Symbol, wrong)
	if !away || len(written) > 1 && (other || written[rootSymbol(bin.Right)]) {
		return ""
	}
	return id.Symbol.Name
}

// moves tells whether a loop moves a counter the given way, and whether it gives it any other value.
func moves(loop jsparse.Node, counter *jsparse.Symbol, way string) (so, other bool) {
	jsparse.Walk(loop, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Update:
			if x, ok := n.X.(*jsparse.Ident); ok && x.Symbol == counter {
				so, other = so || n.Op == way, other || n.Op != way
			}
		case *jsparse.Assign:
			for _, s := range patternSymbols(n.Target) {
				if s == counter {
					so, other = so || n.Op == way[:1]+"=", other || n.Op != way[:1]+"="
				}
			}
		}
		return true
	})
	return so, other
}
