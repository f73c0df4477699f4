package jstype

// deepest bounds how deep types nest.
const deepest = 60

// Read reads the type that starts at from, up to to at the latest. End tells where it ends.
func Read(text string, from, to int) *Type {
	p := &reader{scanner: scan(text, from, to)}
	return p.whole()
}

// ReadGenerics reads the type parameters that start at from: `<T extends A = B>`.
func ReadGenerics(text string, from, to int) []Generic {
	p := &reader{scanner: scan(text, from, to)}
	if !p.is("<") {
		return nil
	}
	return p.generics()
}

// ReadArguments reads the type arguments that start at from: `<A, B>`; nil if none do.
func ReadArguments(text string, from, to int) []*Type {
	p := &reader{scanner: scan(text, from, to)}
	if !p.is("<") {
		return nil
	}
	return p.arguments()
}

// reader reads types. Type parameters are not told from other names here; who resolves a name asks for them.
type reader struct {
	*scanner
	depth int
	doc   bool // JSDoc: `?T`, `T=`, `Array.<T>`, `function(T): U`
	last  int  // where the last token that belongs to a type ends
}

func (p *reader) step() { p.last = p.to; p.next() }

func (p *reader) take(word string) bool {
	if !p.is(word) {
		return false
	}
	p.step()
	return true
}

func (p *reader) jump() { p.last = p.skip() }

// whole reads a type with everything that may follow its first operand.
func (p *reader) whole() *Type {
	start := p.at
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > deepest || p.kind == atEnd {
		p.jump()
		return &Type{Start: start, End: p.last}
	}
	t := p.union()
	if p.is("extends") && !p.line && !p.doc {
		p.condition()
		t = &Type{}
	}
	t.Start, t.End = start, p.last
	return t
}

// condition steps over `extends U ? A : B`.
func (p *reader) condition() {
	p.step()
	p.union()
	if p.take("?") {
		p.whole()
		if p.take(":") {
			p.whole()
		}
	}
}

func (p *reader) union() *Type { return p.joined("|", Union, p.intersection) }

func (p *reader) intersection() *Type { return p.joined("&", Intersection, p.prefixed) }

func (p *reader) joined(operator string, kind Kind, part func() *Type) *Type {
	p.take(operator)
	t := part()
	if !p.is(operator) {
		return t
	}
	parts := []*Type{t}
	for p.take(operator) {
		parts = append(parts, part())
	}
	return &Type{Kind: kind, Args: parts}
}

func (p *reader) prefixed() *Type {
	if p.depth++; p.depth > deepest {
		p.depth--
		p.jump()
		return &Type{}
	}
	defer func() { p.depth-- }()
	switch {
	case p.doc && (p.is("?") || p.is("!") || p.is("...")):
		return p.docPrefix()
	case p.is("keyof"), p.is("unique"), p.is("infer"):
		p.step()
		p.prefixed()
		return &Type{}
	case p.is("readonly"):
		p.step()
		return p.prefixed()
	case p.is("asserts") && p.behind().kind == name && !p.behind().line:
		p.step()
		p.step()
		if p.take("is") {
			p.prefixed()
		}
		return &Type{Kind: Nothing}
	}
	return p.postfixed(p.operand())
}

func (p *reader) docPrefix() *Type {
	p.step()
	switch p.word() {
	case "", "}", ",", ")", "|", ">":
		return &Type{}
	}
	return p.prefixed()
}

// postfixed reads `[]` and `[K]`.
func (p *reader) postfixed(t *Type) *Type {
	for {
		switch {
		case p.is("[") && !p.line:
			p.step()
			if p.take("]") {
				t = &Type{Kind: List, Args: []*Type{t}}
				continue
			}
			p.whole()
			p.take("]")
			t = &Type{}
		case p.doc && p.is("="):
			p.step()
		default:
			return t
		}
	}
}

func (p *reader) operand() *Type {
	switch p.kind {
	case quoted, number:
		p.step()
		return &Type{Kind: Primitive}
	case name:
		return p.named()
	case atEnd:
		return &Type{}
	}
	switch p.word() {
	case "(":
		if b := p.behind(); b.is("=>") {
			return p.function(nil)
		}
		p.step()
		t := p.whole()
		p.close(")")
		return t
	case "<":
		return p.function(p.generics())
	case "{":
		return p.object()
	case "[":
		return p.tuple()
	case "-":
		p.step()
		p.step()
		return &Type{Kind: Primitive}
	case "*", "?":
		if p.doc {
			p.step()
		}
	}
	return &Type{}
}

// close steps behind a closing bracket, over what could not be read before it.
func (p *reader) close(bracket string) {
	for p.kind != atEnd && !p.is(bracket) {
		switch p.word() {
		case ")", "]", "}", ";":
			return
		}
		p.jump()
	}
	p.take(bracket)
}
