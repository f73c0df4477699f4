package jsflow

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jstype"
)

// typed is a value of which only its type is known, as the project's files write it out: an interface, an object type, a
// list, a function type.
type typed struct {
	t  *jstype.Type
	in typeScope
}

// kept is a value of a class of the project that was made elsewhere; it may be of a class that extends it, so
// its methods are not followed, but what they give is.
type kept struct {
	of *class
	in typeScope // of its members: what its type parameters stand for
}

// deepestType bounds how far aliases and imports are followed.
const deepestType = 20

// valueOf is what is known of a value of a type.
func (s *session) valueOf(t *jstype.Type, in typeScope) value {
	if t == nil || in.file == nil {
		return nil
	}
	key := typed{t, in}
	if v, ok := s.types[key]; ok {
		return v
	}
	if !s.deeper() {
		return nil
	}
	defer s.higher()
	s.types[key] = nil // what a type that contains itself says of itself meanwhile
	v := s.resolveType(t, in)
	s.types[key] = v
	return v
}

// deeper goes one step further into types, unless they lead too far: `interface A extends A`.
func (s *session) deeper() bool {
	if s.typeDepth >= deepestType {
		return false
	}
	s.typeDepth++
	return true
}

func (s *session) higher() { s.typeDepth-- }

func (s *session) resolveType(t *jstype.Type, in typeScope) value {
	switch t.Kind {
	case jstype.Reference:
		return s.namedType(t, in)
	case jstype.Imported:
		return s.importedType(t.From, t.Name, in.file, s.valuesOf(t.Args, in))
	case jstype.Query:
		return s.queried(t.Name, in)
	case jstype.Union:
		return s.unionType(t, in)
	case jstype.Intersection, jstype.List, jstype.Tuple, jstype.Function, jstype.Constructor, jstype.Object:
		return typed{t, in}
	}
	return nil
}

// unionType is what all parts have in common; undefined and null do not count.
func (s *session) unionType(t *jstype.Type, in typeScope) value {
	var out value
	optional := false
	for _, part := range t.Args {
		if part.Kind == jstype.Nothing {
			optional = true
			continue
		}
		v := s.valueOf(part, in)
		switch {
		case v == nil:
			return nil
		case out == nil, out == v:
			out = v
		case s.isPromise(out) && s.isPromise(v):
			out = s.promise(nil)
		case isFunctionType(out) && isFunctionType(v): // overloads
			return typed{t, in}
		default:
			return nil
		}
	}
	if optional && s.isPromise(out) {
		return nil // there may be none to wait for
	}
	return out
}

func isFunctionType(v value) bool {
	ty, ok := v.(typed)
	return ok && ty.t.Kind == jstype.Function
}

// or is v, or what its type says if v says nothing.
func (s *session) or(v value, byType func() value) value {
	if !s.opaque(v) {
		return v
	}
	if t := byType(); t != nil {
		return t
	}
	return v
}

// opaque tells whether nothing is known of a value, or only from which package it comes, or that it is a collection that is filled later.
func (s *session) opaque(v value) bool {
	switch v := v.(type) {
	case external:
		_, known := s.externalShape(v)
		return !known
	case plain:
		return v.what == "new Map" || v.what == "new Set" || v.what == "new Array"
	case *list:
		return len(v.items) == 0
	}
	return v == nil
}

// promise is a promise of a value, the same one for the same value: contexts are told apart by what they are given.
func (s *session) promise(of value) *promiseOf {
	p := s.promises[of]
	if p == nil {
		p = &promiseOf{of}
		s.promises[of] = p
	}
	return p
}

// isPromise tells whether a value that is known by its type is a promise.
func (s *session) isPromise(v value) bool {
	switch v := v.(type) {
	case *promiseOf:
		return true
	case indexed:
		return v.shape.Promise()
	}
	return false
}

// namedType follows a name to what declares it, in the order in which names are bound.
func (s *session) namedType(t *jstype.Type, in typeScope) value {
	first, rest, dotted := strings.Cut(t.Name, ".")
	if b := in.find(first); b != nil {
		if b.local != nil && !dotted {
			return s.declaredBody(b.local, s.withArguments(in, b.local.Generic, s.valuesOf(t.Args, in)))
		}
		return b.of
	}
	args := s.valuesOf(t.Args, in)
	m := in.file.mod
	if d := m.declared().types.Types[first]; d != nil && !dotted {
		return s.declaredType(d, m, first, in, args)
	}
	if i, ok := m.declared().types.Imports[first]; ok {
		return s.importedType(i.From, joinType(i.Name, rest), in.file, args)
	}
	if d := m.declared().typedefs[first]; d != nil && !dotted {
		return s.valueOf(d, typeScope{file: in.file})
	}
	if sym := m.top(first); sym != nil {
		if i, ok := m.imports[sym]; ok {
			return s.importedType(i.path, joinType(i.name, rest), in.file, args)
		}
		return s.instanceOf(s.follow(s.symbol(sym, in.file), steps(rest)), args)
	}
	if m.shadows(first) || dotted {
		return nil
	}
	if v, known := s.languageType(t, in); known {
		return v
	}
	if v, known := s.ambientType(first, in.file.mod, args); known {
		return v
	}
	return s.globalType(first, in)
}

