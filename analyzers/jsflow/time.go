package jsflow

import (
	"slices"
	"strconv"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// constantDelay is the argument that says how long a timer waits, in ms; -1 if it is not constant.
func constantDelay(args []argument, at int) int {
	if len(args) <= at {
		return 0
	}
	if c, ok := args[at].val.(constant); ok && c.kind == jsparse.Number {
		if ms, err := strconv.ParseFloat(c.text, 64); err == nil && ms >= 0 && ms < 1e12 {
			return int(ms)
		}
	}
	return -1
}

// readsTimeLeft tells whether an expression asks how much of the invocation's time is left.
func readsTimeLeft(x jsparse.Expr) bool {
	found := false
	jsparse.Walk(x, func(n jsparse.Node) bool {
		m, ok := n.(*jsparse.Member)
		found = found || ok && m.Name == "getRemainingTimeInMillis"
		return !found
	})
	return found
}

// deadline is the time limit of a call that takes one in an object of options: 0 if it has none, -1 if it has one, or
// if the options cannot be seen.
func (b *builder) deadline(args []argument, at int, names ...string) int {
	if len(args) <= at {
		return 0
	}
	lit, ok := args[at].x.(*jsparse.Object)
	if !ok {
		return -1
	}
	for _, p := range lit.Props {
		if p.Key == "" || slices.Contains(names, p.Key) {
			return -1 // a spread may hold it
		}
	}
	return 0
}
