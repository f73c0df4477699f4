package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// methodOf is a method of a class of the project, called on a value that is known by its type alone.
type methodOf struct {
	of *class
	fn *jsparse.Func
}

// scopeIn is the type scope of what stands in a function: the type parameters of the functions around it are bound.
func (s *session) scopeIn(m *module, fn *jsparse.Func, e *env) typeScope {
	in := typeScope{file: s.module(m.path)}
	for ; fn != nil; e = e.parent {
		in = in.with(genericsOf(m, fn))
		if e == nil || e.parent == nil {
			break
		}
		fn = e.parent.fn
	}
	return in
}

// genericsOf are the type parameters of a function, which stand before its parameters.
func genericsOf(m *module, fn *jsparse.Func) []string {
	text, at := m.file.Text, fn.ParamsSpan.Start
	if !m.typescript() || at <= 0 || at > len(text) {
		return nil
	}
	end := len(strings.TrimRight(text[:at], " \t\r\n"))
	if end == 0 || text[end-1] != '>' {
		return nil
	}
	depth := 0
	for i := end - 1; i >= 0; i-- {
		switch {
		case text[i] == '>' && i > 0 && text[i-1] == '=': // an arrow in a constraint
		case text[i] == '>':
			depth++
		case text[i] == '<':
			if depth--; depth == 0 {
				return names(text[i:end])
			}
		}
	}
	return nil
}

// names are all names in a list of type parameters: more than those that it binds, which only makes more unknown.
func names(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r > 127 || !isNameByte(byte(r)) })
}

// parameterType is what the annotation of a parameter, or the JSDoc of its function, says of it.
func (s *session) parameterType(p *jsparse.Parameter, at *env) value {
	m := at.mod
	if m.typescript() {
		end := p.End
		if p.Default != nil {
			end = p.Default.Span().Start
		}
		if t := m.annotation(p.Target.Span().End, end); t != nil {
			return s.valueOf(t, s.scopeIn(m, at.fn, at))
		}
		return nil
	}
	name, ok := p.Target.(*jsparse.Name)
	if !ok {
		return nil
	}
	if doc := m.doc(at.fn.Span().Start); doc != nil {
		return s.valueOf(doc.Params[name.Symbol.Name], s.docScope(m, doc))
	}
	return nil
}

func (s *session) docScope(m *module, doc *jstype.Doc) typeScope {
	return typeScope{file: s.module(m.path)}.with(doc.Template)
}

// resultType is what a function is declared to give; an async function without a word gives a promise.
func (s *session) resultType(fn *jsparse.Func, m *module, e *env) value {
	if fn.Body == nil || fn.Generator {
		return nil
	}
	var v value
	if m.typescript() {
		end := fn.Body.Span().Start
		if t := m.annotation(fn.ParamsSpan.End, end); t != nil && !(fn.Arrow && t.Kind == jstype.Function) {
			v = s.valueOf(t, s.scopeIn(m, fn, e))
		}
	} else if doc := m.doc(fn.Span().Start); doc != nil {
		v = s.valueOf(doc.Returns, s.docScope(m, doc))
	}
	if fn.Async && !s.isPromise(v) {
		return s.promise(v)
	}
	return v
}

// variableType is what the declaration of a variable says of it.
func (s *session) variableType(sym *jsparse.Symbol, at *env) value {
	m := at.mod
	d := m.declarators[sym]
	if d == nil {
		return nil
	}
	if !m.typescript() {
		if doc := m.doc(d.Start); doc != nil {
			return s.valueOf(doc.Type, s.docScope(m, doc))
		}
		return nil
	}
	end := d.End
	if d.Init != nil {
		end = d.Init.Span().Start
	}
	t := m.annotation(d.Target.Span().End, end)
	if t == nil {
		return nil
	}
	path, _ := pathTo(d.Target, sym)
	return s.follow(s.valueOf(t, s.scopeIn(m, at.fn, at)), path)
}

// declaratorOf remembers declarations that say a type.
func (c *collector) declaratorOf(d *jsparse.Declarator) {
	text := c.m.file.Text
	if c.m.typescript() {
		at := skipBlank(text, d.Target.Span().End, len(text))
		if at >= len(text) || text[at] != ':' && text[at] != '!' {
			return
		}
	} else if !c.m.documented {
		return
	}
	for _, sym := range patternSymbols(d.Target) {
		c.m.declarators[sym] = d
	}
}

// cast is the type behind `x as T`.
func (s *session) cast(x jsparse.Node, e *env) value {
	m := e.mod
	if !m.casts {
		return nil
	}
	text, at := m.file.Text, x.Span().End
	var t *jstype.Type
	for {
		at = skipBlank(text, at, len(text))
		rest := text[min(at, len(text)):]
		if !strings.HasPrefix(rest, "as") || len(rest) < 3 || isNameByte(rest[2]) {
			break
		}
		from := at + len("as")
		t = m.typeAt(place{start: from, tag: "as"}, func() *jstype.Type { return jstype.Read(text, from, len(text)) })
		if t.End <= at {
			break
		}
		at = t.End
	}
	if t == nil {
		return nil
	}
	return s.valueOf(t, s.scopeIn(m, e.fn, e))
}
