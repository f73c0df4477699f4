package flow

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// The tests write graphs in a small notation, one statement a line:
//
//	async handler(err) {
//	  p = start NAME [fail] [unsure]     x = wait p            x = maybe NAME [fail]
//	  callback NAME [f: err | null data] timer f, interval f, event f g, cancel t
//	  d = defer, resolve d [v], reject d, unsure d             escape [p], drop p, append list p
//	  y = then p ok=f fail=g finally=h opaque=fail             y = all p q (settled, race, any)
//	  x = call f|g a b                   throws NAME [weak] [always] [on=x]
//	  complete NAME [error]              x = VALUE             note TEXT
//	  if x { … } else { … }   conditions: x, x == v, x?, *     while * { … }, loop { … }, break
//	  try { … } catch { … } (or finally)         return [v], throw, rethrow, stop
//	}
type program struct {
	t     *testing.T
	lines []string
	at    int
	vars  map[string]*Var
	funcs map[string]*Func
	first *Func
}

// parse reads a program; its first function is the handler.
func parse(t *testing.T, text string) *program {
	t.Helper()
	p := &program{t: t, vars: map[string]*Var{}, funcs: map[string]*Func{}}
	p.lines = strings.Split(text, "\n")
	for p.at < len(p.lines) {
		line := strings.TrimSpace(p.lines[p.at])
		p.at++
		if line != "" {
			p.function(line)
		}
	}
	return p
}

func (p *program) function(header string) {
	async := strings.HasPrefix(header, "async ")
	header = strings.TrimPrefix(header, "async ")
	name, rest, _ := strings.Cut(header, "(")
	params, _, _ := strings.Cut(rest, ")")
	f := p.fn(name)
	f.Async = async
	for _, v := range strings.Fields(params) {
		f.Params = append(f.Params, p.v(v))
	}
	if p.first == nil {
		p.first = f
	}
	b := &builder{p: p}
	entry := b.block()
	b.cur = entry
	b.body()
	b.end(Return{Range: p.here(), Value: Operand{Value: Value{Kind: Undefined}}, Implicit: true})
	f.Build = func() *Block { return entry }
}

func (p *program) fn(name string) *Func {
	if p.funcs[name] == nil {
		p.funcs[name] = &Func{Name: name}
	}
	return p.funcs[name]
}

func (p *program) v(name string) *Var {
	if name == "" {
		return nil
	}
	if p.vars[name] == nil {
		p.vars[name] = &Var{Name: name}
	}
	return p.vars[name]
}

// here is the range of the line just read: its number.
func (p *program) here() Range { return Range{File: "f", Start: p.at, End: p.at + 1} }

func (p *program) operand(w string) Operand {
	switch w {
	case "", "undefined":
		return Operand{Value: Value{Kind: Undefined}}
	case "null":
		return Operand{Value: Value{Kind: Null}}
	case "unknown":
		return Operand{}
	case "object":
		return Operand{Value: Value{Kind: Object}}
	case "truthy":
		return Operand{Value: Value{Kind: Truthy}}
	case "text":
		return Operand{Value: Value{Kind: Text}}
	case "true", "false":
		return Operand{Value: Value{Kind: Constant, Text: w}}
	}
	if _, err := strconv.Atoi(w); err == nil || strings.ContainsAny(w[:1], `"'`) {
		return Operand{Value: Value{Kind: Constant, Text: w}}
	}
	return Operand{Var: p.v(w)}
}

// builder makes the blocks of one function.
type builder struct {
	p     *program
	cur   *Block
	catch *Block
	exits []*Block
}

func (b *builder) block() *Block { return &Block{Catch: b.catch} }

func (b *builder) end(t Terminator) {
	if b.cur != nil && b.cur.Term == nil {
		b.cur.Term = t
	}
}

// body reads statements up to the closing brace and returns that line.
func (b *builder) body() string {
	for b.p.at < len(b.p.lines) {
		line := strings.TrimSpace(b.p.lines[b.p.at])
		b.p.at++
		if strings.HasPrefix(line, "}") {
			return line
		}
		if line != "" {
			b.statement(line)
		}
	}
	b.p.t.Fatal("missing }")
	return ""
}

