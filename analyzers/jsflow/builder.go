package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// builder lowers one function in one context.
type builder struct {
	s     *session
	e     *env
	f     *flow.Func
	cur   *flow.Block
	catch *flow.Block // where an exception goes that is raised here
	// targets are the statements that break and continue can leave, innermost last.
	targets []target
	// finals are the finally blocks that a jump out of here must run, innermost last.
	finals []final
	// statement is the expression statement being lowered, returned the operand of the return being lowered.
	statement *jsparse.ExprStmt
	returned  jsparse.Node
	// promised is the operand of the await, or of the `.then(…)`, being lowered.
	promised jsparse.Node
	// writesOut: what is being lowered are arguments that are only written out.
	writesOut bool
	loops     int
	caught    []*jsparse.Symbol
	labels    []string // labels of the statement about to be lowered
	nodes     int
	// at is the place of a function that is handed over by reference.
	at flow.Range
}

type target struct {
	labels    []string
	breaks    *flow.Block
	continues *flow.Block // nil for a switch or a labelled block
	finals    int
	// labelled means that only a labelled break leaves it: it is neither loop nor switch.
	labelled bool
}

type final struct {
	block *jsparse.Block
	catch *flow.Block
	// depth of targets and caught outside the try statement
	targets int
}

// maxNodes bounds the size of one lowered function; finally blocks are copied for every way out of them.
const maxNodes = 60000

// function is the flow function of a scope; its body is lowered when the solver enters it.
func (s *session) function(e *env) *flow.Func {
	if e.fun != nil {
		return e.fun
	}
	fn := e.fn
	f := &flow.Func{
		Name:      functionName(fn),
		Range:     e.rng(fn),
		Async:     fn.Async,
		Generator: fn.Generator,
		EndsAt:    e.end(fn),
	}
	e.fun = f
	for _, p := range fn.Params {
		if n, ok := p.Target.(*jsparse.Name); ok {
			f.Params = append(f.Params, e.variable(n.Symbol))
		} else {
			f.Params = append(f.Params, &flow.Var{})
		}
		f.Rest = p.Rest
	}
	f.Locals = localsOf(e, f.Params)
	f.Build = func() *flow.Block { return s.build(e, f) }
	return f
}

func functionName(fn *jsparse.Func) string {
	if fn.Name != nil {
		return fn.Name.Name
	}
	return "anonymous function"
}

func localsOf(e *env, params []*flow.Var) []*flow.Var {
	isParam := map[*flow.Var]bool{}
	for _, p := range params {
		isParam[p] = true
	}
	var out []*flow.Var
	for _, sym := range e.mod.locals[e.fn] {
		if v := e.variable(sym); v != nil && !isParam[v] {
			out = append(out, v)
		}
	}
	return out
}

func (s *session) build(e *env, f *flow.Func) *flow.Block {
	b := &builder{s: s, e: e, f: f}
	entry := b.block()
	b.cur = entry
	for i, p := range e.fn.Params {
		b.parameter(p, f.Params[i])
	}
	for _, st := range e.fn.Body.Body {
		b.stmt(st)
	}
	if b.cur != nil {
		b.end(flow.Return{Range: f.EndsAt, Implicit: true, Value: flow.Operand{Value: flow.Value{Kind: flow.Undefined}}})
	}
	for _, v := range e.paths {
		f.Locals = append(f.Locals, v)
	}
	return entry
}

func (b *builder) parameter(p *jsparse.Parameter, v *flow.Var) {
	if p.Default != nil {
		use, join := b.block(), b.block()
		b.end(flow.Branch{Range: b.rng(p), Cond: flow.Cond{Test: flow.IsEqual, Of: flow.Operand{Var: v}, Value: flow.Value{Kind: flow.Undefined}}, Then: use, Else: join})
		b.cur = use
		b.emit(flow.Set{To: v, From: b.expr(p.Default)})
		b.jump(join)
	}
	if _, ok := p.Target.(*jsparse.Name); !ok {
		b.bind(p.Target, flow.Operand{Var: v})
	}
}

// block makes a block whose exceptions go where those of this place go.
func (b *builder) block() *flow.Block { return &flow.Block{Catch: b.catch} }

func (b *builder) emit(op flow.Op) {
	if b.cur == nil {
		return
	}
	b.cur.Ops = append(b.cur.Ops, op)
	if more, ok := b.s.noteAnswered(op); ok {
		b.cur.Ops = append(b.cur.Ops, more)
	}
}

// end closes the current block. Code after it cannot be reached.
func (b *builder) end(t flow.Terminator) {
	if b.cur != nil {
		b.cur.Term = t
		b.cur = nil
	}
}

// jump goes on at to.
func (b *builder) jump(to *flow.Block) {
	b.end(flow.Jump{To: to})
	b.cur = to
}

// split starts a new block that carries the current catch (after b.catch changed).
func (b *builder) split() {
	if b.cur != nil {
		b.jump(b.block())
	}
}

func (b *builder) rng(n jsparse.Node) flow.Range { return b.e.rng(n) }

func (e *env) rng(n jsparse.Node) flow.Range {
	sp := n.Span()
	return flow.Range{File: e.mod.path, Start: sp.Start, End: sp.End}
}

// end is the closing brace of a function, or its expression.
func (e *env) end(fn *jsparse.Func) flow.Range {
	sp := fn.Body.Span()
	if fn.ExprBody || sp.End <= sp.Start {
		return flow.Range{File: e.mod.path, Start: sp.Start, End: sp.End}
	}
	return flow.Range{File: e.mod.path, Start: sp.End - 1, End: sp.End}
}

func (b *builder) text(n jsparse.Node) string { return b.e.text(n) }

// text is a node's source on one line, shortened.
func (e *env) text(n jsparse.Node) string { return shorten(e.source(n)) }

// source is a node's source as it is written.
func (e *env) source(n jsparse.Node) string {
	sp := n.Span()
	src := e.mod.file.Text
	if sp.Start < 0 || sp.End > len(src) || sp.Start > sp.End {
		return ""
	}
	return src[sp.Start:sp.End]
}

const longestText = 60

func shorten(s string) string {
	if len(s) > 4*longestText {
		s = strings.ToValidUTF8(s[:4*longestText], "")
	}
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > longestText {
		return string(r[:longestText-1]) + "…"
	}
	return s
}

// site describes where an operation stands.
func (b *builder) site(n jsparse.Node, name string) flow.Site {
	st := flow.Site{
		Range:    b.rng(n),
		Text:     strings.TrimSuffix(name, "()"),
		InLoop:   b.loops > 0,
		CanAwait: b.e.fn != nil && b.e.fn.Async && !b.e.fn.Generator,
	}
	if b.e.fn != nil {
		st.Function = b.e.rng(b.e.fn)
	}
	if b.statement != nil && b.statement.X == n {
		st.Statement = b.rng(b.statement)
	}
	return st
}

func (b *builder) temp() *flow.Var { return &flow.Var{} }

func unknownOperand() flow.Operand { return flow.Operand{} }

func known(k flow.Kind) flow.Operand { return flow.Operand{Value: flow.Value{Kind: k}} }
