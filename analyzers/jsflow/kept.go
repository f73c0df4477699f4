package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// keptMember is a member of a value of a class of the project, or of the classes that it extends.
func (s *session) keptMember(k kept, name string) value {
	if !s.deeper() {
		return nil
	}
	defer s.higher()
	c, in := k.of, k.in
	for depth := 0; c != nil && depth < 8; depth++ {
		for _, p := range c.expr.Members {
			if p.Key == name && !p.Static && !p.Setter {
				return s.field(c, p, in)
			}
		}
		if v := s.assignedField(c, name, in); v != nil {
			return v
		}
		if t := c.env.mod.bodiless(c.expr).Member(name); t != nil {
			return s.valueOf(t, in)
		}
		next, scope, other := s.base(c, in)
		if next == nil {
			return s.member(s.instanceOf(other, nil), name)
		}
		c, in = next, scope
	}
	return nil
}

// field is a member as its declaration has it.
func (s *session) field(c *class, p *jsparse.Property, in typeScope) value {
	if fn, ok := p.Value.(*jsparse.Func); ok {
		if p.Getter {
			return s.resultIn(fn, c.env.mod, in)
		}
		return methodOf{c, fn, in}
	}
	if v := s.fieldType(c, p, in); v != nil {
		return v
	}
	if p.Value == nil {
		return nil
	}
	return lasting(s.eval(p.Value, c.env))
}

// fieldType is the annotation of a field of a class.
func (s *session) fieldType(c *class, p *jsparse.Property, in typeScope) value {
	m := c.env.mod
	if !m.typescript() {
		if doc := m.doc(p.Start); doc != nil {
			return s.valueOf(doc.Type, s.docScope(m, doc))
		}
		return nil
	}
	from, to := p.Start, p.End
	for _, d := range p.Decorators {
		from = max(from, d.Span().End)
	}
	if p.Value != nil {
		to = p.Value.Span().Start
	}
	if colon := strings.IndexByte(m.file.Text[from:max(from, to)], ':'); colon < 0 {
		return nil
	}
	t := m.typeAt(place{start: from, end: to, tag: "field"}, func() *jstype.Type { return jstype.ReadMember(m.file.Text, from, to) })
	return s.valueOf(t, in)
}

// assignedField is what the constructor makes of a parameter (`private x: T`) or assigns to `this`.
func (s *session) assignedField(c *class, name string, scope typeScope) value {
	var ctor *jsparse.Func
	for _, p := range c.expr.Members {
		if fn, ok := p.Value.(*jsparse.Func); ok && p.Key == "constructor" && !p.Static {
			ctor = fn
		}
	}
	if ctor == nil {
		return nil
	}
	in := s.enter(s.closure(ctor, c.env, kept{c, scope}), nil)
	for _, p := range ctor.Params {
		if n, ok := p.Target.(*jsparse.Name); ok && n.Symbol.Name == name && becomesField(c.env.mod.file.Text, p) {
			return lasting(s.symbol(n.Symbol, in))
		}
	}
	var found value
	jsparse.Walk(ctor.Body, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			return n.Arrow
		case *jsparse.Assign:
			if m, ok := n.Target.(*jsparse.Member); ok && n.Op == "=" && m.Name == name {
				if _, own := m.Object.(*jsparse.This); own {
					found = lasting(s.eval(n.Value, in))
				}
			}
		}
		return true
	})
	return found
}

// bodiless are the members of a class that its code leaves out: they stand between the others.
func (m *module) bodiless(c *jsparse.ClassExpr) *jstype.Type {
	sp := c.Span()
	return m.typeAt(place{start: sp.Start, end: sp.End, tag: "class"}, func() *jstype.Type {
		t := &jstype.Type{Kind: jstype.Object}
		open := strings.IndexByte(m.file.Text[sp.Start:sp.End], '{')
		if open < 0 || !m.typescript() {
			return t
		}
		end := sp.Start + open + 1
		for _, p := range c.Members {
			if p.Start > end {
				t.Members = append(t.Members, jstype.ReadMembers(m.file.Text, end, p.Start)...)
			}
			end = max(end, p.End)
		}
		t.Members = append(t.Members, jstype.ReadMembers(m.file.Text, end, sp.End-1)...)
		return t
	})
}

// becomesField tells whether a word before a constructor's parameter makes it a field.
func becomesField(text string, p *jsparse.Parameter) bool {
	before := strings.TrimRight(text[:p.Target.Span().Start], " \t\r\n")
	for _, word := range []string{"private", "public", "protected", "readonly"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// lasting leaves of a value what is true of whatever else may be put in its place: its type.
func lasting(v value) value {
	switch v := v.(type) {
	case indexed, typed, kept, client, listOf, *promiseOf:
		return v
	case *instance:
		return kept{v.of, v.in}
	}
	return nil
}

// lazy tells whether a promise may begin its work only when it is waited for.
func lazy(v value) bool {
	x, ok := v.(indexed)
	return ok && x.shape.Lazy()
}

// callTyped is a call of a function of which only the type is known.
func (b *builder) callTyped(n jsparse.Expr, v value, args []argument) flow.Operand {
	if _, ok := v.(lookup); ok {
		return unknownOperand()
	}
	args = b.s.givenByType(args, v)
	vals := make([]value, len(args))
	for i, a := range args {
		vals[i] = a.val
	}
	result := b.s.resultGiven(v, vals, nil)
	if !b.s.isPromise(result) {
		return b.callUnknown(n, args)
	}
	b.handOver(n, args)
	b.lostSight(n)
	return b.start(n, &flow.Work{Kind: flow.PromiseWork, CanFail: true, Sure: !lazy(result)})
}
