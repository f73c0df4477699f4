package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// typeName is a name that means something where a type stands: a type parameter, or a type that a function declares.
// There is one for the same name, meaning and place, so that equal scopes are the same.
type typeName struct {
	name  string
	of    value            // what the type parameter stands for; nil if that is not known
	local *jstype.Declared // the type that a function declares
	outer *typeName
}

// typeScope is where a type stands: a file, and the names that mean something else there.
type typeScope struct {
	file  *env
	names *typeName
}

func (in typeScope) find(name string) *typeName {
	for b := in.names; b != nil; b = b.outer {
		if b.name == name {
			return b
		}
	}
	return nil
}

func (s *session) named(in typeScope, b typeName) typeScope {
	b.outer = in.names
	if s.bindings[b] == nil {
		s.bindings[b] = &b
	}
	return typeScope{in.file, s.bindings[b]}
}

// withGenerics gives type parameters what they stand for, as far as args knows it. Those of which nobody says it stand for
// their default; of the others that are not known, what they extend is true.
func (s *session) withGenerics(in typeScope, list []jstype.Generic, args func(i int, name string) (of value, said bool)) typeScope {
	out := in
	for i, g := range list {
		of, said := args(i, g.Name)
		if of == nil && !said {
			of = s.valueOf(g.Default, out)
		}
		if of == nil {
			of = s.valueOf(g.Extends, out)
		}
		out = s.named(out, typeName{name: g.Name, of: of})
	}
	return out
}

// withFree binds type parameters that may stand for anything.
func (s *session) withFree(in typeScope, list []jstype.Generic) typeScope {
	return s.withGenerics(in, list, func(int, string) (value, bool) { return nil, true })
}

// withArguments binds type parameters to the arguments that stand behind a name.
func (s *session) withArguments(in typeScope, list []jstype.Generic, args []value) typeScope {
	return s.withGenerics(in, list, func(i int, _ string) (value, bool) {
		if i < len(args) {
			return args[i], true
		}
		return nil, false
	})
}

// valuesOf are the values of type arguments.
func (s *session) valuesOf(list []*jstype.Type, in typeScope) []value {
	var out []value
	for _, t := range list {
		out = append(out, s.valueOf(t, in))
	}
	return out
}

// inferred binds the type parameters of a function to what its arguments say.
func (s *session) inferred(in typeScope, list []jstype.Generic, params []*jstype.Type, args, explicit []value) typeScope {
	return s.withGenerics(in, list, func(i int, name string) (of value, said bool) {
		if explicit != nil {
			if i < len(explicit) {
				return explicit[i], true
			}
			return nil, false
		}
		for at, t := range params {
			said = said || mentions(t, name)
			if at < len(args) && of == nil {
				of = s.infer(t, name, args[at])
			}
		}
		return of, said
	})
}

// explicit are the values of a call's type arguments.
func (s *session) explicit(x *jsparse.Call, e *env) []value {
	list := e.mod.argumentsAt(x.Callee.Span().End)
	if list == nil {
		return nil
	}
	return s.valuesOf(list, s.scopeIn(e.mod, e.fn, e))
}

// resultWritten is what calling a function of the project gives, with the type arguments of the call where its code does not say.
func (s *session) resultWritten(c *closure, x *jsparse.Call, e *env) value {
	args := s.evalArgs(x.Args, e)
	v := s.resultOf(c, args)
	if !s.opaque(awaited(v)) {
		return v
	}
	list := s.explicit(x, e)
	if list == nil {
		return v
	}
	m := c.env.mod
	in := s.inferred(s.scopeIn(m, c.env.fn, c.env), m.genericsOf(c.fn), m.parameterTypes(c.fn), args, list)
	return s.or(s.resultIn(c.fn, m, in), func() value { return v })
}

// mentions tells whether a type names another.
func mentions(t *jstype.Type, name string) bool {
	if t == nil {
		return false
	}
	if t.Name == name || t.Kind == jstype.Unknown || mentions(t.Result, name) {
		return true
	}
	for _, a := range t.Args {
		if mentions(a, name) {
			return true
		}
	}
	for _, m := range t.Members {
		if mentions(m.Type, name) {
			return true
		}
	}
	for _, p := range t.Params {
		if mentions(p.Type, name) {
			return true
		}
	}
	return false
}

