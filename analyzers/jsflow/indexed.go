package jsflow

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// indexed is a value of a package that the promise index describes. of is what an argument of the call that gave the value
// says of a part of it: what `pRetry(f)` promises.
type indexed struct {
	shape promiseindex.Shape
	of    value
}

// index is what the index says of a value of a package.
func (s *session) shapeOf(v value) (promiseindex.Shape, bool) {
	switch v := v.(type) {
	case indexed:
		return v.shape, true
	case external:
		return s.externalShape(v)
	case client:
		return v.shape, v.shape.Known()
	case global:
		return s.globalShape(v)
	}
	return promiseindex.Shape{}, false
}

// externalShape follows the path of a package's member.
func (s *session) externalShape(c external) (promiseindex.Shape, bool) {
	if strings.Contains(c.path, "()") {
		return promiseindex.Shape{}, false
	}
	if sh, ok := s.l.shapes.get(c); ok {
		return sh, sh.Known()
	}
	sh := s.l.lookUp(c)
	s.l.shapes.put(c, sh)
	return sh, sh.Known()
}

func (l *Lowerer) lookUp(c external) promiseindex.Shape {
	m, err := l.index.Open(c.pkg, c.version)
	if err != nil {
		builtin, ok := l.index.Builtin(c.pkg)
		if !ok {
			return promiseindex.Shape{}
		}
		m = builtin
	}
	if c.path == "" {
		return m.Require()
	}
	first, rest, more := strings.Cut(c.path, ".")
	sh, ok := m.Export(first)
	for ok && more {
		first, rest, more = strings.Cut(rest, ".")
		sh, ok = sh.Member(first)
	}
	if !ok {
		return promiseindex.Shape{}
	}
	return sh
}

// globalShape is what the index says of a global whose members give promises.
func (s *session) globalShape(g global) (promiseindex.Shape, bool) {
	first, rest, _ := strings.Cut(g.path, ".")
	switch first {
	case "crypto", "caches", "scheduler", "WebAssembly":
	default:
		return promiseindex.Shape{}, false
	}
	sh, ok := s.l.index.Global(first)
	if !ok {
		sh, ok = s.l.index.GlobalOf("@cloudflare/workers-types", first)
	}
	for name := range strings.SplitSeq(rest, ".") {
		if name != "" && ok {
			sh, ok = sh.Member(name)
		}
	}
	return sh, ok && sh.Known()
}

// describe wraps a shape that says something.
func describe(sh promiseindex.Shape) value { return describeOf(sh, nil) }

// describeOf is describe of a part of a call's result, of being what an argument of the call says.
func describeOf(sh promiseindex.Shape, of value) value {
	if _, ok := sh.Given(); ok && of != nil {
		return of
	}
	if !sh.Known() {
		return nil
	}
	if of != nil {
		if _, ok := sh.Inside(); !ok {
			of = nil
		}
	}
	return indexed{sh, of}
}

// resultShape is the value of a shape that a call with arguments gives.
func (s *session) resultShape(sh promiseindex.Shape, xs []jsparse.Expr, e *env) value {
	g, ok := sh.Inside()
	if !ok || g.At >= len(xs) {
		return describe(sh)
	}
	return describeOf(sh, s.said(g.How, s.eval(xs[g.At], e)))
}

// said is what an argument says.
func (s *session) said(how promiseindex.How, v value) value {
	switch how {
	case promiseindex.OfElement:
		return awaited(s.element(v))
	case promiseindex.OfAwaited:
		return awaited(v)
	case promiseindex.OfResult:
		return s.resultOfType(v)
	case promiseindex.OfResultAwaited:
		return awaited(s.resultOfType(v))
	}
	return v
}

// called is what calling (or constructing) a value of a package gives, nil if the index does not know.
func (s *session) called(v value, xs []jsparse.Expr, construct bool, e *env) value {
	sh, ok := s.shapeOf(v)
	if !ok {
		return nil
	}
	kinds := kindsOf(s, xs, e)
	if construct {
		return s.resultShape(sh.New(kinds...).Value, xs, e)
	}
	made := sh.Call(kinds...).Value
	if made.Promise() {
		if out := s.commandOutput(xs, e); out != nil {
			return s.promise(out)
		}
	}
	return s.resultShape(made, xs, e)
}

// commandOutput is what a client of AWS SDK v3 answers to `send(new GetObjectCommand(…))`: the command says it.
func (s *session) commandOutput(xs []jsparse.Expr, e *env) value {
	if len(xs) == 0 {
		return nil
	}
	c, ok := s.eval(xs[0], e).(external)
	name, made := strings.CutSuffix(c.path, "()")
	if !ok || !made || !isCommand(external{pkg: c.pkg, path: name}) {
		return nil
	}
	return s.packageType(c.pkg, last(name)+"Output", e)
}

// isCommand tells whether c is a class of commands of AWS SDK v3.
func isCommand(c external) bool {
	return strings.HasPrefix(c.pkg, "@aws-sdk/") && strings.HasSuffix(c.path, "Command")
}

func kindsOf(s *session, xs []jsparse.Expr, e *env) []promiseindex.Argument {
	kinds := make([]promiseindex.Argument, len(xs))
	for i, x := range xs {
		kinds[i] = argumentKind(x, s.eval(x, e))
	}
	return kinds
}

