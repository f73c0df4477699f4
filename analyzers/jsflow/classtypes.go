package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// generics are the type parameters of a class.
func (c *class) generics() []jstype.Generic {
	m := c.env.mod
	if !m.typescript() {
		return nil
	}
	sp := c.expr.Span()
	head, _, _ := strings.Cut(m.file.Text[sp.Start:sp.End], "{")
	if c.expr.Extends != nil {
		head = m.file.Text[sp.Start:c.expr.Extends.Span().Start]
	}
	open := strings.IndexByte(head, '<')
	if open < 0 {
		return nil
	}
	return m.genericsAt(sp.Start+open, sp.Start+len(head))
}

// scopeOf is the type scope of a class's members; args is what its type parameters stand for.
func (s *session) scopeOf(c *class, args []value) typeScope {
	in := typeScope{file: s.module(c.env.mod.path)}
	return s.withArguments(in, c.generics(), args)
}

// base is the class of the project that a class extends, with its type scope; false if there is none. Of another base it is the value.
func (s *session) base(c *class, in typeScope) (next *class, scope typeScope, other value) {
	if c.expr.Extends == nil {
		return nil, in, nil
	}
	of := s.eval(c.expr.Extends, c.env)
	next, ok := of.(*class)
	if !ok {
		return nil, in, of
	}
	args := s.valuesOf(c.env.mod.argumentsAt(c.expr.Extends.Span().End), in)
	return next, s.scopeOf(next, args), nil
}

// classScope is the type scope of the class among c and its bases in which fn stands.
func (s *session) classScope(c *class, in typeScope, m *module, fn *jsparse.Func) (typeScope, bool) {
	for depth := 0; c != nil && depth < 8; depth++ {
		sp, at := c.expr.Span(), fn.Span()
		if c.env.mod == m && sp.Start <= at.Start && at.End <= sp.End {
			return in, true
		}
		c, in, _ = s.base(c, in)
	}
	return in, false
}

// collection is `new Map<K, V>()` or `new Set<T>()`, nil if its types are not written.
func (s *session) collection(g global, x *jsparse.New, e *env) value {
	if g.path != "Map" && g.path != "Set" {
		return nil
	}
	m, at := e.mod, x.Callee.Span().End
	list := m.argumentsAt(at)
	if list == nil {
		return nil
	}
	t := m.typeAt(place{start: at, tag: "new"}, func() *jstype.Type { return &jstype.Type{Kind: jstype.Reference, Name: g.path, Args: list} })
	return typed{t, s.scopeIn(m, e.fn, e)}
}

// promised is `new Promise<T>(…)`.
func (s *session) promised(x *jsparse.New, e *env) value {
	if args := s.argumentsOf(x, e); len(args) == 1 {
		return s.promise(args[0])
	}
	return s.promise(nil)
}

// declaredObject is what the declaration of a variable that holds an object literal says of it: `const table: { [name: string]: Command } = {…}`.
func (s *session) declaredObject(x jsparse.Expr, e *env) value {
	id, ok := x.(*jsparse.Ident)
	if !ok {
		return nil
	}
	if _, literal := s.eval(x, e).(*object); !literal {
		return nil
	}
	if at := e.scopeOf(id.Symbol); at != nil {
		return s.variableType(id.Symbol, at)
	}
	return nil
}

// madeByType is what `new` gives for a value of a type `new (…) => T`.
func (s *session) madeByType(c typed, args []value) value {
	if c.t.Kind != jstype.Constructor {
		return nil
	}
	return s.valueOf(c.t.Result, s.inferred(c.in, c.t.Generic, paramTypes(c.t.Params), args, nil))
}

// inheritedStatic is a static member of the class that a class extends.
func (s *session) inheritedStatic(c *class, name string) value {
	if c.expr.Extends == nil || !s.deeper() {
		return nil
	}
	defer s.higher()
	return s.member(s.eval(c.expr.Extends, c.env), name)
}

// argumentsOf are the values of the type arguments of `new X<A>()`.
func (s *session) argumentsOf(x *jsparse.New, e *env) []value {
	list := e.mod.argumentsAt(x.Callee.Span().End)
	if list == nil {
		return nil
	}
	return s.valuesOf(list, s.scopeIn(e.mod, e.fn, e))
}
