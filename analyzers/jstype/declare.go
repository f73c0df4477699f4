package jstype

// Declarations are what the parts of a file without code declare: imports that only types need, interfaces, type
// aliases, and what a declaration file declares.
type Declarations struct {
	Types   map[string]*Declared
	Imports map[string]Import
	// Values are declared functions, variables and classes, by name; classes as the type of what `new` gives.
	Values map[string]*Type
	// Exports are the names under which the file exports what it declares: `default` for `export default x`.
	Exports map[string]string
	// From are re-exports: `export { X } from './x'`, and Stars those of everything.
	From  map[string]Import
	Stars []string
	// Global are the types that `declare global` declares for all files.
	Global map[string]*Declared
}

// Declared is a named type: an alias, an interface or a class.
type Declared struct {
	Generic []Generic
	Type    *Type
	Extends []*Type
	// Class tells that it is a declared class, without code.
	Class bool
	// Again tells that the name is declared more than once; Type is the first declaration's.
	Again bool
}

// Import is a name that is imported, or exported again.
type Import struct{ From, Name string }

// Declare reads declarations off the parts of text between its statements. A part is a pair of offsets.
func Declare(text string, parts [][2]int) *Declarations {
	d := &Declarations{Types: map[string]*Declared{}, Imports: map[string]Import{}, Values: map[string]*Type{}, Exports: map[string]string{}, From: map[string]Import{}, Global: map[string]*Declared{}}
	for _, part := range parts {
		p := &declarer{reader{scanner: scan(text, part[0], part[1])}, d}
		for p.kind != atEnd {
			at := p.at
			p.declaration()
			if p.at == at {
				p.jump()
			}
		}
	}
	return d
}

type declarer struct {
	reader
	into *Declarations
}

// declaration reads one declaration, or steps over a token.
func (p *declarer) declaration() {
	exported, byDefault := p.take("export"), false
	if exported {
		byDefault = p.take("default")
	}
	for p.is("declare") || p.is("abstract") {
		p.step()
	}
	switch p.word() {
	case "import":
		p.importation()
	case "interface":
		p.step()
		p.export(p.interfaceOrClass(false), exported, byDefault)
	case "class":
		p.step()
		p.export(p.interfaceOrClass(true), exported, byDefault)
	case "type":
		if exported && (p.behind().is("{") || p.behind().is("*")) {
			p.step()
			p.list()
			return
		}
		p.step()
		p.export(p.alias(), exported, byDefault)
	case "async", "function":
		p.export(p.declaredFunction(), exported, byDefault)
	case "const", "let", "var":
		p.variables(exported)
	case "global":
		p.global()
	case "namespace", "module", "enum":
		for p.kind != atEnd && !p.is("{") {
			p.step()
		}
		p.jump() // what is in it has other names
	case "{", "*":
		if exported {
			p.list()
		} else {
			p.jump()
		}
	default:
		if byDefault && p.kind == name {
			p.into.Exports["default"] = p.word()
		}
		p.step()
	}
}

// global reads `global { … }`: its types are known to all files, and it has the file's imports.
func (p *declarer) global() {
	p.step()
	if !p.is("{") {
		return
	}
	start := p.to
	p.jump()
	for name, d := range Declare(p.text, [][2]int{{start, p.last - 1}}).Types {
		p.into.Global[name] = d
	}
}

func (p *declarer) export(name string, exported, byDefault bool) {
	switch {
	case name == "":
	case byDefault:
		p.into.Exports["default"] = name
	case exported:
		p.into.Exports[name] = name
	}
}

func (p *declarer) add(name string, d *Declared) {
	if before := p.into.Types[name]; before != nil {
		before.Again = true
		before.Type.Members = append(before.Type.Members, d.Type.Members...)
		return
	}
	p.into.Types[name] = d
}

func (p *declarer) interfaceOrClass(class bool) string {
	d := &Declared{Class: class}
	id := p.word()
	if p.kind != name {
		return ""
	}
	p.step()
	if p.is("<") {
		d.Generic = p.generics()
	}
	for p.is("extends") || p.is("implements") || p.is(",") {
		p.step()
		d.Extends = append(d.Extends, p.prefixed())
	}
	d.Type = p.object()
	p.add(id, d)
	if class {
		p.into.Values[id] = &Type{Kind: Query, Name: id}
	}
	return id
}

func (p *declarer) alias() string {
	d := &Declared{}
	id := p.word()
	if p.kind != name {
		return ""
	}
	p.step()
	if p.is("<") {
		d.Generic = p.generics()
	}
	if !p.take("=") {
		return ""
	}
	d.Type = p.whole()
	p.take(";")
	p.add(id, d)
	return id
}

func (p *declarer) declaredFunction() string {
	async := p.take("async")
	p.take("function")
	p.take("*")
	id := p.word()
	if p.kind != name {
		return ""
	}
	p.step()
	t := p.signature()
	p.take(";")
	if t.Result == nil && !async {
		return id
	}
	if before := p.into.Values[id]; before != nil { // an overload
		t = &Type{Kind: Union, Args: []*Type{before, t}}
	}
	p.into.Values[id] = t
	return id
}

func (p *declarer) variables(exported bool) {
	p.step()
	for p.kind == name {
		id := p.word()
		p.step()
		if p.take(":") {
			p.into.Values[id] = p.whole()
		}
		p.export(id, exported, false)
		if !p.take(",") {
			break
		}
	}
	p.take(";")
}
