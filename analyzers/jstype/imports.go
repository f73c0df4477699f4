package jstype

// importation reads an import statement from which types may come.
func (p *declarer) importation() {
	p.step()
	if p.is("type") && (p.behind().is("{") || p.behind().is("*") || p.behind().kind == name && !p.behind().is("from")) {
		p.step()
	}
	names := map[string]string{}
	for p.kind != atEnd && !p.is("from") && p.kind != quoted && !p.is(";") {
		switch {
		case p.is("{"):
			p.names(func(name, as string) { names[as] = name })
		case p.take("*"):
			p.take("as")
			names[p.word()] = "*"
			p.step()
		case p.kind == name:
			local := p.word()
			p.step()
			if p.take("=") { // import x = require('y')
				p.required(local)
				return
			}
			names[local] = "default"
		default:
			p.step()
		}
	}
	p.take("from")
	from := p.content()
	p.step()
	p.take(";")
	for local, name := range names {
		p.into.Imports[local] = Import{from, name}
	}
}

func (p *declarer) required(local string) {
	if p.take("require") && p.take("(") && p.kind == quoted {
		p.into.Imports[local] = Import{p.content(), "*"}
		p.step()
		p.take(")")
	}
	p.take(";")
}

// names reads `{ a, type b as c }`.
func (p *declarer) names(each func(name, as string)) {
	p.step()
	for p.kind != atEnd && !p.is("}") {
		at := p.at
		if p.is("type") && (p.behind().kind == name && !p.behind().is("as") || p.behind().kind == quoted) {
			p.step()
		}
		id := p.word()
		p.step()
		as := id
		if p.take("as") {
			as = p.word()
			p.step()
		}
		each(id, as)
		if !p.take(",") && p.at == at {
			return
		}
	}
	p.take("}")
}

// list reads `export { a as b } from 'c'` and `export * from 'c'` behind the first word.
func (p *declarer) list() {
	names := map[string]string{}
	star := p.take("*")
	if star && p.take("as") {
		star, names[p.word()] = false, "*"
		p.step()
	}
	if p.is("{") {
		p.names(func(name, as string) { names[as] = name })
	}
	from := ""
	if p.take("from") {
		from = p.content()
		p.step()
	}
	p.take(";")
	if star && from != "" {
		p.into.Stars = append(p.into.Stars, from)
	}
	for as, name := range names {
		if from != "" {
			p.into.From[as] = Import{from, name}
		} else {
			p.into.Exports[as] = name
		}
	}
}
