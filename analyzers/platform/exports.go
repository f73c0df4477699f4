package platform

import (
	"cmp"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// export notes what a top-level statement exports.
func (s *source) export(stmt jsparse.Stmt) {
	switch d := stmt.(type) {
	case *jsparse.VarDecl:
		if d.Exported {
			s.exportVars(d)
		}
		for _, v := range d.Decls { // const handler = exports.handler = …
			if a, ok := v.Init.(*jsparse.Assign); ok {
				s.exportAssign(a)
			}
		}
	case *jsparse.FuncDecl:
		if name := declaredName(d.Default, d.Func.Name); d.Exported || d.Default {
			s.add(export{name: name, entry: Entry{Decl: d.Func, Span: d.Func.Span()}})
		}
	case *jsparse.ExportDefault:
		s.add(export{name: "default", entry: entryOf(d.X)})
	case *jsparse.ExportNames:
		for _, n := range d.Names {
			s.exportName(d, n)
		}
	case *jsparse.ExportAll:
		if d.Name == "" {
			s.add(export{name: "*", from: d.Path})
		}
	case *jsparse.ExprStmt:
		if a, ok := d.X.(*jsparse.Assign); ok {
			s.exportAssign(a)
		}
	}
}

func declaredName(isDefault bool, sym *jsparse.Symbol) string {
	if isDefault || sym == nil {
		return "default"
	}
	return sym.Name
}

func entryOf(x jsparse.Expr) Entry { return Entry{Expr: x, Span: x.Span()} }

func (s *source) add(e export) { s.exports = append(s.exports, e) }

func (s *source) exportVars(d *jsparse.VarDecl) {
	for _, v := range d.Decls {
		name, ok := v.Target.(*jsparse.Name)
		if ok && v.Init != nil {
			s.add(export{name: name.Symbol.Name, entry: entryOf(v.Init)})
		}
	}
}

func (s *source) exportName(d *jsparse.ExportNames, n jsparse.ExportName) {
	if d.Path != "" {
		s.add(export{name: n.Name, from: d.Path, fromName: n.LocalName})
		return
	}
	if n.Local == nil {
		return
	}
	if in, ok := s.imports[n.Local]; ok {
		s.add(export{name: n.Name, from: in.path, fromName: in.name})
		return
	}
	b := s.bound[n.Local]
	switch {
	case b.fn != nil:
		s.add(export{name: n.Name, entry: Entry{Decl: b.fn, Span: b.fn.Span()}})
	case b.expr != nil:
		s.add(export{name: n.Name, entry: entryOf(b.expr)})
	}
}

// exportAssign reads `exports.x = …`, `module.exports.x = …` and `module.exports = …`, chained ones too.
func (s *source) exportAssign(a *jsparse.Assign) {
	if a.Op != "=" {
		return
	}
	value := a.Value
	for {
		inner, ok := value.(*jsparse.Assign)
		if !ok || inner.Op != "=" {
			break
		}
		s.exportTarget(inner.Target, finalValue(inner))
		value = inner.Value
	}
	s.exportTarget(a.Target, value)
}

func finalValue(a *jsparse.Assign) jsparse.Expr {
	for {
		inner, ok := a.Value.(*jsparse.Assign)
		if !ok {
			return a.Value
		}
		a = inner
	}
}

func (s *source) exportTarget(target jsparse.Node, value jsparse.Expr) {
	if isModuleExports(target) {
		s.exportWhole(value)
		return
	}
	m, ok := target.(*jsparse.Member)
	if !ok {
		return
	}
	if isModuleExports(m.Object) || unboundName(m.Object) == "exports" {
		s.exportValue(m.Name, value)
	}
}

// isModuleExports tells whether x is `module.exports`.
func isModuleExports(x jsparse.Node) bool {
	m, ok := x.(*jsparse.Member)
	return ok && m.Name == "exports" && unboundName(m.Object) == "module"
}

// exportWhole reads the value of `module.exports =`: an object's properties are exports by name.
func (s *source) exportWhole(value jsparse.Expr) {
	if path, member, ok := requirePath(value); ok && path != "" {
		if member == "" {
			s.add(export{name: "*", from: path})
		}
		s.add(export{name: "module.exports", entry: entryOf(value), from: path, fromName: member})
		return
	}
	s.add(export{name: "module.exports", entry: entryOf(value)})
	for _, p := range s.objectOf(value) {
		if p.Spread || p.Key == "" || p.Value == nil || p.Getter || p.Setter {
			continue
		}
		s.exportValue(p.Key, p.Value)
	}
}

// objectOf are the properties of an object literal, named or not.
func (s *source) objectOf(x jsparse.Expr) []*jsparse.Property {
	if sym := symbolOf(x); sym != nil {
		x = s.bound[sym].expr
	}
	if o, ok := x.(*jsparse.Object); ok {
		return o.Props
	}
	return nil
}

func (s *source) exportValue(name string, value jsparse.Expr) {
	if isVoid(value) { // `exports.handler = void 0`, which TypeScript writes first
		return
	}
	e := export{name: name, entry: entryOf(value)}
	if path, member, ok := requirePath(value); ok {
		e.from, e.fromName = path, member
	} else if sym := symbolOf(value); sym != nil {
		if in, ok := s.imports[sym]; ok {
			e.from, e.fromName = in.path, in.name
		}
	}
	s.add(e)
}

func isVoid(x jsparse.Expr) bool {
	switch x := x.(type) {
	case *jsparse.Unary:
		return x.Op == "void"
	case *jsparse.Literal:
		return x.Kind == jsparse.Undefined
	}
	return false
}

// follow goes through re-exports to where the value is made.
func (f *finder) follow(s *source, name string) (*source, *export) {
	return f.followFrom(s, name, map[imported]bool{})
}

func (f *finder) followFrom(s *source, name string, seen map[imported]bool) (*source, *export) {
	at := imported{s.path, name}
	if seen[at] {
		return s, nil
	}
	seen[at] = true
	e := s.named(name)
	if e == nil && name == "module.exports" {
		e = s.named("default")
	}
	if e == nil {
		return f.followAll(s, name, seen)
	}
	if e.from == "" {
		return s, e
	}
	file := f.resolve(s.path, e.from)
	if file == "" {
		return s, e
	}
	next := f.load(file)
	if next == nil {
		return s, e
	}
	target := e.fromName
	if target == "" {
		target = "module.exports"
	}
	if in, found := f.followFrom(next, target, seen); found != nil {
		return in, found
	}
	return s, e
}

// followImport is the export of a file of the project that an import names, and the file that declares it; nil if there is none.
func (f *finder) followImport(s *source, in imported) (*source, *export) {
	file := f.resolve(s.path, in.path)
	if file == "" {
		return nil, nil
	}
	next := f.load(file)
	if next == nil {
		return nil, nil
	}
	return f.follow(next, cmp.Or(in.name, "module.exports"))
}

// maxFollow bounds chains of names, variables and files that stand for each other.
const maxFollow = 5

// followAll looks for a name behind `export * from` and `module.exports = require()`.
func (f *finder) followAll(s *source, name string, seen map[imported]bool) (*source, *export) {
	for _, e := range s.exports {
		if e.name != "*" {
			continue
		}
		if file := f.resolve(s.path, e.from); file != "" {
			if next := f.load(file); next != nil {
				if in, found := f.followFrom(next, name, seen); found != nil {
					return in, found
				}
			}
		}
	}
	return s, nil
}