func argumentKind(x jsparse.Expr, v value) promiseindex.Argument {
	switch x := x.(type) {
	case *jsparse.Spread:
		return promiseindex.AnyArgument()
	case *jsparse.Literal:
		if x.Kind == jsparse.String {
			return promiseindex.TextArgument()
		}
		return promiseindex.ValueArgument()
	case *jsparse.Template:
		if x.Tag == nil {
			return promiseindex.TextArgument()
		}
	case *jsparse.Object:
		return objectArgument(x)
	case *jsparse.Array:
		return promiseindex.ValueArgument()
	case *jsparse.Func:
		return promiseindex.FunctionArgument()
	}
	switch v := v.(type) {
	case *closure, completer, *settler, *bound, *union:
		return promiseindex.FunctionArgument()
	case constant:
		if v.kind == jsparse.String {
			return promiseindex.TextArgument()
		}
		return promiseindex.ValueArgument()
	case *object, *list:
		return promiseindex.ValueArgument()
	}
	return promiseindex.AnyArgument()
}

func objectArgument(x *jsparse.Object) promiseindex.Argument {
	var names []string
	for _, p := range x.Props {
		if p.Key == "" {
			return promiseindex.ValueArgument() // spread, or a computed name
		}
		names = append(names, p.Key)
	}
	return promiseindex.ObjectArgument(names...)
}

// element is what iterating over a value gives.
func (s *session) element(v value) value {
	switch x := v.(type) {
	case indexed:
		el, _ := x.shape.Element()
		return describeOf(el, x.of)
	case listOf:
		return x.of
	case *list:
		return x.common()
	case typed:
		return s.typedElement(x)
	}
	return nil
}

// arrayMethod is what the methods of arrays give that keep the elements; the index leaves them out.
func (s *session) arrayMethod(v value, name string) (value, bool) {
	el := s.element(v)
	if el == nil {
		return nil, false
	}
	switch name {
	case "filter", "slice", "reverse", "sort", "concat", "toSorted", "toReversed":
		if _, literal := v.(*list); literal {
			return listOf{el}, true
		}
		return v, true
	case "find", "findLast", "at", "pop", "shift":
		return el, true
	}
	return nil, false
}

// callIndexed lowers a call that the index describes; ok is false if it says nothing about it.
func (b *builder) callIndexed(n jsparse.Expr, v value, args []argument) (op flow.Operand, ok bool) {
	sh, known := b.s.shapeOf(v)
	if !known {
		return unknownOperand(), false
	}
	kinds := make([]promiseindex.Argument, len(args))
	for i, a := range args {
		kinds[i] = argumentKind(a.x, a.val)
	}
	r := sh.Call(kinds...)
	if !r.Known && r.Callback < 0 {
		return unknownOperand(), false
	}
	args = b.s.heard(sh, giving(args, r.Functions))
	if !r.Promise { // and if it throws, it has started nothing
		b.emit(flow.MayThrow{Range: b.rng(n), What: "`" + b.calleeText(n) + "` throws", Weak: true})
	}
	told := r.Callback >= 0 && r.Callback < len(args) && args[r.Callback].val != nil
	if told {
		b.startNodeStyle(n, args[r.Callback])
		args = append(args[:r.Callback:r.Callback], args[r.Callback+1:]...)
	}
	if !r.Promise {
		b.handOver(n, args)
		return unknownOperand(), true
	}
	w := &flow.Work{Kind: flow.PromiseWork, Name: b.calleeText(n), CanFail: !b.reportsErrors(v, n), Sure: !r.Lazy, ErrorLacks: errorLacks(v)}
	if r.Timeout.At >= 0 || r.Signal.At >= 0 {
		w.Upstream, w.Deadline = true, b.limit(args, r.Timeout, r.Signal)
	}
	if op, ok = b.around(n, args, w); !ok {
		b.handOver(n, args)
		op = b.start(n, w)
	}
	if last := len(args) - 1; told || last >= 0 && nodeStyle(args[last].val) { // the callback hears of it: many give no promise then, whatever their types say
		b.emit(flow.Escape{Range: b.rng(n), What: flow.PromiseEscapes, Of: op})
	}
	return op, true
}

// giving adds to the functions among the arguments what they are called with.
func giving(args []argument, functions []promiseindex.Function) []argument {
	out := slices.Clone(args)
	for _, f := range functions {
		if f.At < len(out) {
			out[f.At].given = described(f.Args)
		}
	}
	return out
}

// described are the values of shapes; none if nothing is known of any.
func described(shapes []promiseindex.Shape) []value {
	var out []value
	for i, sh := range shapes {
		if v := describe(sh); v != nil {
			out = append(out, make([]value, i+1-len(out))...)
			out[i] = v
		}
	}
	return out
}

// startNodeStyle starts work that calls a node-style callback, whatever its parameters are called.
func (b *builder) startNodeStyle(n jsparse.Expr, f argument) {
	fn := b.callbackFunc(f, true)
	if fn == nil {
		b.escape(n, f.val)
		return
	}
	name := b.calleeText(n)
	b.emit(flow.Start{
		Site: b.site(n, name),
		Work: &flow.Work{Kind: flow.CallbackWork, Name: name, CanFail: true, Sure: true},
		Then: []*flow.Func{fn},
		Args: [][]flow.Operand{
			{known(flow.Null), unknownOperand(), unknownOperand()},
			{known(flow.Truthy), known(flow.Undefined), unknownOperand()},
		},
		ArgSays: []string{"", "`" + name + "` calls back with an error"},
	})
}

// limit is the time limit that a call is given: 0 for none, -1 for one that is not known.
func (b *builder) limit(args []argument, options ...promiseindex.Option) int {
	for _, o := range options {
		if o.At >= 0 && b.deadline(args, o.At, o.Name) != 0 {
			return -1
		}
	}
	return 0
}
