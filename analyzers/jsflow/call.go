package jsflow

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// call lowers a call: callee, arguments, then what the callee does.
func (b *builder) call(n *jsparse.Call, nothing *flow.Block) flow.Operand {
	stmt := b.statement
	b.statement = nil
	object, recv := b.callee(n, nothing)
	if n.Optional {
		b.skip(n.Callee, object, nothing)
	}
	outer := b.writesOut
	b.writesOut = b.isWrittenOut(n)
	args := b.args(n.Args)
	b.writesOut = outer
	b.statement = stmt
	if b.cur == nil {
		return unknownOperand()
	}
	if m, ok := n.Callee.(*jsparse.Member); ok {
		if op, done := b.promiseMethod(n, m, recv, args); done {
			return op
		}
		if op, done := b.arrayMethod(n, m, recv, args); done {
			return op
		}
		if op, done := b.listen(n, m); done {
			return op
		}
		if op, done := b.unref(m, recv, args); done {
			return op
		}
		b.consumed(m, recv, true)
		b.mayBeResponder(n, m)
	}
	return b.invoke(n, b.s.eval(n.Callee, b.e), args)
}

// consumed: whoever calls another method of a call's result goes on with it (`got(url).json()`), also if it is a promise.
// Whoever reads a property, or calls a method of a promise that has a name, does so if the promise is more than that.
func (b *builder) consumed(m *jsparse.Member, recv flow.Operand, called bool) {
	_, isCall := m.Object.(*jsparse.Call)
	if isCall = isCall && called; !isCall {
		of, ok := b.s.eval(m.Object, b.e).(indexed)
		isCall = ok && of.shape.MoreThanPromise()
	}
	if isCall {
		b.escapePromise(argument{x: m.Object, op: recv})
	}
}

// callee evaluates what is called; for a method, recv is the object.
func (b *builder) callee(n *jsparse.Call, nothing *flow.Block) (op, recv flow.Operand) {
	m, ok := n.Callee.(*jsparse.Member)
	if !ok {
		return b.link(n.Callee, nothing), unknownOperand()
	}
	promised := b.promised
	if continues(m.Name) {
		b.promised = m.Object
	}
	recv = b.link(m.Object, nothing)
	b.promised = promised
	if m.Optional {
		b.skip(m.Object, recv, nothing)
	} else {
		b.reads(m, m.Object, recv)
	}
	return unknownOperand(), recv
}

// argument is one lowered argument with what is known of it.
type argument struct {
	x   jsparse.Expr
	op  flow.Operand
	val value
	// given is what a function is called with by the code that it is handed to, as far as that is known.
	given []value
}

func (b *builder) args(xs []jsparse.Expr) []argument {
	out := make([]argument, 0, len(xs))
	for _, x := range xs {
		of := x
		if sp, ok := x.(*jsparse.Spread); ok {
			of = sp.X // who is given the elements can use them
		}
		out = append(out, argument{x: x, op: b.expr(x), val: b.s.eval(of, b.e)})
	}
	return out
}

// invoke does what calling v does.
func (b *builder) invoke(n jsparse.Expr, v value, args []argument) flow.Operand {
	if b.cur == nil {
		return unknownOperand()
	}
	switch c := v.(type) {
	case completer:
		return b.complete(n, c, args)
	case *settler:
		return b.settle(n, c, args)
	case *closure, *union, *bound:
		return b.callProject(n, v, args)
	case method:
		return b.callMethod(n, c, args)
	case client:
		return b.callClient(n, c, args)
	case global:
		return b.callGlobal(n, c, args)
	case external:
		return b.callExternal(n, c, args)
	case indexed:
		if op, ok := b.callIndexed(n, c, args); ok {
			return op
		}
	case typed, methodOf, lookup:
		return b.callTyped(n, c, args)
	case *promisified:
		w := &flow.Work{Kind: flow.PromiseWork, CanFail: !isTimer(c.of), Sure: true}
		if !w.CanFail {
			w.Delay = b.delay(n, args, 0)
		}
		return b.start(n, w)
	case plain:
		if c.what == "next" {
			b.emit(flow.Escape{Range: b.rng(n), What: flow.CompletionEscapes, Why: "`next` hands the request on"})
			return unknownOperand()
		}
	}
	return b.callUnknown(n, args)
}

func isTimer(v value) bool {
	g, ok := v.(global)
	return ok && (g.path == "setTimeout" || g.path == "setImmediate")
}

