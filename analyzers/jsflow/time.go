package jsflow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// constantDelay is the argument that says how long a timer waits, in ms; -1 if it is not constant.
func constantDelay(args []argument, at int) int {
	if len(args) <= at {
		return 0
	}
	if ms, ok := number(args[at].val); ok && ms >= 0 && ms < 1e12 {
		return int(ms)
	}
	return -1
}

// delay is constantDelay, unless the time is counted elsewhere.
func (b *builder) delay(n jsparse.Node, args []argument, at int) int {
	if b.isUntimed(n) {
		return -1
	}
	return constantDelay(args, at)
}

// number is the value of a numeric constant.
func number(v value) (float64, bool) {
	c, ok := v.(constant)
	if !ok || c.kind != jsparse.Number {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(c.text, "_", ""), 64)
	return n, err == nil
}

// arithmetic is what an operator makes of two numbers: limits and delays are written `60 * 1000`.
func arithmetic(op string, left, right value) value {
	a, okA := number(left)
	b, okB := number(right)
	if !okA || !okB {
		return nil
	}
	switch op {
	case "*":
		a *= b
	case "+":
		a += b
	case "-":
		a -= b
	case "/":
		if b == 0 {
			return nil
		}
		a /= b
	}
	return constant{jsparse.Number, strconv.FormatFloat(a, 'f', -1, 64)}
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

// waitingOff is how a Lambda handler says that its answer is not to wait for what still runs.
var waitingOff = regexp.MustCompile(`callbackWaitsForEmptyEventLoop\s*=\s*(false|!1)`)

func turnsOffWaiting(text string) bool {
	return strings.Contains(text, "callbackWaitsForEmptyEventLoop") && waitingOff.MatchString(text)
}

// unref is `timer.unref()`: nothing waits for the timer any more.
func (b *builder) unref(m *jsparse.Member, recv flow.Operand, args []argument) (flow.Operand, bool) {
	if m.Name != "unref" || len(args) > 0 || recv.Var == nil {
		return unknownOperand(), false
	}
	b.emit(flow.Cancel{Handle: recv})
	return recv, true
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
