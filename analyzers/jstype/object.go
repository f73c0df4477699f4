package jstype

// object reads `{ … }`: the members of an object type, an interface or a declared class.
func (p *reader) object() *Type {
	t := &Type{Kind: Object}
	if !p.is("{") {
		return t
	}
	p.step()
	for p.kind != atEnd && !p.is("}") {
		at := p.at
		if m, ok := p.member(); ok {
			t.Members = append(t.Members, m)
		}
		for p.is(";") || p.is(",") {
			p.step()
		}
		if p.at == at {
			p.jump()
		}
	}
	p.close("}")
	return t
}

// member reads one member; ok is false for what says nothing of an instance.
func (p *reader) member() (m Member, ok bool) {
	accessor := ""
	for p.kind == name && p.modifies() {
		switch word := p.word(); word {
		case "static":
			m.Static = true
		case "get", "set":
			accessor = word
		}
		p.step()
	}
	for p.is("+") || p.is("-") { // of a mapped type: -readonly
		p.step()
	}
	switch {
	case p.is("["):
		return p.indexed()
	case p.is("("), p.is("<"):
		m.Name = "()"
	case p.is("new") && (p.behind().is("(") || p.behind().is("<")):
		p.step()
		p.signature()
		return m, false
	case p.kind == name || p.kind == number:
		m.Name = p.word()
		p.step()
	case p.kind == quoted:
		m.Name = p.content()
		p.step()
	default:
		return m, false
	}
	if !p.take("?") {
		p.take("!")
	}
	switch {
	case p.is("("), p.is("<"):
		m.Type = p.signature()
		if accessor == "get" {
			m.Type = m.Type.Result
		}
	case p.take(":"):
		m.Type = p.whole()
	}
	return m, m.Type != nil && accessor != "set" && m.Name != "constructor"
}

// modifies tells whether the current word stands before a member's name instead of being it.
func (p *reader) modifies() bool {
	switch p.word() {
	case "static", "get", "set", "abstract", "declare", "async", "accessor":
	default:
		if !accessibility(p.word()) {
			return false
		}
	}
	b := p.behind()
	return !b.line && (b.kind == name || b.kind == quoted || b.is("["))
}

// signature reads `<T>(a: A): R`.
func (p *reader) signature() *Type {
	t := &Type{Kind: Function, Start: p.at}
	if p.is("<") {
		t.Generic = p.generics()
	}
	if p.is("(") {
		t.Params = p.params()
	}
	if p.take(":") {
		t.Result = p.whole()
	}
	t.End = p.last
	return t
}

// indexed reads `[key: string]: T`; of a mapped type and of a computed name nothing is known.
func (p *reader) indexed() (Member, bool) {
	p.step()
	isIndex := p.kind == name && p.behind().is(":")
	p.close("]")
	for p.is("?") || p.is("+") || p.is("-") {
		p.step()
	}
	if p.is("(") || p.is("<") {
		p.signature()
		return Member{}, false
	}
	if !p.take(":") {
		return Member{}, false
	}
	t := p.whole()
	return Member{Type: t}, isIndex
}

// ReadMember reads the type of one member of a class, from its first modifier on; nil if none is written.
func ReadMember(text string, from, to int) *Type {
	p := &reader{scanner: scan(text, from, to)}
	m, ok := p.member()
	if !ok {
		return nil
	}
	return m.Type
}

// ReadMembers reads the members of a class that have no code, from a part of its body between those that have: abstract
// methods and declared fields.
func ReadMembers(text string, from, to int) []Member {
	p := &reader{scanner: scan(text, from, to)}
	var out []Member
	for p.kind != atEnd {
		at := p.at
		if m, ok := p.member(); ok && !m.Static {
			out = append(out, m)
		}
		if p.at == at {
			p.jump()
		}
	}
	return out
}