// isWrittenOut tells whether objects among a call's arguments are only written out: who gets a promise in them does not wait for it.
func (b *builder) isWrittenOut(n *jsparse.Call) bool {
	if !slices.ContainsFunc(n.Args, func(x jsparse.Expr) bool { _, ok := x.(*jsparse.Object); return ok }) {
		return false
	}
	switch v := b.s.eval(n.Callee, b.e).(type) {
	case completer:
		return !waitedFor(v)
	case global:
		return writesOut(v.path)
	}
	return false
}

// waitedFor tells whether an answer may be a promise: the platform waits for it.
func waitedFor(c completer) bool { return strings.HasSuffix(c.how, ".respondWith") }

func (b *builder) complete(n jsparse.Expr, c completer, args []argument) flow.Operand {
	if waitedFor(c) {
		for _, a := range args {
			b.escapePromise(a)
		}
	}
	isErr := false
	if len(args) > 0 {
		k, isConst := args[0].val.(constant)
		isErr = !isConst || (k.kind != jsparse.Null && k.kind != jsparse.Undefined && k.kind != jsparse.Boolean)
	}
	// Node's end() is idempotent as long as it is given no data.
	idle := len(args) == 0 && strings.HasSuffix(c.how, ".end")
	b.emit(flow.Complete{Site: b.site(n, c.how), How: c.how, Error: isErr, Returned: b.isReturned(n), Idle: idle})
	return unknownOperand()
}

// isReturned tells whether n is (the tail of) the operand of the return being lowered.
func (b *builder) isReturned(n jsparse.Node) bool {
	if b.returned == nil {
		return false
	}
	r, sp := b.returned.Span(), n.Span()
	return r.Start <= sp.Start && sp.End <= r.End
}

func (b *builder) settle(n jsparse.Expr, c *settler, args []argument) flow.Operand {
	value := known(flow.Undefined)
	if len(args) > 0 {
		value = args[0].op
	}
	b.emit(flow.Settle{Site: b.site(n, ""), Promise: c.promise, Fails: c.fails, Value: value})
	return known(flow.Undefined)
}

// streams tells whether v is a web stream or a pair of sockets that the handler made, or a part of it. Who writes to one
// from a function that nobody waits for keeps the response open until it is closed.
func streams(v value) bool {
	p, ok := v.(plain)
	return ok && (p.what == "new TransformStream" || p.what == "new WebSocketPair")
}

// callProject calls one or several functions whose code is known.
func (b *builder) callProject(n jsparse.Expr, v value, args []argument) flow.Operand {
	args = b.spread(args)
	vals, ops := make([]value, len(args)), make([]flow.Operand, len(args))
	for i, a := range args {
		vals[i], ops[i] = a.val, a.op
	}
	if c, ok := v.(*closure); ok && b.isUntimed(n) {
		if i := b.s.sleeper(c.fn); i >= 0 && i < len(vals) {
			vals[i] = nil
		}
	}
	var funcs []*flow.Func
	for _, f := range flatten(v) {
		fn := b.s.target(f, vals, b)
		if fn == nil {
			return b.callUnknown(n, args)
		}
		funcs = append(funcs, fn)
	}
	if bd, ok := v.(*bound); ok {
		ops = append(make([]flow.Operand, len(bd.args)), ops...)
	}
	r := b.temp()
	b.emit(flow.Call{Site: b.site(n, b.calleeText(n)), Funcs: funcs, Args: ops, Result: r})
	if slices.ContainsFunc(args, func(a argument) bool { return streams(a.val) }) {
		b.emit(flow.Escape{Range: b.rng(n), What: flow.PromiseEscapes, Of: flow.Operand{Var: r}})
	}
	return flow.Operand{Var: r}
}

// target is the flow function for calling v with args, nil if it cannot be seen.
func (s *session) target(v value, args []value, b *builder) *flow.Func {
	switch f := v.(type) {
	case *closure:
		return s.function(s.enter(f, args))
	case *bound:
		return s.target(f.fn, append(append([]value(nil), f.args...), args...), b)
	case completer:
		return b.completing(f)
	case *settler:
		return b.settling(f)
	case method:
		if r, ok := f.of.(responder); ok && !chainable(f.name) {
			return b.completing(completer{r.name + "." + f.name})
		}
	}
	return nil
}

// completing is a function that answers: the callback handed over by reference.
func (b *builder) completing(c completer) *flow.Func {
	at := b.here()
	err := &flow.Var{}
	site := flow.Site{Range: at, Text: c.how, InLoop: b.loops > 0}
	ops := []flow.Op{flow.Complete{Site: site, How: c.how, Returned: true}}
	if more, ok := b.s.noteAnswered(ops[0]); ok {
		ops = append(ops, more)
	}
	return synthetic(c.how, at, []*flow.Var{err}, ops...)
}

