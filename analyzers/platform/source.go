package platform

import (
	"path"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// source is a JavaScript file with what it declares, imports and exports at its top level.
type source struct {
	path    string
	file    *jsparse.File
	exports []export
	bound   map[*jsparse.Symbol]binding
	imports map[*jsparse.Symbol]imported
}

// export is one export, in the order of the file. The name is `handler`, `default`, or `module.exports` for the whole of it.
type export struct {
	name  string
	entry Entry
	// from and fromName are set for a re-export: `export { fromName as name } from 'from'`.
	from, fromName string
}

// binding is what a top-level name stands for.
type binding struct {
	expr  jsparse.Expr
	fn    *jsparse.Func
	class *jsparse.ClassExpr
}

// imported is what an import or a require binds: a member of a package or file, "" for the whole of it.
type imported struct{ path, name string }

// load parses a file and reads its top level; nil if it cannot be parsed.
func (f *finder) load(file string) *source {
	tree, err := f.tree.Parse(file)
	if err != nil || tree == nil {
		return nil
	}
	return f.sources.Of(file, tree, newSource)
}

func newSource(file string, tree *jsparse.File) *source {
	s := &source{
		path: file, file: tree,
		bound:   map[*jsparse.Symbol]binding{},
		imports: map[*jsparse.Symbol]imported{},
	}
	for _, stmt := range tree.Body {
		s.declare(stmt)
	}
	for _, stmt := range tree.Body {
		s.export(stmt)
	}
	return s
}

// declare notes what a top-level statement binds.
func (s *source) declare(stmt jsparse.Stmt) {
	switch d := stmt.(type) {
	case *jsparse.VarDecl:
		for _, v := range d.Decls {
			s.declarator(v)
		}
	case *jsparse.FuncDecl:
		if d.Func.Name != nil {
			s.bound[d.Func.Name] = binding{fn: d.Func}
		}
	case *jsparse.ClassDecl:
		if d.Class.Name != nil {
			s.bound[d.Class.Name] = binding{class: d.Class}
		}
	case *jsparse.ImportStmt:
		if d.Default != nil {
			s.imports[d.Default] = imported{d.Path, "default"}
		}
		if d.Namespace != nil {
			s.imports[d.Namespace] = imported{d.Path, ""}
		}
		for _, n := range d.Names {
			s.imports[n.Local] = imported{d.Path, n.Name}
		}
	case *jsparse.ExprStmt:
		s.assignment(d.X)
	}
}

// assignment notes `let x; x = value;` at the top level.
func (s *source) assignment(x jsparse.Expr) {
	a, ok := x.(*jsparse.Assign)
	if !ok || a.Op != "=" {
		return
	}
	if sym := symbolOf(a.Target); sym != nil && sym.Kind != jsparse.Unbound {
		if b := s.bound[sym]; b == (binding{}) {
			s.bound[sym] = binding{expr: a.Value}
		}
	}
}

func (s *source) declarator(v *jsparse.Declarator) {
	path, member, isRequire := requirePath(v.Init)
	switch t := v.Target.(type) {
	case *jsparse.Name:
		if isRequire {
			s.imports[t.Symbol] = imported{path, member}
			return
		}
		s.bound[t.Symbol] = binding{expr: v.Init}
	case *jsparse.ObjectPattern:
		for _, item := range t.Items {
			name, ok := item.Target.(*jsparse.Name)
			if ok && isRequire && !item.Rest {
				s.imports[name.Symbol] = imported{path, dotted(member, item.Key)}
			}
		}
	}
}

// requirePath is what `require(path)` or `require(path).a.b` names.
func requirePath(x jsparse.Expr) (path, member string, ok bool) {
	switch x := x.(type) {
	case *jsparse.Require:
		return x.Path, "", true
	case *jsparse.Member:
		path, member, ok = requirePath(x.Object)
		return path, dotted(member, x.Name), ok
	}
	return "", "", false
}

func dotted(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "." + b
}

// symbolOf is the variable that an expression or pattern names.
func symbolOf(n jsparse.Node) *jsparse.Symbol {
	switch n := n.(type) {
	case *jsparse.Ident:
		return n.Symbol
	case *jsparse.Name:
		return n.Symbol
	}
	return nil
}

// unboundName is the name of a global, "" for anything else.
func unboundName(x jsparse.Node) string {
	if sym := symbolOf(x); sym != nil && sym.Kind == jsparse.Unbound {
		return sym.Name
	}
	return ""
}

// named is the export with that name.
func (s *source) named(name string) *export {
	for i := range s.exports {
		if s.exports[i].name == name {
			return &s.exports[i]
		}
	}
	return nil
}

// hasDefaultModule tells whether the file exports something as a whole: `export default` or `module.exports =`.
func (s *source) whole() *export {
	if e := s.named("default"); e != nil {
		return e
	}
	return s.named("module.exports")
}

// resolve is the file of the project that a specifier means, by a relative path or a name of tsconfig.json; "" if there is none.
func (f *finder) resolve(from, specifier string) string {
	if !strings.HasPrefix(specifier, ".") {
		file, _ := f.modules.Resolve(from, specifier)
		return file
	}
	stem := path.Join(dirOf(from), specifier)
	if file := f.script(stem); file != "" {
		return file
	}
	if ext := path.Ext(stem); ext == ".js" || ext == ".mjs" || ext == ".cjs" { // TypeScript names what it will become
		if file := f.script(trimExt(stem)); file != "" {
			return file
		}
	}
	return f.script(path.Join(stem, "index"))
}