func (b *builder) statement(line string) {
	words := strings.Fields(line)
	switch words[0] {
	case "if":
		b.ifElse(strings.TrimSuffix(strings.TrimPrefix(line, "if "), " {"))
	case "while":
		b.while()
	case "loop":
		b.loop()
	case "break":
		b.leave(Jump{To: b.exits[len(b.exits)-1]})
	case "try":
		b.tryCatch()
	case "return":
		b.leave(Return{Range: b.p.here(), Value: b.p.operand(arg(words, 1))})
	case "throw":
		b.leave(Raise{Range: b.p.here()})
	case "rethrow":
		b.leave(Raise{Range: b.p.here(), Rethrow: true})
	case "stop":
		b.leave(Stop{})
	default:
		b.cur.Ops = append(b.cur.Ops, b.p.op(words))
	}
}

// leave ends the block; what follows cannot be reached.
func (b *builder) leave(t Terminator) {
	b.end(t)
	b.cur = b.block()
}

func (b *builder) ifElse(cond string) {
	then, other, after := b.block(), b.block(), b.block()
	b.end(Branch{Range: b.p.here(), Cond: b.p.cond(cond), Then: then, Else: other})
	b.cur = then
	line := b.body()
	b.end(Jump{To: after})
	b.cur = other
	if strings.HasPrefix(line, "} else") {
		b.body()
	}
	b.end(Jump{To: after})
	b.cur = after
}

func (p *program) cond(text string) Cond {
	c := Cond{Text: text, Test: IsTruthy}
	left, right, equal := strings.Cut(text, " == ")
	switch {
	case text == "*":
		c.Test = AskNothing
	case equal:
		c.Test, c.Of, c.Value = IsEqual, p.operand(left), p.operand(right).Value
	case strings.HasSuffix(text, "?"):
		c.Test, c.Of = IsNullish, p.operand(strings.TrimSuffix(text, "?"))
	default:
		c.Of = p.operand(text)
	}
	return c
}

func (b *builder) while() {
	head, body, after := b.block(), b.block(), b.block()
	head.Loop = &Loop{Range: b.p.here()}
	head.Term = Choose{To: []*Block{body, after}}
	b.end(Jump{To: head})
	b.cur, b.exits = body, append(b.exits, after)
	b.body()
	b.end(Jump{To: head})
	b.cur, b.exits = after, b.exits[:len(b.exits)-1]
}

func (b *builder) loop() {
	head, after := b.block(), b.block()
	head.Loop = &Loop{Range: b.p.here(), Endless: true}
	b.end(Jump{To: head})
	b.cur, b.exits = head, append(b.exits, after)
	b.body()
	b.end(Jump{To: head})
	b.cur, b.exits = after, b.exits[:len(b.exits)-1]
}

func (b *builder) tryCatch() {
	outer := b.catch
	handler, after := b.block(), b.block()
	b.catch = handler
	body := b.block()
	b.end(Jump{To: body})
	b.cur = body
	finally := strings.Contains(b.body(), "finally")
	b.end(Jump{To: after})
	b.catch = outer
	b.cur = handler
	if !finally {
		handler.Ops = append(handler.Ops, Caught{Range: b.p.here()})
	}
	b.body()
	if finally { // of the way on which something was thrown; the other one is left out
		b.end(Raise{Range: b.p.here(), Rethrow: true})
	}
	b.end(Jump{To: after})
	b.cur = after
}

func arg(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return ""
}

