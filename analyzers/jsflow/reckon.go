package jsflow

import (
	"math"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// arithmetic is the value of a numeric expression without effects; ok is false for others.
func (r *runner) arithmetic(x jsparse.Expr) (v interval, ok bool) {
	switch n := x.(type) {
	case *jsparse.Literal, *jsparse.Member:
		f, ok := number(r.b.s.eval(n, r.b.e))
		return exactly(f), ok
	case *jsparse.Ident:
		return r.number(n), true
	case *jsparse.Unary:
		if n.Op == "-" {
			v, ok := r.arithmetic(n.X)
			return interval{-v.high, -v.low, v.unknown}, ok
		}
	case *jsparse.Binary:
		left, ok1 := r.arithmetic(n.Left)
		right, ok2 := r.arithmetic(n.Right)
		return combine(n.Op, left, right), ok1 && ok2
	case *jsparse.Call:
		return r.math(n)
	}
	return interval{unknown: true}, false
}

// math is a call of one of Math's functions.
func (r *runner) math(n *jsparse.Call) (interval, bool) {
	g, ok := r.b.s.eval(n.Callee, r.b.e).(global)
	if !ok {
		return interval{unknown: true}, false
	}
	var args []interval
	for _, x := range n.Args {
		v, ok := r.arithmetic(x)
		if !ok || v.unknown {
			return interval{unknown: true}, false
		}
		args = append(args, v)
	}
	switch {
	case g.path == "Math.random" && len(args) == 0:
		return interval{low: 0, high: 1}, true
	case g.path == "Math.pow" && len(args) == 2:
		return combine("**", args[0], args[1]), true
	case g.path == "Math.min" && len(args) > 0:
		return fold(args, math.Min), true
	case g.path == "Math.max" && len(args) > 0:
		return fold(args, math.Max), true
	case len(args) != 1:
	case g.path == "Math.round" || g.path == "Math.floor" || g.path == "Math.trunc":
		return interval{low: math.Floor(args[0].low), high: math.Ceil(args[0].high)}, true
	case g.path == "Math.ceil":
		return interval{low: math.Ceil(args[0].low), high: math.Ceil(args[0].high)}, true
	}
	return interval{unknown: true}, false
}

func fold(list []interval, by func(a, b float64) float64) interval {
	out := list[0]
	for _, v := range list[1:] {
		out = interval{low: by(out.low, v.low), high: by(out.high, v.high)}
	}
	return out
}

// combine is what an operator makes of two numbers. Only what grows with both of its operands is known of numbers that are not exact.
func combine(op string, a, b interval) interval {
	if a.unknown || b.unknown {
		return interval{unknown: true}
	}
	switch op {
	case "+":
		return interval{low: a.low + b.low, high: a.high + b.high}
	case "-":
		return interval{low: a.low - b.high, high: a.high - b.low}
	case "*":
		if a.low >= 0 && b.low >= 0 {
			return interval{low: a.low * b.low, high: a.high * b.high}
		}
	}
	if !a.exact() || !b.exact() {
		return interval{unknown: true}
	}
	switch op {
	case "*":
		return exactly(a.low * b.low)
	case "/":
		if b.low != 0 {
			return exactly(a.low / b.low)
		}
	case "%":
		if b.low != 0 {
			return exactly(math.Mod(a.low, b.low))
		}
	case "**":
		return exactly(math.Pow(a.low, b.low))
	case "<<":
		if b.low >= 0 && b.low < 31 && a.low >= 0 && a.low < 1<<20 {
			return exactly(float64(int32(int64(a.low) << uint(b.low))))
		}
	}
	return interval{unknown: true}
}

// wait tells whether x waits for time to pass, and which expression says how long, in ms.
func (r *runner) wait(x jsparse.Expr) (ms jsparse.Expr, waits bool) {
	switch n := x.(type) {
	case *jsparse.Call:
		at := r.delayOf(n)
		if at < 0 || at >= len(n.Args) {
			return nil, false
		}
		r.waits[n] = true
		return n.Args[at], true
	case *jsparse.New:
		if g, ok := r.b.s.eval(n.Callee, r.b.e).(global); !ok || g.path != "Promise" || len(n.Args) != 1 {
			return nil, false
		}
		exec, ok := n.Args[0].(*jsparse.Func)
		if !ok {
			return nil, false
		}
		timer := onlyTimer(exec)
		if timer == nil {
			return nil, false
		}
		r.waits[timer] = true
		return timer.Args[1], true
	}
	return nil, false
}

// delayOf is which argument of a call says how long it waits; -1 if it does not wait for time.
func (r *runner) delayOf(n *jsparse.Call) int {
	switch c := r.b.s.eval(n.Callee, r.b.e).(type) {
	case *closure:
		return r.b.s.sleeper(c.fn)
	case *promisified:
		if isTimer(c.of) {
			return 0
		}
	case external:
		if c.pkg == "timers/promises" && c.path == "setTimeout" || c.pkg == "delay" && (c.path == "" || c.path == "default") {
			return 0
		}
	}
	return -1
}

// onlyTimer is the one call in `resolve => setTimeout(resolve, ms)`.
func onlyTimer(exec *jsparse.Func) *jsparse.Call {
	if len(exec.Params) == 0 || exec.Body == nil || len(exec.Body.Body) != 1 {
		return nil
	}
	var x jsparse.Expr
	switch st := exec.Body.Body[0].(type) {
	case *jsparse.Return:
		x = st.X
	case *jsparse.ExprStmt:
		x = st.X
	}
	c, ok := x.(*jsparse.Call)
	if !ok || len(c.Args) != 2 {
		return nil
	}
	id, ok := c.Callee.(*jsparse.Ident)
	if !ok || id.Symbol.Name != "setTimeout" || id.Symbol.Kind != jsparse.Unbound {
		return nil
	}
	return c
}
