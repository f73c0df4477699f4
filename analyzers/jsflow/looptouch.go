package jsflow

import (
	"regexp"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// condReads gathers what a condition reads; it reports whether it asks something that may change by itself.
func (b *builder) condReads(cond jsparse.Expr, reads map[*jsparse.Symbol]bool, u *loopUse) bool {
	opaque := false
	jsparse.Walk(cond, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Ident:
			if b.e.variable(n.Symbol) == nil {
				opaque = opaque || n.Symbol.Name != "undefined"
				return true
			}
			if !reads[n.Symbol] {
				reads[n.Symbol] = true
				u.names = append(u.names, n.Symbol.Name)
			}
			if b.e.scopeOf(n.Symbol) != b.e { // shared with other code that may run meanwhile
				opaque = true
			}
		case *jsparse.Call, *jsparse.New, *jsparse.Await, *jsparse.Assign, *jsparse.Update, *jsparse.This, *jsparse.Require:
			opaque = true
		}
		return true
	})
	return opaque
}

// touched are the names that a loop's condition reads and its body changes: written
// names get another value, of mutated ones something inside may change.
type touched struct{ reads, written, mutated, counters map[*jsparse.Symbol]bool }

// membersRead are the names of whose values a condition reads something inside.
func membersRead(cond jsparse.Expr) map[*jsparse.Symbol]bool {
	out := map[*jsparse.Symbol]bool{}
	if cond == nil {
		return out
	}
	jsparse.Walk(cond, func(n jsparse.Node) bool {
		switch n.(type) {
		case *jsparse.Member, *jsparse.Index:
			if s := rootSymbol(n); s != nil {
				out[s] = true
			}
		}
		return true
	})
	return out
}

func (b *builder) bodyUse(part jsparse.Node, loop jsparse.Node, u *loopUse, t *touched) {
	depth := 0
	var walk func(n jsparse.Node, inner int) // inner counts loops and switches that a plain break leaves first
	walk = func(n jsparse.Node, inner int) {
		jsparse.Walk(n, func(c jsparse.Node) bool {
			if c == n && depth > 0 {
				return true
			}
			switch c := c.(type) {
			case *jsparse.Func:
				b.captures(c, t.reads, t.written)
				return false
			case *jsparse.Return, *jsparse.Throw:
				u.leaves = true
			case *jsparse.Break:
				u.leaves = u.leaves || inner == 0 || c.Label != ""
			case *jsparse.Continue:
				u.leaves = u.leaves || c.Label != "" // an outer loop, as likely as not
			case *jsparse.Yield:
				u.leaves = true
			case *jsparse.For, *jsparse.ForEach, *jsparse.While, *jsparse.DoWhile, *jsparse.Switch:
				if c != loop && inner == 0 {
					depth++
					walk(c, inner+1)
					depth--
					return false
				}
			case *jsparse.Try:
				u.retry = u.retry || b.retries(c)
			case *jsparse.Update:
				mark(c.X, t, true)
			case *jsparse.Assign:
				mark(c.Target, t, c.Op == "+=" || c.Op == "-=" || selfStep(c))
			case *jsparse.Await:
				u.waits = true
				b.awaitUse(c, u)
			case *jsparse.Call:
				b.callUse(c, u, t)
			}
			return true
		})
	}
	walk(part, 0)
}

// selfStep is `x = x + 1`.
func selfStep(a *jsparse.Assign) bool {
	t, ok := a.Target.(*jsparse.Ident)
	if !ok || a.Op != "=" {
		return false
	}
	v, ok := a.Value.(*jsparse.Binary)
	if !ok || (v.Op != "+" && v.Op != "-" && v.Op != "*") {
		return false
	}
	l, ok := v.Left.(*jsparse.Ident)
	return ok && l.Symbol == t.Symbol
}

func mark(target jsparse.Node, t *touched, steps bool) {
	for _, s := range patternSymbols(target) {
		t.written[s] = true
		if steps {
			t.counters[s] = true
		}
	}
	switch target.(type) {
	case *jsparse.Member, *jsparse.Index:
		if s := rootSymbol(target); s != nil {
			t.mutated[s] = true
		}
	}
}

func rootSymbol(x jsparse.Expr) *jsparse.Symbol {
	for {
		switch n := x.(type) {
		case *jsparse.Member:
			x = n.Object
		case *jsparse.Index:
			x = n.Object
		case *jsparse.Call:
			x = n.Callee
		case *jsparse.Ident:
			return n.Symbol
		default:
			return nil
		}
	}
}

// captures: a function made in the loop may change what it mentions.
func (b *builder) captures(f *jsparse.Func, reads, written map[*jsparse.Symbol]bool) {
	jsparse.Walk(f, func(n jsparse.Node) bool {
		if id, ok := n.(*jsparse.Ident); ok && reads[id.Symbol] {
			written[id.Symbol] = true
		}
		return true
	})
}

// callUse: a call may change the object it is a method of, and what it is given.
func (b *builder) callUse(c *jsparse.Call, u *loopUse, t *touched) {
	mutated := t.mutated
	if s := rootSymbol(c.Callee); s != nil {
		if m, isMember := c.Callee.(*jsparse.Member); isMember {
			mutated[s] = true
			if id, ok := m.Object.(*jsparse.Ident); ok && stepName.MatchString(m.Name) {
				t.written[id.Symbol] = true
			}
		}
	}
	for _, a := range c.Args {
		if s := rootSymbol(a); s != nil && !keepsArguments(c) {
			mutated[s] = true
		}
	}
	if g, ok := b.s.eval(c.Callee, b.e).(global); ok && (g.path == "process.exit" || g.path == "process.abort") {
		u.leaves = true
	}
}

// stepName is what a method is called that gives an object another value, as a date's: compared, it is another one then.
var stepName = regexp.MustCompile(`^(set[A-Z]\w*|set|add|subtract|plus|minus|sub|increment|decrement|advance|next)$`)

// keepsArguments tells whether a call leaves what it is given as it is: it stores or prints it.
func keepsArguments(c *jsparse.Call) bool {
	m, ok := c.Callee.(*jsparse.Member)
	if !ok {
		return false
	}
	switch m.Name {
	case "push", "unshift", "concat", "log", "info", "warn", "error", "debug", "includes", "indexOf", "stringify", "add", "has":
		return true
	}
	return false
}

var sleepName = regexp.MustCompile(`(?i)^(sleep|delay|wait|pause|timeout|waitFor|setTimeout|snooze|backoff)`)
