package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// promiseMethod lowers .then, .catch and .finally. Whoever writes them knows
// that the receiver is a promise.
func (b *builder) promiseMethod(n *jsparse.Call, m *jsparse.Member, recv flow.Operand, args []argument) (flow.Operand, bool) {
	switch m.Name {
	case "then", "catch", "finally":
	default:
		return unknownOperand(), false
	}
	if len(args) == 0 {
		return recv, true
	}
	if v := b.place(m.Object); v != nil && recv.Var == nil {
		recv = flow.Operand{Var: v}
	}
	recv = b.promiseOf(m.Object, recv)
	c := flow.Continue{Site: b.site(n, b.chainText(n)), Promise: recv, Result: b.temp()}
	switch m.Name {
	case "then":
		args[0].given = b.s.settledWith(m.Object, b.e)
		c.OK, c.OpaqueOK = b.handler(args[0], false)
		if len(args) > 1 {
			c.Fail, c.OpaqueFail = b.handler(args[1], true)
		}
	case "catch":
		c.Fail, c.OpaqueFail = b.handler(args[0], true)
	case "finally":
		c.Finally, c.OpaqueOK = b.handler(args[0], false)
		c.OpaqueOK = false
	}
	b.emit(c)
	return flow.Operand{Var: c.Result}, true
}

// promiseOf turns the unknown result of a call into a promise: the chain on it says that it is one.
func (b *builder) promiseOf(x jsparse.Expr, op flow.Operand) flow.Operand {
	if op.Var != nil || op.Value.Kind != flow.Unknown {
		return op
	}
	call, ok := x.(*jsparse.Call)
	if !ok {
		return op
	}
	callee := b.s.eval(call.Callee, b.e)
	return b.start(call, &flow.Work{Kind: flow.PromiseWork, Name: b.calleeText(x), CanFail: !b.s.harmless(callee), ErrorLacks: errorLacks(callee)})
}

// handler is the function for a .then or .catch argument; opaque means that it cannot be seen.
func (b *builder) handler(a argument, fails bool) (f *flow.Func, opaque bool) {
	if c, ok := a.val.(constant); ok && c.kind != jsparse.String {
		return nil, false // .then(null, f)
	}
	outer := b.at
	b.at = b.rng(a.x)
	defer func() { b.at = outer }()
	fn := b.s.target(a.val, a.given, b)
	if fn == nil {
		b.escape(a.x, a.val)
		return nil, true
	}
	if c, ok := a.val.(*closure); ok && fails {
		return b.caughtBy(c, fn), false
	}
	return fn, false
}

// caughtBy marks the start of a rejection handler.
func (b *builder) caughtBy(c *closure, fn *flow.Func) *flow.Func {
	in := b.s.enter(c, nil)
	if in.marked {
		return fn
	}
	in.marked = true
	build := fn.Build
	fn.Build = func() *flow.Block {
		entry := build()
		entry.Ops = append([]flow.Op{b.s.caughtOp(in)}, entry.Ops...)
		return entry
	}
	return fn
}

func (s *session) caughtOp(in *env) flow.Caught {
	fn := in.fn
	head := flow.Range{File: in.mod.path, Start: fn.Span().Start, End: fn.Body.Span().Start}
	op := flow.Caught{Range: trim(in.mod.file.Text, head), Body: in.rng(fn.Body)}
	var sym *jsparse.Symbol
	if len(fn.Params) > 0 {
		if n, ok := fn.Params[0].Target.(*jsparse.Name); ok {
			sym = n.Symbol
		}
	}
	op = in.withReads(op, sym)
	if fn.ExprBody {
		return op
	}
	helper := &builder{s: s, e: in}
	op.Answer = helper.answer(sym)
	op.At, op.Insert = in.insertion(fn.Body, op.Answer)
	return op
}

// newPromise is `new Promise((resolve, reject) => …)`: the executor runs at once.
func (b *builder) newPromise(n *jsparse.New) flow.Operand {
	r := &flow.Var{}
	b.emit(flow.Defer{Site: b.site(n, "new Promise"), Result: r, Name: "new Promise(…)"})
	exec, ok := b.s.eval(n.Args[0], b.e).(*closure)
	if !ok {
		b.args(n.Args)
		b.emit(flow.Settle{Site: b.site(n, ""), Promise: r, Unsure: true, Fails: true})
		return flow.Operand{Var: r}
	}
	ok1, fail := b.s.settlersFor(n, b.e, r)
	fn := b.s.function(b.s.enter(exec, []value{ok1, fail}))
	outer, stmt := b.catch, b.statement
	b.statement = nil
	b.catch = &flow.Block{Catch: outer}
	b.split()
	b.cur.Quiet = true
	site := b.site(n.Args[0], "the promise's executor")
	site.Executor = true
	b.emit(flow.Call{Site: site, Funcs: []*flow.Func{fn}, Args: []flow.Operand{known(flow.Truthy), known(flow.Truthy)}, Result: b.temp()})
	handler := b.catch
	b.catch = outer
	after := b.block()
	b.end(flow.Jump{To: after})
	b.cur = handler
	b.emit(flow.Settle{Site: b.site(n, ""), Promise: r, Fails: true})
	b.end(flow.Jump{To: after})
	b.cur = after
	b.statement = stmt
	return flow.Operand{Var: r}
}

// settlersFor gives the same resolve and reject for the same executor in the same context.
func (s *session) settlersFor(n *jsparse.New, e *env, r *flow.Var) (value, value) {
	key := objectKey{n, e}
	if pair, ok := s.objects[key].(*settlerPair); ok {
		pair.ok.promise, pair.fail.promise = r, r
		return pair.ok, pair.fail
	}
	pair := &settlerPair{&settler{r, false}, &settler{r, true}}
	s.objects[key] = pair
	return pair.ok, pair.fail
}

type settlerPair struct{ ok, fail *settler }

// combine is Promise.all and its kin.
func (b *builder) combine(n jsparse.Expr, how flow.CombineKind, args []argument) flow.Operand {
	c := flow.Combine{Site: b.site(n, b.calleeText(n)), How: how, Result: b.temp()}
	if len(args) > 0 {
		c.Inputs = append(c.Inputs, args[0].op)
		if _, literal := args[0].x.(*jsparse.Array); !literal {
			c.Inputs = append(c.Inputs, unknownOperand()) // a list made elsewhere is hardly meant to be empty
		}
	}
	b.emit(c)
	return flow.Operand{Var: c.Result}
}
