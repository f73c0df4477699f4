package jsflow

import (
	"maps"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// runner goes through a loop as if every attempt in it failed. It knows numbers and nothing else.
type runner struct {
	b       *builder
	loop    jsparse.Stmt
	numbers map[*jsparse.Symbol]interval
	again   bool
	unknown bool // a wait of unknown length
	rounds
}

// way is how a statement ends.
type way uint8

const (
	goesOn  way = iota
	next        // continue
	leaves      // break, return, throw
	unclear     // it depends on what is not known
)

func (r *runner) run(st jsparse.Stmt) way {
	switch n := st.(type) {
	case *jsparse.Block:
		return r.all(n.Body)
	case *jsparse.VarDecl:
		r.declare(n)
	case *jsparse.ExprStmt:
		r.effect(n.X)
	case *jsparse.If:
		return r.ifElse(n)
	case *jsparse.Try:
		return r.try(n)
	case *jsparse.Return, *jsparse.Throw, *jsparse.Break:
		if br, ok := n.(*jsparse.Break); ok && br.Label != "" {
			return unclear
		}
		r.ends = st
		return leaves
	case *jsparse.Continue:
		if n.Label != "" {
			return unclear
		}
		return next
	case *jsparse.Empty, *jsparse.FuncDecl, *jsparse.ClassDecl, nil:
	default:
		return r.skip(st)
	}
	if r.unknown {
		return unclear
	}
	return goesOn
}

func (r *runner) all(list []jsparse.Stmt) way {
	for _, st := range list {
		if w := r.run(st); w != goesOn {
			return w
		}
	}
	return goesOn
}

// skip is a statement that is not looked into: it may neither wait nor leave, and what it writes is not known any more.
func (r *runner) skip(st jsparse.Node) way {
	w := goesOn
	jsparse.Walk(st, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Return, *jsparse.Throw, *jsparse.Break, *jsparse.Continue, *jsparse.Yield:
			w = unclear
		case *jsparse.Await:
			if _, waits := r.wait(n.X); waits {
				w = unclear
			}
		case *jsparse.Assign:
			r.forget(n.Target)
		case *jsparse.Update:
			r.forget(n.X)
		}
		return true
	})
	return w
}

func (r *runner) forget(target jsparse.Node) {
	for _, sym := range patternSymbols(target) {
		r.numbers[sym] = interval{unknown: true}
	}
}

// ifElse takes the branch that the numbers decide. If they do not, a branch that leaves is not taken: that attempt has not succeeded.
func (r *runner) ifElse(n *jsparse.If) way {
	if yes, known := r.holds(n.Cond); known {
		if yes {
			return r.run(n.Then)
		}
		if n.Else != nil {
			return r.run(n.Else)
		}
		return goesOn
	}
	then, after := r.fork(n.Then)
	otherwise, afterElse := goesOn, r.numbers
	elseMS := r.ms
	var other *runner
	if n.Else != nil {
		other = r.copy()
		otherwise = other.run(n.Else)
		afterElse, elseMS = other.numbers, other.ms
	}
	switch {
	case then == unclear || otherwise == unclear:
		return unclear
	case then == leaves && otherwise == leaves:
		return unclear
	case then == leaves:
		if other != nil {
			r.take(other)
		}
		return otherwise
	case otherwise == leaves, then == next && otherwise == goesOn:
		r.take(after)
		return then
	case then == otherwise && after.ms == elseMS && maps.Equal(after.numbers, afterElse):
		return then
	}
	return unclear
}

func (r *runner) fork(st jsparse.Stmt) (way, *runner) {
	c := r.copy()
	return c.run(st), c
}

func (r *runner) copy() *runner {
	c := *r
	c.numbers = maps.Clone(r.numbers)
	return &c
}

// take goes on where a copy has arrived. The calls that wait are noted in one table anyway.
func (r *runner) take(c *runner) {
	again := r.again
	*r = *c
	r.again = again
}

// try fails if its success would leave the loop, at the first thing in it that may fail.
func (r *runner) try(n *jsparse.Try) way {
	tried, after := r.fork(n.Body)
	var w way
	switch {
	case tried == unclear:
		return unclear
	case tried == leaves && n.Catch != nil:
		if !r.attempt(n.Body.Body) {
			return unclear
		}
		r.supposes = true
		if p, ok := n.Param.(*jsparse.Name); ok {
			r.numbers[p.Symbol] = interval{unknown: true}
		}
		w = r.all(n.Catch.Body)
	default:
		ends := after.ends
		r.take(after)
		r.ends, w = ends, tried
	}
	if n.Finally != nil {
		if f := r.all(n.Finally.Body); f != goesOn {
			return f
		}
	}
	return w
}

// attempt goes through the statements before the one that fails; false if none can.
func (r *runner) attempt(list []jsparse.Stmt) bool {
	for _, st := range list {
		if r.canFail(st) {
			return true
		}
		if w := r.run(st); w != goesOn {
			return false
		}
	}
	return false
}

func (r *runner) canFail(st jsparse.Stmt) bool {
	found := false
	jsparse.Walk(st, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.Await:
			if _, waits := r.wait(n.X); !waits {
				found = true
			}
			return !found
		}
		return !found
	})
	return found
}

func (r *runner) declare(d *jsparse.VarDecl) {
	for _, decl := range d.Decls {
		if decl.Init != nil {
			v := r.effect(decl.Init)
			if name, ok := decl.Target.(*jsparse.Name); ok {
				r.numbers[name.Symbol] = v
				continue
			}
		}
		r.forget(decl.Target)
	}
}
