package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// rounds is what a loop waits altogether if every attempt in it fails: `for (let i = 0; i < 5; i++) { try { return await f() }
// catch { await sleep(2 ** i * 1000) } }`. It is found out by going through the loop with its counters, round by round.
type rounds struct {
	ms    int
	at    jsparse.Node // the longest wait
	longs float64
	waits map[jsparse.Node]bool // calls that wait; in the graph they take no time, because the sum stands for them
	// ends is the statement that leaves the loop; nil if its condition does.
	ends jsparse.Node
	// supposes means that something has to fail for it.
	supposes bool
}

// mostRounds bounds how many rounds are gone through.
const mostRounds = 1000

// loopRounds is what a loop waits altogether; nil if that is not known, or nothing.
func (b *builder) loopRounds(loop jsparse.Stmt, init jsparse.Stmt, cond, post jsparse.Expr, body jsparse.Stmt, testsFirst bool) *rounds {
	if b.e.fn == nil || b.loops > 0 || !mentionsWait(body) {
		return nil
	}
	r := b.runner(loop)
	if d, ok := init.(*jsparse.VarDecl); ok {
		r.declare(d)
	}
	for range mostRounds {
		if testsFirst || r.again {
			switch yes, known := r.holds(cond); {
			case !known:
				return nil
			case !yes:
				return r.result()
			}
		}
		r.again = true
		switch r.run(body) {
		case leaves:
			return r.result()
		case unclear:
			return nil
		}
		if post != nil {
			r.effect(post)
		}
	}
	return nil
}

func (b *builder) runner(loop jsparse.Stmt) *runner {
	return &runner{b: b, loop: loop, numbers: map[*jsparse.Symbol]interval{}, rounds: rounds{waits: map[jsparse.Node]bool{}}}
}

// listRounds is loopRounds of `for (const ms of [1000, 2000, 4000])`.
func (b *builder) listRounds(n *jsparse.ForEach) *rounds {
	if b.e.fn == nil || b.loops > 0 || n.In || n.Await || !mentionsWait(n.Body) {
		return nil
	}
	all, ok := b.s.eval(n.Right, b.e).(*list)
	left, isDecl := n.Left.(*jsparse.VarDecl)
	if !ok || !isDecl || len(left.Decls) != 1 {
		return nil
	}
	name, ok := left.Decls[0].Target.(*jsparse.Name)
	if !ok {
		return nil
	}
	r := b.runner(n)
	for _, item := range all.items {
		f, ok := number(item)
		if !ok {
			return nil
		}
		r.numbers[name.Symbol] = exactly(f)
		switch r.run(n.Body) {
		case leaves:
			return r.result()
		case unclear:
			return nil
		}
	}
	return r.result()
}

func (r *runner) result() *rounds {
	if r.ms <= 0 || r.unknown {
		return nil
	}
	out := r.rounds
	return &out
}

// mentionsWait is quick: most loops wait for no time.
func mentionsWait(body jsparse.Stmt) bool {
	found := false
	jsparse.Walk(body, func(n jsparse.Node) bool {
		switch n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Await:
			found = true
		}
		return !found
	})
	return found
}

// timed remembers the waits of a loop: those inside take no time, and the sum stands where the loop is left.
func (b *builder) timed(r *rounds) {
	if r == nil {
		return
	}
	for n := range r.waits {
		b.s.untimed[objectKey{n, b.e}] = true
	}
	if r.ends != nil {
		b.s.waitsBefore[objectKey{r.ends, b.e}] = r
	}
}

// afterRounds is where a loop goes when its condition ends it: through the sum of its waits.
func (b *builder) afterRounds(r *rounds, after *flow.Block) *flow.Block {
	if r == nil || r.ends != nil {
		return after
	}
	outer, exit := b.cur, b.block()
	b.cur = exit
	b.waitFor(r)
	b.end(flow.Jump{To: after})
	b.cur = outer
	return exit
}

// waitFor waits as long as all rounds of a loop together.
func (b *builder) waitFor(r *rounds) {
	if r.supposes {
		b.waits(r.at, r.ms, everyAttemptFails)
	} else {
		b.waits(r.at, r.ms, allRounds)
	}
}

// What a wait supposes, as the text of its site; rules put it into their messages.
const (
	everyAttemptFails = "if every attempt fails"
	allRounds         = "with the waits of all rounds"
	limitsAreUsedUp   = "if calls with a time limit take as long as it allows"
)

// isUntimed tells whether the time that a call waits is counted elsewhere: it is in a loop whose rounds are added up.
func (b *builder) isUntimed(n jsparse.Node) bool {
	if len(b.s.untimed) == 0 {
		return false
	}
	for e := b.e; e != nil; e = e.parent {
		if b.s.untimed[objectKey{n, e}] {
			return true
		}
	}
	return false
}
