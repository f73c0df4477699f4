package jsflow

import (
	"regexp"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// callUnknown is a call of code that cannot be seen: it may throw, it may call
// the functions it is given, and what it is given has escaped.
func (b *builder) callUnknown(n jsparse.Expr, args []argument) flow.Operand {
	b.emit(flow.MayThrow{Range: b.rng(n), What: "`" + b.calleeText(n) + "` throws", Weak: true})
	if op, ok := b.around(n, args, &flow.Work{Kind: flow.PromiseWork, Name: b.calleeText(n), CanFail: b.promised == n}); ok {
		b.lostSight(n)
		return op
	}
	b.handOver(n, args)
	b.lostSight(n)
	return unknownOperand()
}

// handOver gives arguments to code that cannot be seen.
func (b *builder) handOver(n jsparse.Expr, args []argument) {
	var callbacks []argument
	for i, a := range args {
		b.escapePromise(a)
		switch {
		case isClosure(a.val):
			callbacks = append(callbacks, a)
		case isSettler(a.val):
			if i == len(args)-1 || i == 0 {
				callbacks = append(callbacks, a)
			} else {
				b.unsure(a.val)
			}
		default:
			b.escape(n, a.val)
		}
	}
	b.callbacks(n, callbacks)
}

func isClosure(v value) bool {
	switch v := v.(type) {
	case *closure:
		return true
	case *bound:
		return isClosure(v.fn)
	}
	return false
}

func isSettler(v value) bool { _, ok := v.(*settler); return ok }

// escape says so if v could be used to answer or to settle a promise.
func (b *builder) escape(n jsparse.Expr, v value) {
	if b.s.completes(v) {
		b.emit(flow.Escape{Range: b.rng(n), What: flow.CompletionEscapes, Why: "`" + b.calleeText(n) + "` cannot be seen and may answer"})
	}
	b.unsure(v)
}

func (b *builder) unsure(v value) {
	for _, st := range b.s.settlers(v) {
		b.emit(flow.Settle{Site: flow.Site{Range: b.at}, Promise: st.promise, Unsure: true, Fails: st.fails})
	}
}

func (b *builder) escapePromise(a argument) {
	if a.op.Var != nil && b.cur != nil {
		b.emit(flow.Escape{Range: b.rng(a.x), What: flow.PromiseEscapes, Of: a.op})
	}
}

// callbacks are functions given to a call that cannot be seen. A node-style
// callback is called once; of several functions one is called.
func (b *builder) callbacks(n jsparse.Expr, fs []argument) {
	if len(fs) == 0 || b.cur == nil || b.ownEvents(n, fs) {
		return
	}
	lastFn := fs[len(fs)-1]
	if nodeStyle(lastFn.val) || len(fs) == 1 {
		for _, f := range fs[:len(fs)-1] {
			b.escape(n, f.val)
		}
		b.startCallback(n, lastFn)
		return
	}
	var then []*flow.Func
	for _, f := range fs {
		if fn := b.callbackFunc(f, false); fn != nil {
			then = append(then, fn)
		}
	}
	b.emit(flow.Start{Site: b.site(n, b.calleeText(n)), Work: &flow.Work{Kind: flow.EventWork, Name: b.calleeText(n), CanFail: true}, Then: then})
}

// errorName is what people call the first parameter of a node-style callback.
var errorName = regexp.MustCompile(`^_?(e|er|err|error|ex|exception|[a-zA-Z]+Err|[a-zA-Z]+Error)$`)

// nodeStyle tells whether v is a function whose first parameter is an error.
func nodeStyle(v value) bool {
	c, ok := v.(*closure)
	return ok && errorParam(c.fn)
}

func errorParam(fn *jsparse.Func) bool {
	if len(fn.Params) == 0 {
		return false
	}
	name, ok := fn.Params[0].Target.(*jsparse.Name)
	return ok && errorName.MatchString(name.Symbol.Name)
}

func (b *builder) startCallback(n jsparse.Expr, f argument) {
	style := nodeStyle(f.val)
	fn := b.callbackFunc(f, style)
	if fn == nil {
		return
	}
	st := flow.Start{
		Site: b.site(n, b.calleeText(n)),
		Work: &flow.Work{Kind: flow.CallbackWork, Name: b.calleeText(n), CanFail: style, Sure: style},
		Then: []*flow.Func{fn},
	}
	if style {
		st.Args = [][]flow.Operand{{known(flow.Null), unknownOperand(), unknownOperand()}, {known(flow.Truthy), known(flow.Undefined), unknownOperand()}}
		st.ArgSays = []string{"", "`" + b.calleeText(n) + "` calls back with an error"}
	} else {
		st.Args = [][]flow.Operand{{unknownOperand(), unknownOperand(), unknownOperand(), unknownOperand()}}
		st.ArgSays = []string{""}
	}
	b.emit(st)
}

// callbackFunc is the function for a callback. Unless it is node-style, what it
// returns, a promise too, is given back to the code that called it.
func (b *builder) callbackFunc(a argument, style bool) *flow.Func {
	fn := b.callbackTarget(a)
	if fn == nil || style {
		return fn
	}
	return handedBack(fn)
}

// callbackTarget is the function itself.
func (b *builder) callbackTarget(a argument) *flow.Func {
	outer := b.at
	b.at = b.rng(a.x)
	defer func() { b.at = outer }()
	return b.s.target(a.val, a.given, b)
}

// handedBack calls fn and lets go of its promise: somebody else waits for it.
func handedBack(fn *flow.Func) *flow.Func {
	r := &flow.Var{}
	var ops []flow.Operand
	params := make([]*flow.Var, len(fn.Params))
	for i := range params {
		params[i] = &flow.Var{}
		ops = append(ops, flow.Operand{Var: params[i]})
	}
	return synthetic(fn.Name, fn.Range, params,
		flow.Call{Site: flow.Site{Range: fn.Range, Text: fn.Name}, Funcs: []*flow.Func{fn}, Args: ops, Result: r},
		flow.Escape{Range: fn.Range, What: flow.PromiseEscapes, Of: flow.Operand{Var: r}})
}

// settlers are the resolve and reject functions that v holds.
func (s *session) settlers(v value) []*settler {
	r := &reacher{s: s, seen: map[value]bool{}, envs: map[*jsparse.Func]bool{}, collect: true}
	r.value(v)
	return r.found
}
