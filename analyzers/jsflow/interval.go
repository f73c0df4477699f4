package jsflow

import (
	"math"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// interval is a number that lies between two others: `1000 + Math.random() * 100`.
type interval struct {
	low, high float64
	unknown   bool
}

func exactly(f float64) interval { return interval{low: f, high: f} }

func (i interval) exact() bool { return !i.unknown && i.low == i.high }

// effect evaluates an expression of the loop with what it does: it counts, assigns and waits.
func (r *runner) effect(x jsparse.Expr) interval {
	switch n := x.(type) {
	case *jsparse.Await:
		return r.await(n)
	case *jsparse.Assign:
		return r.assign(n)
	case *jsparse.Update:
		return r.update(n)
	case *jsparse.Literal, *jsparse.Ident, *jsparse.Binary, *jsparse.Unary, *jsparse.Call, *jsparse.Member, *jsparse.Conditional:
		if v, ok := r.arithmetic(n); ok {
			return v
		}
	}
	if r.skip(x) != goesOn {
		r.unknown = true
	}
	return interval{unknown: true}
}

func (r *runner) await(n *jsparse.Await) interval {
	ms, waits := r.wait(n.X)
	if !waits {
		if r.skip(n.X) != goesOn {
			r.unknown = true
		}
		return interval{unknown: true}
	}
	v, ok := r.arithmetic(ms)
	if !ok || v.unknown || math.IsInf(v.low, 0) || v.low < 0 || v.low > 1e10 {
		r.unknown = true
		return interval{unknown: true}
	}
	r.ms += int(v.low)
	if v.low >= r.longs {
		r.longs, r.at = v.low, n.X
	}
	return interval{unknown: true}
}

func (r *runner) assign(n *jsparse.Assign) interval {
	id, ok := n.Target.(*jsparse.Ident)
	if !ok {
		r.skip(n)
		return interval{unknown: true}
	}
	v := r.effect(n.Value)
	if n.Op != "=" {
		v = combine(strings.TrimSuffix(n.Op, "="), r.number(id), v)
	}
	r.numbers[id.Symbol] = v
	return v
}

func (r *runner) update(n *jsparse.Update) interval {
	id, ok := n.X.(*jsparse.Ident)
	if !ok {
		return interval{unknown: true}
	}
	before := r.number(id)
	after := combine(n.Op[:1], before, exactly(1))
	r.numbers[id.Symbol] = after
	if n.Start < n.X.Span().Start { // ++i
		return after
	}
	return before
}

// number is what a name holds in this round: what the loop has made of it, or else a constant.
func (r *runner) number(id *jsparse.Ident) interval {
	if v, ok := r.numbers[id.Symbol]; ok {
		return v
	}
	at := r.b.e.scopeOf(id.Symbol)
	if at == nil {
		return interval{unknown: true}
	}
	var from jsparse.Expr
	for _, w := range at.mod.writes[id.Symbol] {
		switch {
		case w.init && w.from != nil && len(w.path) == 0:
			from = w.from
		case w.init && w.def != nil: // a parameter's default
		case !r.writtenOnlyInside(at.mod, id.Symbol):
			return interval{unknown: true}
		}
	}
	v, _ := r.b.s.parameter(id.Symbol, at)
	if from != nil {
		v = r.b.s.eval(from, at)
	}
	if f, ok := number(v); ok {
		return exactly(f)
	}
	return interval{unknown: true}
}

// writtenOnlyInside tells whether nothing outside the loop gives a name another value than its declaration does.
func (r *runner) writtenOnlyInside(m *module, sym *jsparse.Symbol) bool {
	inner, inside, all := r.loop.Span(), 0, 0
	for _, st := range m.file.Body {
		jsparse.Walk(st, func(n jsparse.Node) bool {
			var target jsparse.Node
			switch n := n.(type) {
			case *jsparse.Assign:
				target = n.Target
			case *jsparse.Update:
				target = n.X
			default:
				return true
			}
			for _, s := range patternSymbols(target) {
				if s == sym {
					all++
					if at := n.Span(); at.Start >= inner.Start && at.End <= inner.End {
						inside++
					}
				}
			}
			return true
		})
	}
	return inside == all
}

// holds is the truth of a condition.
func (r *runner) holds(x jsparse.Expr) (yes, known bool) {
	switch n := x.(type) {
	case nil:
		return true, true
	case *jsparse.Unary:
		if n.Op == "!" {
			yes, known = r.holds(n.X)
			return !yes, known
		}
	case *jsparse.Binary:
		switch n.Op {
		case "&&", "||":
			left, known := r.holds(n.Left)
			if !known {
				return false, false
			}
			if left == (n.Op == "||") {
				return left, true
			}
			return r.holds(n.Right)
		case "<", "<=", ">", ">=", "===", "==", "!==", "!=":
			return compare(n.Op, r.value(n.Left), r.value(n.Right))
		}
	case *jsparse.Literal:
		if n.Kind == jsparse.Boolean {
			return n.Value == "true", true
		}
	}
	v := r.value(x)
	return v.low != 0, v.exact()
}

// value is that of an operand: a counter may be counted there.
func (r *runner) value(x jsparse.Expr) interval {
	if u, ok := x.(*jsparse.Update); ok {
		return r.update(u)
	}
	v, ok := r.arithmetic(x)
	if !ok {
		return interval{unknown: true}
	}
	return v
}

func compare(op string, a, b interval) (yes, known bool) {
	if !a.exact() || !b.exact() {
		return false, false
	}
	switch op {
	case "<":
		yes = a.low < b.low
	case "<=":
		yes = a.low <= b.low
	case ">":
		yes = a.low > b.low
	case ">=":
		yes = a.low >= b.low
	case "===", "==":
		yes = a.low == b.low
	default:
		yes = a.low != b.low
	}
	return yes, true
}
