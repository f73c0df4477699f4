package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// try lowers try/catch/finally. A finally block is lowered once for every way
// out of the statement: its end, an exception, and each return, break and continue.
func (b *builder) try(n *jsparse.Try) {
	outer := b.catch
	after := b.block()
	onThrow := outer
	if n.Finally != nil {
		onThrow = b.block() // the finally block on its way to the outer catch
		b.finals = append(b.finals, final{n.Finally, outer, len(b.targets)})
	}
	handler := onThrow
	if n.Catch != nil {
		handler = &flow.Block{Catch: onThrow}
	}
	done := b.tryBody(n, handler)
	ends := []*flow.Block{done}
	if n.Catch != nil {
		ends = append(ends, b.catchBody(n, handler, onThrow))
	}
	b.catch = outer
	if n.Finally != nil {
		b.finals = b.finals[:len(b.finals)-1]
		b.cur = onThrow
		b.stmts(n.Finally.Body)
		b.end(flow.Raise{Range: b.rng(n.Finally), Rethrow: true})
	}
	b.normalEnd(n, ends, after)
}

// tryBody lowers the guarded block and returns the block it ends in.
func (b *builder) tryBody(n *jsparse.Try, handler *flow.Block) *flow.Block {
	b.catch = handler
	b.split()
	b.stmts(n.Body.Body)
	return b.cur
}

func (b *builder) catchBody(n *jsparse.Try, handler, onThrow *flow.Block) *flow.Block {
	b.catch = onThrow
	b.cur = handler
	var sym *jsparse.Symbol
	if name, ok := n.Param.(*jsparse.Name); ok {
		sym = name.Symbol
	}
	head := flow.Range{File: b.e.mod.path, Start: n.Body.Span().End, End: n.Catch.Span().Start}
	head = trim(b.e.mod.file.Text, head)
	op := flow.Caught{Range: head, Body: b.rng(n.Catch), Answer: b.answer(sym)}
	op.At, op.Insert = b.e.insertion(n.Catch, op.Answer)
	b.emit(op)
	defer func() { handler.Ops[0] = b.e.withReads(op, sym) }() // they are known when the block is lowered
	if sym != nil {
		b.set(sym, known(flow.Truthy))
		b.caught = append(b.caught, sym)
		defer func() { b.caught = b.caught[:len(b.caught)-1] }()
	} else if n.Param != nil {
		b.bind(n.Param, known(flow.Truthy))
	}
	b.stmts(n.Catch.Body)
	return b.cur
}

// insertion is where a statement at the end of a block goes, and its text with what must stand around it; no text if
// the end is not reached.
func (e *env) insertion(body *jsparse.Block, stmt string) (at flow.Range, text string) {
	if stmt == "" {
		return flow.Range{}, ""
	}
	at = flow.Range{File: e.mod.path, Start: body.Span().Start + 1, End: body.Span().Start + 1}
	if len(body.Body) == 0 {
		return at, " " + stmt + " "
	}
	src, stop := e.mod.file.Text, body.Body[len(body.Body)-1]
	last := stop.Span()
	switch s := stop.(type) {
	case *jsparse.Return:
		at.Start, at.End = last.Start, last.End
		if s.X != nil {
			stmt = ""
		}
		return at, stmt
	case *jsparse.Throw, *jsparse.Break, *jsparse.Continue:
		return flow.Range{}, ""
	}
	at.Start, at.End = last.End, last.End
	text = " " + stmt
	line := strings.LastIndexByte(src[:last.Start], '\n') + 1
	if indent := src[line:last.Start]; line > 0 && strings.TrimSpace(indent) == "" {
		text = "\n" + indent + stmt
	}
	if c := src[last.End-1]; c != ';' && c != '}' {
		text = ";" + text
	}
	return at, text
}

// trim leaves out the white space around a range.
func trim(text string, r flow.Range) flow.Range {
	for r.Start < r.End && isSpace(text[r.Start]) {
		r.Start++
	}
	for r.End > r.Start && isSpace(text[r.End-1]) {
		r.End--
	}
	return r
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (b *builder) normalEnd(n *jsparse.Try, ends []*flow.Block, after *flow.Block) {
	into := after
	if n.Finally != nil {
		into = b.block()
	}
	reached := false
	for _, end := range ends {
		if end != nil {
			b.cur = end
			b.end(flow.Jump{To: into})
			reached = true
		}
	}
	if !reached {
		b.cur = nil
		return
	}
	b.cur = into
	if n.Finally != nil {
		b.stmts(n.Finally.Body)
		b.end(flow.Jump{To: after})
		b.cur = after
	}
}

// runFinals runs the finally blocks between here and the given depth, innermost first.
func (b *builder) runFinals(depth int) {
	if len(b.finals) <= depth {
		return
	}
	saved, savedCatch, savedTargets := b.finals, b.catch, b.targets
	for i := len(saved) - 1; i >= depth && b.cur != nil; i-- {
		b.finals, b.catch, b.targets = saved[:i], saved[i].catch, savedTargets[:saved[i].targets]
		b.split()
		b.stmts(saved[i].block.Body)
	}
	b.finals, b.catch, b.targets = saved, savedCatch, savedTargets
}

// answer is a statement that would answer the caller with the error sym, if the
// handler's callback or response has a name here.
func (b *builder) answer(sym *jsparse.Symbol) string {
	errName := "error"
	if sym != nil {
		errName = sym.Name
	}
	for at := b.e; at != nil && at.fn != nil; at = at.parent {
		for _, p := range at.fn.Params {
			name, ok := p.Target.(*jsparse.Name)
			if !ok {
				continue
			}
			switch v := b.s.symbol(name.Symbol, b.e).(type) {
			case completer:
				if sym == nil {
					return "return " + name.Symbol.Name + "(new Error('failed'));"
				}
				return "return " + name.Symbol.Name + "(" + errName + ");"
			case responder:
				if text := b.s.respondError(v, name.Symbol.Name); text != "" {
					return text
				}
			}
		}
	}
	return ""
}

// respondError is how a responder answers with an error.
func (s *session) respondError(_ responder, name string) string {
	for _, m := range s.contract.ResponderMethods {
		if m == "json" {
			return "return " + name + ".status(500).json({ error: 'Internal Server Error' });"
		}
	}
	return ""
}
