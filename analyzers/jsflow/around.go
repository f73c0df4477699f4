package jsflow

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// around lowers a call of unknown code that wraps a function of the program and is waited for itself: a transaction, a
// session, a retry, a span. It calls the function before its own promise settles, and what the function rejects with
// rejects that promise. Ok is false if the call is none of these.
func (b *builder) around(n jsparse.Expr, args []argument, w *flow.Work) (op flow.Operand, ok bool) {
	i := b.wrapped(n, args)
	if i < 0 {
		return unknownOperand(), false
	}
	fn := b.callbackTarget(args[i])
	if fn == nil {
		return unknownOperand(), false
	}
	for j, a := range args {
		if j != i {
			b.escapePromise(a)
			b.escape(n, a.val)
		}
	}
	site := b.site(n, b.calleeText(n))
	given := make([]flow.Operand, len(fn.Params))
	for j := range given {
		given[j] = unknownOperand()
	}
	result := &flow.Var{}
	wrapper := synthetic(b.calleeText(n), b.rng(n), nil,
		flow.Wait{Site: site, Promise: unknownOperand(), Result: &flow.Var{}, Maybe: w},
		flow.Call{Site: flow.Site{Range: fn.Range, Text: fn.Name}, Funcs: []*flow.Func{fn}, Args: given, Result: result},
		flow.Wait{Site: site, Promise: flow.Operand{Var: result}, Result: &flow.Var{}})
	wrapper.Async = true
	r := b.temp()
	b.emit(flow.Call{Site: site, Funcs: []*flow.Func{wrapper}, Result: r})
	return flow.Operand{Var: r}, true
}

// wrapped is the argument that a call wraps, -1 if it wraps none: the only function, one that gives a promise, given to a
// call whose own promise is waited for.
func (b *builder) wrapped(n jsparse.Expr, args []argument) int {
	call, isCall := n.(*jsparse.Call)
	if !isCall || b.promised != n && b.returned != n || takesListener(call) {
		return -1
	}
	at := -1
	for i, a := range args {
		if !isClosure(a.val) && !isSettler(a.val) {
			continue
		}
		if at >= 0 || nodeStyle(a.val) || !givesPromise(a.val, b.promised == n) {
			return -1
		}
		at = i
	}
	return at
}

// givesPromise tells whether a function is written to give one: it is async, or, if that is waited for, hands on what a
// call gives.
func givesPromise(v value, awaited bool) bool {
	switch v := v.(type) {
	case *closure:
		if v.fn.Generator {
			return false
		}
		return v.fn.Async || awaited && v.fn.ExprBody && handsOn(v.fn)
	case *bound:
		return givesPromise(v.fn, awaited)
	}
	return false
}

// handsOn tells whether an arrow's expression is a call.
func handsOn(fn *jsparse.Func) bool {
	if len(fn.Body.Body) != 1 {
		return false
	}
	r, ok := fn.Body.Body[0].(*jsparse.Return)
	if !ok {
		return false
	}
	_, isCall := r.X.(*jsparse.Call)
	return isCall
}

// takesListener tells whether a method's name says that what it is given is called later, or never.
func takesListener(call *jsparse.Call) bool {
	m, ok := call.Callee.(*jsparse.Member)
	return ok && (listens(m.Name) || slices.Contains([]string{"off", "subscribe", "consume", "use"}, m.Name))
}