func (b *builder) settling(c *settler) *flow.Func {
	v := &flow.Var{}
	return synthetic("resolve", b.here(), []*flow.Var{v}, flow.Settle{Site: flow.Site{Range: b.here()}, Promise: c.promise, Fails: c.fails, Value: flow.Operand{Var: v}})
}

// synthetic is a function of a few operations.
func synthetic(name string, at flow.Range, params []*flow.Var, ops ...flow.Op) *flow.Func {
	entry := &flow.Block{Ops: ops, Term: flow.Return{Range: at}}
	return &flow.Func{Name: name, Range: at, EndsAt: at, Params: params, Build: func() *flow.Block { return entry }}
}

// here is the place of the argument or expression being lowered.
func (b *builder) here() flow.Range { return b.at }

// start begins work that gives a promise.
func (b *builder) start(n jsparse.Expr, w *flow.Work) flow.Operand {
	if w.Name == "" {
		w.Name = b.calleeText(n)
	}
	r := b.temp()
	b.emit(flow.Start{Site: b.site(n, b.calleeText(n)), Work: w, Result: r})
	return flow.Operand{Var: r}
}

func (b *builder) callMethod(n jsparse.Expr, m method, args []argument) flow.Operand {
	switch of := m.of.(type) {
	case responder:
		if chainable(m.name) {
			for _, a := range args {
				if b.s.completes(a.val) && !isResponder(a.val) {
					return b.callUnknown(n, args)
				}
			}
			return known(flow.Truthy)
		}
		b.emit(flow.Escape{Range: b.rng(n), What: flow.CompletionEscapes, Why: "`" + of.name + "." + m.name + "` may answer"})
		return unknownOperand()
	default:
		switch m.name {
		case "call":
			if len(args) > 0 {
				args = args[1:]
			}
			return b.invoke(n, of, args)
		case "apply":
			var list []argument
			if len(args) > 1 {
				list = b.applied(args[1])
			}
			return b.invoke(n, of, list)
		}
	}
	return known(flow.Truthy)
}

func isResponder(v value) bool { _, ok := v.(responder); return ok }

// callClient is a call on Twilio's REST client: resources are reached by calls, requests give promises.
func (b *builder) callClient(n jsparse.Expr, c client, args []argument) flow.Operand {
	if !clientPromise(c.path) {
		if last(c.path) == "each" {
			return b.callUnknown(n, args)
		}
		return known(flow.Truthy)
	}
	if k := len(args); k > 0 && callable(args[k-1].val) {
		return b.callUnknown(n, args) // the callback style of old SDK versions
	}
	return b.start(n, &flow.Work{Kind: flow.PromiseWork, CanFail: true, Sure: true})
}

// construct is `new Callee(args)`.
func (b *builder) construct(n *jsparse.New) flow.Operand {
	stmt := b.statement
	b.statement = nil
	b.expr(n.Callee)
	callee := b.s.eval(n.Callee, b.e)
	if g, ok := callee.(global); ok && g.path == "Promise" && len(n.Args) > 0 {
		b.statement = stmt
		return b.newPromise(n)
	}
	outer := b.writesOut
	b.writesOut = false
	args := b.args(n.Args)
	b.writesOut = outer
	b.statement = stmt
	if b.cur == nil {
		return unknownOperand()
	}
	switch c := callee.(type) {
	case *class:
		b.constructProject(n, c, args)
		return known(flow.Truthy)
	case global:
		if c.path == "Response" || c.path == "NextResponse" {
			return known(flow.Response)
		}
		if harmlessGlobal(c.path) || c.path == "Error" || isErrorClass(c.path) {
			return known(flow.Truthy)
		}
	case external:
		if last(c.path) == "NextResponse" {
			return known(flow.Response)
		}
	}
	b.handOver(n, args)
	b.emit(flow.MayThrow{Range: b.rng(n), What: "`new " + b.text(n.Callee) + "` throws", Weak: true})
	return known(flow.Truthy)
}

func isErrorClass(name string) bool {
	return len(name) > 5 && name[len(name)-5:] == "Error"
}

func (b *builder) constructProject(n *jsparse.New, c *class, args []argument) {
	o := b.s.construct(n, b.e)
	ctor := b.s.constructor(c, o)
	if ctor == nil {
		return
	}
	ops := make([]flow.Operand, len(args))
	vals := make([]value, len(args))
	for i, a := range args {
		ops[i], vals[i] = a.op, a.val
	}
	fn := b.s.function(b.s.enter(ctor, vals))
	b.emit(flow.Call{Site: b.site(n, b.calleeText(n)), Funcs: []*flow.Func{fn}, Args: ops, Result: b.temp(), New: true})
}
