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
	in typeScope // what the type parameters of the class stand for
}

// scopeIn is the type scope of what stands in a function that was entered in e: the type parameters of the functions and the
// class around it, and the types that these functions declare, are bound.
func (s *session) scopeIn(m *module, fn *jsparse.Func, e *env) typeScope {
	if fn == nil {
		return typeScope{file: s.module(m.path)}
	}
	entered := e != nil && e.fn == fn
	var in typeScope
	switch {
	case entered && e.parent != nil && e.parent.fn != nil:
		in = s.scopeIn(m, e.parent.fn, e.parent)
	case !entered && e != nil && e.fn != nil:
		in = s.scopeIn(m, e.fn, e)
	default:
		in = typeScope{file: s.module(m.path)}
		if entered && e.this != nil {
			in = s.scopeOfThis(e.this, m, fn, in)
		}
	}
	var args []value
	if entered {
		args = e.args
	}
	if list := m.genericsOf(fn); list != nil {
		in = s.inferred(in, list, m.parameterTypes(fn), args, nil)
	}
	return s.withLocals(in, m, fn)
}

// scopeOfThis is the type scope of the class in which a method stands.
func (s *session) scopeOfThis(this value, m *module, fn *jsparse.Func, otherwise typeScope) typeScope {
	var k kept
	switch o := this.(type) {
	case *instance:
		k = kept{o.of, o.in}
	case kept:
		k = o
	default:
		return otherwise
	}
	if in, ok := s.classScope(k.of, k.in, m, fn); ok {
		return in
	}
	return otherwise
}

// withLocals binds the types that a function declares.
func (s *session) withLocals(in typeScope, m *module, fn *jsparse.Func) typeScope {
	for _, local := range m.localTypes(fn) {
		in = s.named(in, typeName{name: local.name, local: local.declared})
	}
	return in
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
		return s.expectedParameter(p, at)
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
	var list []jstype.Generic
	for _, name := range doc.Template {
		list = append(list, jstype.Generic{Name: name})
	}
	return s.withFree(typeScope{file: s.module(m.path)}, list)
}

// resultType is what a function is declared to give; an async function without a word gives a promise.
func (s *session) resultType(fn *jsparse.Func, m *module, e *env) value {
	return s.resultIn(fn, m, s.scopeIn(m, fn, e))
}

// methodResultType is resultType of a method of a class, called with arguments; explicit are its type arguments.
func (s *session) methodResultType(f methodOf, args, explicit []value) value {
	m := f.of.env.mod
	return s.resultIn(f.fn, m, s.inferred(f.in, m.genericsOf(f.fn), m.parameterTypes(f.fn), args, explicit))
}

// resultIn is resultType in a type scope.
func (s *session) resultIn(fn *jsparse.Func, m *module, in typeScope) value {
	if fn.Body == nil || fn.Generator {
		return nil
	}
	var v value
	if m.typescript() {
		end := fn.Body.Span().Start
		if t := m.annotation(fn.ParamsSpan.End, end); t != nil && !(fn.Arrow && t.Kind == jstype.Function) {
			v = s.valueOf(t, in)
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

// expectedParameter is what the type of the variable that holds a function says of a parameter: `const f: Handler = (x) => …`.
func (s *session) expectedParameter(p *jsparse.Parameter, at *env) value {
	ex, ok := at.mod.expected[at.fn]
	if !ok || p.Rest || at.parent == nil || !s.deeper() {
		return nil
	}
	defer s.higher()
	m := at.mod
	t := m.annotation(ex.of.Target.Span().End, ex.of.Init.Span().Start)
	if t == nil {
		return nil
	}
	f := s.follow(s.valueOf(t, s.scopeIn(m, at.parent.fn, at.parent)), steps(ex.path))
	for i, q := range at.fn.Params {
		if q == p {
			return s.parameterOf(f, i)
		}
	}
	return nil
}

// parameterOf is what the type of a function says of a parameter.
func (s *session) parameterOf(f value, i int) value {
	ty, ok := f.(typed)
	if !ok {
		return nil
	}
	switch ty.t.Kind {
	case jstype.Function:
		if i < len(ty.t.Params) && !ty.t.Params[i].Rest {
			return s.valueOf(ty.t.Params[i].Type, s.withFree(ty.in, ty.t.Generic))
		}
	case jstype.Object:
		if call := ty.t.Member("()"); call != nil {
			return s.parameterOf(s.valueOf(call, ty.in), i)
		}
	}
	return nil
}

// expectation is the declaration that says the type of a function, and the path to the function in the declared value.
type expectation struct {
	of   *jsparse.Declarator
	path string
}

// expect remembers the functions in the value of a declaration that says its type.
func (c *collector) expect(d *jsparse.Declarator, x jsparse.Expr, path string) {
	switch x := x.(type) {
	case *jsparse.Func:
		c.m.expected[x] = expectation{d, path}
	case *jsparse.Object:
		for _, p := range x.Props {
			if p.Key != "" && !p.Spread && p.Value != nil {
				c.expect(d, p.Value, strings.TrimPrefix(path+"."+p.Key, "."))
			}
		}
	}
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
	if c.m.typescript() && d.Init != nil {
		c.expect(d, d.Init, "")
	}
}

// cast is the type behind `x as T`.
func (s *session) cast(x jsparse.Node, e *env) value {
	m := e.mod
	if !m.casts {
		return nil
	}
	text, at := m.file.Text, behindParens(m.file.Text, x.Span())
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

// behindParens is where the parentheses around an expression end that are no call's: `(await x) as T`.
func behindParens(text string, sp jsparse.Span) int {
	start, end := sp.Start, sp.End
	for {
		open := len(strings.TrimRight(text[:start], " \t\r\n")) - 1
		shut := skipBlank(text, end, len(text))
		if open < 0 || shut >= len(text) || text[open] != '(' || text[shut] != ')' || opensList(text[:open]) {
			return end
		}
		start, end = open, shut+1
	}
}

// opensList tells whether an opening parenthesis behind a text is that of a call or of a declaration's or statement's head.
func opensList(before string) bool {
	before = strings.TrimRight(before, " \t\r\n")
	if before == "" {
		return false
	}
	switch c := before[len(before)-1]; {
	case c == ')', c == ']', c == '>' && !strings.HasSuffix(before, "=>"):
		return true
	case !isNameByte(c):
		return false
	}
	i := len(before)
	for i > 0 && isNameByte(before[i-1]) {
		i--
	}
	switch before[i:] {
	case "return", "await", "typeof", "void", "yield", "throw", "of", "in", "case", "default", "else":
		return false
	}
	return true
}
