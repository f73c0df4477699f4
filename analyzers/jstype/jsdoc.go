package jstype

import "strings"

// Doc is what the tags of a JSDoc comment say of types.
type Doc struct {
	Type    *Type            // @type
	Returns *Type            // @returns
	Params  map[string]*Type // @param, by name
	// Typedefs are named types: `@typedef {T} Name`.
	Typedefs map[string]*Type
	// Template are the names of type parameters.
	Template []string
}

// ReadDoc reads a comment, delimiters included. It is nil if the comment is no JSDoc or says nothing of types.
func ReadDoc(comment string) *Doc {
	if !strings.HasPrefix(comment, "/**") || !strings.Contains(comment, "@") || len(comment) < len("/**/") {
		return nil
	}
	d := &Doc{Params: map[string]*Type{}, Typedefs: map[string]*Type{}}
	text := withoutStars(comment)
	for i := 0; i < len(text); {
		n := strings.IndexByte(text[i:], '@')
		if n < 0 {
			break
		}
		at := i + n
		i = at + 1
		if lineStart(text, at) {
			i = d.tag(text, i)
		}
	}
	return d
}

// withoutStars blanks the delimiters and the stars at the starts of lines, so that offsets stay.
func withoutStars(comment string) string {
	b := []byte(comment)
	copy(b, "   ")
	copy(b[len(b)-2:], "  ")
	fresh := true
	for i, c := range b {
		switch {
		case c == '\n':
			fresh = true
		case fresh && c == '*':
			b[i], fresh = ' ', false
		case c != ' ' && c != '\t' && c != '\r':
			fresh = false
		}
	}
	return string(b)
}

// lineStart tells whether nothing but space stands before an offset in its line.
func lineStart(text string, at int) bool {
	return strings.TrimSpace(text[strings.LastIndexByte(text[:at], '\n')+1:at]) == ""
}

// tag reads the tag whose name starts at i, and gives the offset behind what it has read.
func (d *Doc) tag(text string, i int) int {
	p := &reader{scanner: scan(text, i, len(text)), doc: true}
	tag := p.word()
	switch tag {
	case "type", "param", "arg", "argument", "returns", "return", "typedef":
	case "template":
		p.next()
		if p.kind == name {
			d.Template = append(d.Template, p.word())
		}
		return p.at
	case "callback", "overload":
		return p.to
	default:
		return p.to
	}
	p.next()
	if !p.is("{") || p.line {
		return p.at
	}
	p.step()
	t := p.whole()
	if !p.is("}") { // not a type as we know them
		return p.at
	}
	p.step()
	d.set(tag, t, p)
	return p.at
}

func (d *Doc) set(tag string, t *Type, p *reader) {
	switch tag {
	case "type":
		d.Type = t
	case "returns", "return":
		d.Returns = t
	case "typedef":
		if p.kind == name && !p.line {
			d.Typedefs[p.word()] = t
		}
	default:
		p.accept("[") // an optional parameter
		if p.kind != name {
			return
		}
		id := p.word()
		p.next()
		if !p.is(".") && !p.is("[") { // `@param {T} options.name` speaks of a part
			d.Params[id] = t
		}
	}
}
