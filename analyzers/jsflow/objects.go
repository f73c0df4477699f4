package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

func (s *session) objectLiteral(x *jsparse.Object, e *env) value {
	key := objectKey{x, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	o := &object{props: map[string]value{}, lit: x, env: e}
	s.objects[key] = o
	for _, p := range x.Props {
		if p.Spread || p.Key == "" {
			continue
		}
		if fn, ok := p.Value.(*jsparse.Func); ok && (p.Method || p.Getter) && !fn.Arrow {
			if !p.Getter {
				o.props[p.Key] = s.closure(fn, e, o)
			}
			continue
		}
		if p.Value != nil {
			o.props[p.Key] = s.eval(p.Value, e)
		}
	}
	return o
}

func (s *session) arrayLiteral(x *jsparse.Array, e *env) value {
	key := objectKey{x, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	l := &list{}
	s.objects[key] = l
	for _, it := range x.Items {
		var v value
		if it != nil {
			v = s.eval(it, e)
		}
		l.items = append(l.items, v)
	}
	return l
}

func (s *session) class(x *jsparse.ClassExpr, e *env) value {
	key := objectKey{x, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	c := &class{x, e}
	s.objects[key] = c
	return c
}

// construct is `new Callee(args)`.
func (s *session) construct(x *jsparse.New, e *env) value {
	key := objectKey{x, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	switch c := s.eval(x.Callee, e).(type) {
	case *class:
		o := &instance{of: c, in: s.scopeOf(c, s.argumentsOf(x, e)), props: map[string]value{}}
		s.objects[key] = o
		for _, a := range x.Args {
			o.args = append(o.args, s.eval(a, e))
		}
		s.initialise(o)
		return o
	case global:
		if c.path == "Promise" {
			return s.promised(x, e)
		}
		if v := s.collection(c, x, e); v != nil {
			return v
		}
		return plain{"new " + c.path}
	case typed:
		return s.madeByType(c, s.evalArgs(x.Args, e))
	case external:
		if v := s.called(c, x.Args, true, e); v != nil && !isCommand(c) {
			return v
		}
		return external{c.pkg, c.path + "()", c.version}
	case indexed:
		return s.called(c, x.Args, true, e)
	}
	return nil
}

// initialise evaluates the fields of a class and what its constructor assigns to `this`.
func (s *session) initialise(o *instance) {
	ctor := s.constructor(o.of, o)
	if ctor == nil {
		return
	}
	in := s.enter(ctor, o.args)
	jsparse.Walk(ctor.fn.Body, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			return n.Arrow
		case *jsparse.Assign:
			if m, ok := n.Target.(*jsparse.Member); ok && n.Op == "=" {
				if _, ok := m.Object.(*jsparse.This); ok {
					if v := s.eval(n.Value, in); v != nil {
						o.props[m.Name] = v
					}
				}
			}
		}
		return true
	})
}

// constructor is the constructor of a class, or the one that it inherits from a class of the project, with the scope that it
// was written in: that of another file, perhaps. It is nil if there is none.
func (s *session) constructor(c *class, this value) *closure {
	for depth := 0; c != nil && depth < 8; depth++ {
		for _, m := range c.expr.Members {
			if fn, ok := m.Value.(*jsparse.Func); ok && m.Key == "constructor" && !m.Static && !m.Getter && !m.Setter {
				return s.closure(fn, c.env, this)
			}
		}
		if c.expr.Extends == nil {
			return nil
		}
		c, _ = s.eval(c.expr.Extends, c.env).(*class)
	}
	return nil
}

func (s *session) instanceMember(o *instance, name string) value {
	if v, ok := o.props[name]; ok {
		return s.or(v, func() value { return s.keptMember(kept{o.of, o.in}, name) })
	}
	c, in := o.of, o.in
	for depth := 0; c != nil && depth < 8; depth++ {
		for _, m := range c.expr.Members {
			if m.Key != name || m.Static || m.Getter || m.Setter {
				continue
			}
			if fn, ok := m.Value.(*jsparse.Func); ok {
				return s.closure(fn, s.bodyScope(c, o), o)
			}
			var v value
			if m.Value != nil {
				v = s.eval(m.Value, c.env)
			}
			v = s.or(v, func() value { return s.fieldType(c, m, in) })
			if v != nil || m.Value != nil {
				o.props[name] = v
				return v
			}
		}
		c, in, _ = s.base(c, in)
	}
	return lasting(s.keptMember(kept{o.of, o.in}, name))
}

// bodyScope is the scope of a class body; arrows in fields see `this` through closure.this.
func (s *session) bodyScope(c *class, _ *instance) *env { return c.env }

// member is `v.name`.
func (s *session) member(v value, name string) value {
	switch v := v.(type) {
	case *object:
		return s.objectMember(v, name)
	case *instance:
		return s.instanceMember(v, name)
	case *class:
		for _, m := range v.expr.Members {
			if !m.Static || m.Key != name || m.Setter {
				continue
			}
			if fn, ok := m.Value.(*jsparse.Func); ok && !m.Getter {
				return s.closure(fn, v.env, v)
			}
			return s.field(v, m, s.scopeOf(v, nil))
		}
		return s.inheritedStatic(v, name)
	case *namespace:
		return s.export(v.mod, name)
	case external:
		if name == "default" && v.path == "" {
			return v
		}
		return external{v.pkg, join(v.path, name), v.version}
	case global:
		if name == "prototype" {
			return nil
		}
		return global{join(v.path, name)}
	case client:
		next, _ := v.shape.Member(name)
		return client{join(v.path, name), next}
	case indexed:
		next, _ := v.shape.Member(name)
		return describe(next)
	case typed:
		return s.typedMember(v, name)
	case kept:
		return s.keptMember(v, name)
	case responder:
		return s.responderMember(v, name)
	case invocation:
		return s.invocationMember(v, name)
	case runtimeFiles:
		return s.runtimeFile(v, name)
	case runtimeFile:
		if name == "path" {
			return fileOf(v)
		}
	case *wrapped:
		return method{v, name}
	case plain:
		if streams(v) {
			return v
		}
	case *closure, completer, *bound, *union:
		switch name {
		case "bind", "call", "apply":
			return method{v, name}
		}
	case *list:
		if name == "length" {
			return nil
		}
	}
	return nil
}

// method is a method of a function: f.bind, f.call, f.apply.
type method struct {
	of   value
	name string
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (s *session) objectMember(o *object, name string) value {
	if v, ok := o.props[name]; ok {
		return v
	}
	for i := len(o.lit.Props) - 1; i >= 0; i-- {
		if p := o.lit.Props[i]; p.Spread {
			if v := s.member(s.eval(p.Value, o.env), name); v != nil {
				return v
			}
		}
	}
	return nil
}

func (s *session) index(x *jsparse.Index, e *env) value {
	v := s.eval(x.Object, e)
	switch v := v.(type) {
	case runtimeFiles:
		if c, ok := s.eval(x.Key, e).(constant); ok {
			return s.runtimeFile(v, c.text)
		}
	case indexed, typed, listOf:
		return s.element(v)
	case *list:
		return s.itemNamed(v, s.eval(x.Key, e))
	case *object: // a table of functions: any of them may be meant
		if c, ok := s.eval(x.Key, e).(constant); ok {
			return s.objectMember(v, c.text)
		}
		return s.anyFunction(v)
	}
	return nil
}

func (s *session) anyFunction(o *object) value {
	var out []value
	for _, p := range o.lit.Props {
		v := o.props[p.Key]
		if p.Spread || !callable(v) {
			return nil
		}
		out = append(out, v)
	}
	if len(out) == 0 || len(out) > 6 {
		return nil
	}
	return &union{out}
}