// infer finds what a type parameter stands for in a type that describes v.
func (s *session) infer(t *jstype.Type, name string, v value) value {
	if t == nil || v == nil || !s.deeper() {
		return nil
	}
	defer s.higher()
	switch t.Kind {
	case jstype.Reference:
		return s.inferReference(t, name, v)
	case jstype.List:
		return s.infer(t.Args[0], name, s.element(v))
	case jstype.Function:
		return s.infer(t.Result, name, s.resultOfType(v))
	case jstype.Union, jstype.Intersection:
		for _, part := range t.Args {
			if found := s.infer(part, name, v); found != nil {
				return found
			}
		}
	case jstype.Object:
		for _, m := range t.Members {
			if m.Name == "" || m.Name == "()" {
				continue
			}
			if found := s.infer(m.Type, name, s.member(v, m.Name)); found != nil {
				return found
			}
		}
	}
	return nil
}

func (s *session) inferReference(t *jstype.Type, name string, v value) value {
	if t.Name == name {
		return lasting(v)
	}
	if len(t.Args) == 0 {
		return nil
	}
	switch t.Name {
	case "Promise", "PromiseLike":
		return s.infer(t.Args[0], name, awaited(v))
	case "Array", "ReadonlyArray", "Iterable", "Set":
		return s.infer(t.Args[0], name, s.element(v))
	}
	return nil
}

func paramTypes(list []jstype.Param) []*jstype.Type {
	var out []*jstype.Type
	for _, p := range list {
		if p.Rest {
			break
		}
		out = append(out, p.Type)
	}
	return out
}

// genericsOf are the type parameters of a function, which stand before its parameters.
func (m *module) genericsOf(fn *jsparse.Func) []jstype.Generic {
	at := fn.ParamsSpan.Start
	if !m.typescript() || at <= 0 || at > len(m.file.Text) {
		return nil
	}
	open := openingOf(m.file.Text[:at])
	if open < 0 {
		return nil
	}
	return m.genericsAt(open, at)
}

// openingOf finds the `<` of the list of type parameters with which a text ends; -1 if it does not.
func openingOf(text string) int {
	end := len(text)
	for end > 0 && isSpace(text[end-1]) {
		end--
	}
	if end == 0 || text[end-1] != '>' {
		return -1
	}
	depth := 0
	for i := end - 1; i >= 0; i-- {
		switch {
		case text[i] == '>' && i > 0 && text[i-1] == '=': // an arrow in a constraint
		case text[i] == '>':
			depth++
		case text[i] == '<':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// genericsAt reads the type parameters at an offset, once.
func (m *module) genericsAt(from, to int) []jstype.Generic {
	t := m.typeAt(place{start: from, end: to, tag: "generics"}, func() *jstype.Type {
		return &jstype.Type{Generic: jstype.ReadGenerics(m.file.Text, from, to)}
	})
	return t.Generic
}

// argumentsAt reads the type arguments that stand behind an offset: of `f<User>(x)` or `extends Base<User>`.
func (m *module) argumentsAt(from int) []*jstype.Type {
	text := m.file.Text
	if !m.typescript() || from < 0 || from > len(text) {
		return nil
	}
	at := skipBlank(text, from, len(text))
	if at >= len(text) || text[at] != '<' {
		return nil
	}
	t := m.typeAt(place{start: at, tag: "arguments"}, func() *jstype.Type {
		return &jstype.Type{Args: jstype.ReadArguments(text, at, len(text))}
	})
	return t.Args
}

// parameterTypes are the annotations of a function's parameters.
func (m *module) parameterTypes(fn *jsparse.Func) []*jstype.Type {
	var out []*jstype.Type
	for _, p := range fn.Params {
		end := p.End
		if p.Default != nil {
			end = p.Default.Span().Start
		}
		out = append(out, m.annotation(p.Target.Span().End, end))
	}
	return out
}
