package jstype

import "strings"

// named reads what starts with a name: a keyword, a reference, an import.
func (p *reader) named() *Type {
	switch word := p.word(); word {
	case "string", "number", "boolean", "bigint", "symbol", "true", "false":
		p.step()
		return p.predicate(&Type{Kind: Primitive})
	case "void", "undefined", "null":
		p.step()
		return &Type{Kind: Nothing}
	case "any", "unknown", "never", "object", "this":
		p.step()
		return p.predicate(&Type{})
	case "typeof":
		p.step()
		t := p.operand()
		if t.Kind == Reference && t.Args == nil {
			t.Kind = Query
			return t
		}
		return &Type{}
	case "import":
		return p.imported()
	case "new", "abstract":
		if b := p.behind(); b.is("(") || b.is("<") || b.is("new") {
			return p.constructor()
		}
	case "function":
		if p.doc {
			p.step()
			return p.docFunction()
		}
	}
	return p.predicate(p.reference())
}

// constructor reads `abstract new (a: A) => R`.
func (p *reader) constructor() *Type {
	p.take("abstract")
	p.take("new")
	t := p.operand()
	if t.Kind == Function {
		t.Kind = Constructor
	}
	return t
}

// predicate makes `x is T` what it is at run time.
func (p *reader) predicate(t *Type) *Type {
	if !p.is("is") || p.line || p.doc {
		return t
	}
	p.step()
	p.prefixed()
	return &Type{Kind: Primitive}
}

// dotted reads the rest of a name with dots.
func (p *reader) dotted(first string) string {
	var b strings.Builder
	b.WriteString(first)
	for p.is(".") {
		if p.doc && p.behind().is("<") {
			p.step() // Array.<T>
			break
		}
		p.step()
		if p.kind != name {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(p.word())
		p.step()
	}
	return b.String()
}

func (p *reader) reference() *Type {
	first := p.word()
	p.step()
	t := &Type{Kind: Reference, Name: p.dotted(first)}
	if p.is("<") && !p.line {
		t.Args = p.arguments()
	}
	return t
}

func (p *reader) imported() *Type {
	p.step()
	if !p.take("(") || p.kind != quoted {
		return &Type{}
	}
	t := &Type{Kind: Imported, From: p.content()}
	p.step()
	p.close(")")
	t.Name = p.dotted("")
	if p.is("<") && !p.line {
		t.Args = p.arguments()
	}
	return t
}

// arguments reads `<A, B>`.
func (p *reader) arguments() []*Type {
	var out []*Type
	p.step()
	for p.kind != atEnd && !p.is(">") {
		before := p.at
		out = append(out, p.whole())
		if !p.take(",") && !p.is(">") && p.at == before {
			return out // not what it looked like
		}
	}
	p.take(">")
	return out
}

// generics reads `<T extends A = B, U>`.
func (p *reader) generics() []Generic {
	var out []Generic
	p.step()
	for p.kind == name {
		for p.is("const") || p.is("in") || p.is("out") {
			p.step()
		}
		g := Generic{Name: p.word()}
		p.step()
		if p.take("extends") {
			g.Extends = p.whole()
		}
		if p.take("=") {
			g.Default = p.whole()
		}
		out = append(out, g)
		if !p.take(",") {
			break
		}
	}
	p.take(">")
	return out
}

// function reads `(a: A) => R` behind its type parameters.
func (p *reader) function(generic []Generic) *Type {
	t := &Type{Kind: Function, Generic: generic}
	if !p.is("(") {
		return &Type{}
	}
	t.Params = p.params()
	if p.take("=>") {
		t.Result = p.whole()
	}
	return t
}

// params reads the parameters in parentheses.
func (p *reader) params() []Param {
	var out []Param
	p.step()
	for p.kind != atEnd && !p.is(")") {
		at := p.at
		var q Param
		q.Rest = p.take("...")
		for accessibility(p.word()) && p.behind().kind == name {
			p.step()
		}
		if p.kind == name {
			q.Name = p.word()
		}
		p.jump() // a name or a pattern
		p.take("?")
		if p.take(":") {
			q.Type = p.whole()
		}
		out = append(out, q)
		if !p.take(",") && p.at == at {
			break
		}
	}
	p.close(")")
	return out
}

func accessibility(word string) bool {
	switch word {
	case "public", "private", "protected", "readonly", "override":
		return true
	}
	return false
}

// docFunction reads `function(A, B): R` behind its first word.
func (p *reader) docFunction() *Type {
	t := &Type{Kind: Function}
	if !p.take("(") {
		return t
	}
	for p.kind != atEnd && !p.is(")") {
		at := p.at
		t.Params = append(t.Params, Param{Type: p.whole()})
		if !p.take(",") && p.at == at {
			break
		}
	}
	p.close(")")
	if p.take(":") {
		t.Result = p.whole()
	}
	return t
}

// tuple reads `[A, name: B, ...C]`.
func (p *reader) tuple() *Type {
	t := &Type{Kind: Tuple}
	p.step()
	for p.kind != atEnd && !p.is("]") {
		at := p.at
		rest := p.take("...")
		if p.kind == name {
			if b := p.behind(); b.is(":") || b.is("?") && b.behind().is(":") {
				p.step()
				p.take("?")
				p.take(":")
			}
		}
		x := p.whole()
		p.take("?")
		if rest {
			x = &Type{}
		}
		t.Args = append(t.Args, x)
		if !p.take(",") && p.at == at {
			break
		}
	}
	p.close("]")
	return t
}