// joinType puts the path in a module's export together: of `import * as pg`, pg.Client is Client.
func joinType(name, rest string) string {
	if name == "*" {
		return rest
	}
	return strings.TrimSuffix(name+"."+rest, ".")
}

func steps(path string) []step {
	if path == "" {
		return nil
	}
	var out []step
	for _, name := range strings.Split(path, ".") {
		out = append(out, step{name: name})
	}
	return out
}

// declaredType is an interface, an alias or a declared class at the top of a file; args is what its type parameters stand for.
func (s *session) declaredType(d *jstype.Declared, m *module, name string, in typeScope, args []value) value {
	if m.shadows(name) {
		return nil
	}
	return s.declaredBody(d, s.withArguments(typeScope{file: in.file}, d.Generic, args))
}

func (s *session) declaredBody(d *jstype.Declared, scope typeScope) value {
	if d.Extends == nil {
		return s.valueOf(d.Type, scope)
	}
	whole := s.wholes[d]
	if whole == nil {
		whole = &jstype.Type{Kind: jstype.Intersection, Args: append([]*jstype.Type{d.Type}, d.Extends...)}
		s.wholes[d] = whole
	}
	return typed{whole, scope}
}

// importedType is a type that another file or package exports.
func (s *session) importedType(from, name string, e *env, args []value) value {
	if name == "" {
		return nil
	}
	in := s.declaring(e, from)
	if in == nil {
		if file, local := s.l.resolve(e.mod.path, from); local {
			in = s.module(file)
		} else {
			return s.packageType(from, name, e)
		}
	}
	if in == nil || strings.Contains(name, ".") {
		return nil
	}
	return s.exportedType(in, name, args)
}

// declaring is the declaration file (`x.d.ts`) of a specifier.
func (s *session) declaring(e *env, from string) *env {
	if !strings.HasPrefix(from, ".") || strings.HasSuffix(from, ".ts") {
		return nil
	}
	for _, ext := range []string{".js", ".mjs", ".cjs"} {
		from = strings.TrimSuffix(from, ext)
	}
	if file, local := s.l.resolve(e.mod.path, from+".d.ts"); local && strings.HasSuffix(file, ".d.ts") {
		return s.module(file)
	}
	return nil
}

// declaredExport is what a declaration file says of a value that it exports.
func (s *session) declaredExport(in *env, name string) value {
	if in == nil || !s.deeper() {
		return nil
	}
	defer s.higher()
	d := in.mod.declared().types
	if i, ok := d.From[name]; ok {
		return s.declaredExport(s.declaring(in, i.From), i.Name)
	}
	if local, ok := d.Exports[name]; ok {
		name = local
	}
	return s.declaredValue(in, name)
}

// declaredValue is a value that a TypeScript file declares without code: `declare const client: Redis`.
func (s *session) declaredValue(e *env, name string) value {
	if !e.mod.typescript() || knownGlobal(name) {
		return nil
	}
	return s.valueOf(e.mod.declared().types.Values[name], typeScope{file: s.module(e.mod.path)})
}

// exportedName is a name that a file exports.
type exportedName struct {
	in   *env
	name string
}

// exportedType is a type by the name under which a file of the project exports it.
func (s *session) exportedType(in *env, name string, args []value) value {
	key := exportedName{in, name}
	if s.exporting[key] || !s.deeper() { // files that export each other's types
		return nil
	}
	s.exporting[key] = true
	defer func() { delete(s.exporting, key); s.higher() }()
	d := in.mod.declared().types
	if i, ok := d.From[name]; ok {
		return s.importedType(i.From, i.Name, in, args)
	}
	if local, ok := d.Exports[name]; ok {
		return s.localType(in, local, args)
	}
	if in.mod.exports[name] != (export{}) || in.mod.commonExports != nil {
		return s.instanceOf(s.export(in.mod, name), args)
	}
	for _, from := range slices.Concat(d.Stars, in.mod.stars) {
		if v := s.importedType(from, name, in, args); v != nil {
			return v
		}
	}
	return nil
}

// localType is a type that a file exports, by its name there.
func (s *session) localType(in *env, local string, args []value) value {
	if d := in.mod.declared().types.Types[local]; d != nil {
		return s.declaredType(d, in.mod, local, typeScope{file: in}, args)
	}
	return s.valueOf(in.mod.reference(local), typeScope{file: in})
}

// queried is `typeof x`: what is known of x itself.
func (s *session) queried(path string, in typeScope) value {
	first, rest, _ := strings.Cut(path, ".")
	m := in.file.mod
	sym := m.top(first)
	if sym == nil {
		return nil
	}
	return s.follow(s.symbol(sym, in.file), steps(rest))
}

// instanceOf is a value of the type that a class names; args is what its type parameters stand for.
func (s *session) instanceOf(v value, args []value) value {
	switch c := v.(type) {
	case *class:
		return kept{c, s.scopeOf(c, args)}
	case external:
		if m, err := s.l.index.Open(c.pkg, c.version); err == nil {
			if sh, ok := m.Type(c.path); ok {
				return describe(sh)
			}
		}
		if sh, ok := s.externalShape(c); ok && sh.Constructs() {
			return describe(sh.New().Value)
		}
	case indexed:
		if c.shape.Constructs() {
			return describe(c.shape.New().Value)
		}
	}
	return nil
}