func has(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

func option(words []string, name string) string {
	for _, w := range words {
		if v, ok := strings.CutPrefix(w, name+"="); ok {
			return v
		}
	}
	return ""
}

// op reads a statement that is one operation.
func (p *program) op(words []string) Op {
	result := ""
	if arg(words, 1) == "=" {
		result, words = words[0], words[2:]
	}
	if op := p.asyncOp(words, p.v(result)); op != nil {
		return op
	}
	site := p.site(words)
	switch words[0] {
	case "call":
		var funcs []*Func
		for _, f := range strings.Split(words[1], "|") {
			funcs = append(funcs, p.fn(f))
		}
		return Call{Site: site, Funcs: funcs, Args: p.operands(words[2:]), Result: p.v(result)}
	case "throws":
		o := MayThrow{Range: p.here(), What: words[1], Weak: has(words, "weak"), Always: has(words, "always")}
		o.On = p.v(option(words, "on"))
		return o
	case "escape":
		if len(words) == 1 {
			return Escape{}
		}
		return Escape{What: PromiseEscapes, Of: p.operand(words[1])}
	case "drop":
		return Drop{Site: site, Of: p.operand(words[1])}
	case "append":
		return Append{To: p.v(words[1]), From: p.operand(words[2])}
	case "complete":
		return Complete{Site: site, How: words[1], Error: has(words, "error")}
	case "note":
		return Note{Range: p.here(), Text: strings.Join(words[1:], " ")}
	}
	if result == "" {
		p.t.Fatalf("line %d: what is %q?", p.at, words)
	}
	return Set{To: p.v(result), From: p.operand(words[0])}
}

func (p *program) operands(words []string) []Operand {
	var list []Operand
	for _, w := range words {
		list = append(list, p.operand(w))
	}
	return list
}

func (p *program) site(words []string) Site {
	return Site{Range: p.here(), Text: arg(words, 1)}
}

func (p *program) asyncOp(words []string, result *Var) Op {
	site := p.site(words)
	w := &Work{Name: arg(words, 1), CanFail: has(words, "fail"), Sure: !has(words, "unsure")}
	start := Start{Site: site, Work: w, Result: result}
	switch words[0] {
	case "start":
		return start
	case "callback":
		return p.callbackOp(start, words)
	case "timer", "interval", "event":
		w.Kind = map[string]WorkKind{"timer": TimerWork, "interval": IntervalWork, "event": EventWork}[words[0]]
		for _, f := range words[1:] {
			start.Then = append(start.Then, p.fn(f))
		}
		return start
	case "cancel":
		return Cancel{Handle: p.operand(words[1])}
	case "defer":
		return Defer{Site: site, Result: result}
	case "resolve", "reject", "unsure":
		return Settle{
			Site: site, Promise: p.v(words[1]), Fails: words[0] != "resolve", Unsure: words[0] == "unsure",
			Value: p.operand(arg(words, 2)),
		}
	case "then":
		return p.thenOp(words, site, result)
	case "all", "settled", "race", "any":
		how := map[string]CombineKind{"all": All, "settled": AllSettled, "race": Race, "any": Any}[words[0]]
		return Combine{Site: site, How: how, Inputs: p.operands(words[1:]), Result: result}
	case "wait":
		return Wait{Site: site, Promise: p.operand(words[1]), Result: result}
	case "maybe":
		return Wait{Site: site, Result: result, Maybe: w}
	}
	return nil
}

func (p *program) callbackOp(start Start, words []string) Op {
	start.Work.Kind = CallbackWork
	text := strings.Join(words[2:], " ")
	name, alternatives, _ := strings.Cut(text, ":")
	start.Then = []*Func{p.fn(name)}
	for _, args := range strings.Split(alternatives, "|") {
		start.Args = append(start.Args, p.operands(strings.Fields(args)))
		start.ArgSays = append(start.ArgSays, fmt.Sprintf("called with %s", strings.TrimSpace(args)))
	}
	return start
}

func (p *program) thenOp(words []string, site Site, result *Var) Op {
	o := Continue{Site: site, Promise: p.operand(words[1]), Result: result}
	if f := option(words, "ok"); f != "" {
		o.OK = p.fn(f)
	}
	if f := option(words, "fail"); f != "" {
		o.Fail = p.fn(f)
	}
	if f := option(words, "finally"); f != "" {
		o.Finally = p.fn(f)
	}
	o.OpaqueOK = strings.Contains(option(words, "opaque"), "ok")
	o.OpaqueFail = strings.Contains(option(words, "opaque"), "fail")
	return o
}
