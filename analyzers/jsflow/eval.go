package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// eval says what is known of an expression in a scope, whatever the path.
func (s *session) eval(x jsparse.Node, e *env) value {
	if x == nil {
		return nil
	}
	switch x.(type) {
	case *jsparse.Ident:
		return s.or(s.evaluate(x, e), func() value { return s.cast(x, e) })
	case *jsparse.Func, *jsparse.Literal, *jsparse.This:
		return s.evaluate(x, e)
	}
	if v, ok := e.cache[x]; ok {
		return v
	}
	if e.active[x] {
		return nil // a value that depends on itself
	}
	e.active[x] = true
	v := s.or(s.evaluate(x, e), func() value { return s.cast(x, e) })
	delete(e.active, x)
	e.cache[x] = v
	return v
}

func (s *session) evaluate(x jsparse.Node, e *env) value {
	switch x := x.(type) {
	case *jsparse.Ident:
		return s.symbol(x.Symbol, e)
	case *jsparse.Literal:
		return constant{x.Kind, x.Value}
	case *jsparse.Func:
		var this value
		if x.Arrow {
			this = e.this
		}
		return s.closure(x, e, this)
	case *jsparse.This:
		return e.this
	case *jsparse.Object:
		return s.objectLiteral(x, e)
	case *jsparse.Array:
		return s.arrayLiteral(x, e)
	case *jsparse.ClassExpr:
		return s.class(x, e)
	case *jsparse.Member:
		v := s.member(s.eval(x.Object, e), x.Name)
		return s.or(v, func() value { return s.member(s.declaredObject(x.Object, e), x.Name) })
	case *jsparse.Index:
		v := s.index(x, e)
		return s.or(v, func() value { return s.element(s.declaredObject(x.Object, e)) })
	case *jsparse.Require:
		return s.importPath(x.Path, "*", e, true)
	case *jsparse.ImportCall:
		if x.Path == "" {
			return nil
		}
		return s.importPath(x.Path, "*", e, false)
	case *jsparse.Await:
		return awaited(s.eval(x.X, e))
	case *jsparse.Conditional:
		return s.either(s.eval(x.Then, e), s.eval(x.Else, e))
	case *jsparse.Binary:
		return s.binary(x, e)
	case *jsparse.Assign:
		if x.Op == "=" {
			return s.eval(x.Value, e)
		}
	case *jsparse.Call:
		return s.call(x, e)
	case *jsparse.New:
		return s.construct(x, e)
	}
	return nil
}

func awaited(v value) value {
	switch p := v.(type) {
	case *promiseOf:
		return p.of
	case indexed:
		return describeOf(p.shape.Awaited(), p.of)
	}
	return v
}

// either is what is known of one of two values; of two promises, that it is one.
func (s *session) either(a, b value) value {
	if v := merge(a, b); v != nil || !s.isPromise(a) || !s.isPromise(b) {
		return v
	}
	return s.promise(merge(awaited(a), awaited(b)))
}

// merge is what is known of one of two values: they agree, or both are functions.
func merge(a, b value) value {
	switch {
	case a == nil || b == nil:
		if isNothing(a) {
			return b
		}
		return nil
	case isNothing(a):
		return b
	case isNothing(b) || same(a, b):
		return a
	case callable(a) && callable(b):
		return &union{flatten(a, b)}
	}
	return nil
}

func flatten(vs ...value) []value {
	var out []value
	for _, v := range vs {
		if u, ok := v.(*union); ok {
			out = append(out, u.of...)
		} else {
			out = append(out, v)
		}
	}
	return out
}

func same(a, b value) bool { return a == b }

func callable(v value) bool {
	switch v.(type) {
	case *closure, completer, *settler, *union, *bound:
		return true
	}
	return false
}

// isNothing tells whether v is a constant such as null, undefined or false, which
// stands where a function or object is optional.
func isNothing(v value) bool {
	c, ok := v.(constant)
	return ok && (c.kind == jsparse.Null || c.kind == jsparse.Undefined || c.kind == jsparse.Boolean)
}

func (s *session) binary(x *jsparse.Binary, e *env) value {
	switch x.Op {
	case ",":
		return s.eval(x.Right, e)
	case "||", "??":
		a, b := s.eval(x.Left, e), s.eval(x.Right, e)
		if isNothing(a) {
			return b
		}
		if a != nil {
			if _, isConst := a.(constant); !isConst {
				return a
			}
		}
		return merge(a, b)
	case "&&":
		return s.eval(x.Right, e)
	case "*", "+", "-", "/":
		return arithmetic(x.Op, s.eval(x.Left, e), s.eval(x.Right, e))
	}
	return nil
}

// symbol is what is known of a name.
func (s *session) symbol(sym *jsparse.Symbol, e *env) value {
	at := e.scopeOf(sym)
	if at == nil {
		if sym.Name == "arguments" {
			return s.allArguments(e)
		}
		if v := s.declaredValue(e, sym.Name); v != nil {
			return v
		}
		return s.globalNamed(sym.Name)
	}
	if v, ok := at.values[sym]; ok {
		return v
	}
	if at.busy[sym] {
		return nil
	}
	at.busy[sym] = true
	v := s.or(s.symbolIn(sym, at), func() value { return s.variableType(sym, at) })
	delete(at.busy, sym)
	at.values[sym] = v
	if len(at.mod.propWrites[sym]) > 0 {
		v = s.filled(v, sym, at)
		at.values[sym] = v
	}
	return v
}

func (s *session) symbolIn(sym *jsparse.Symbol, at *env) value {
	m := at.mod
	writes := m.writes[sym]
	if f := m.funcs[sym]; f != nil && len(writes) == 0 {
		if at.fn == f { // a named function expression seen from inside
			return s.closure(f, at.parent, nil)
		}
		return s.closure(f, at, nil)
	}
	if c := m.classes[sym]; c != nil {
		return s.class(c, at)
	}
	if imp, ok := m.imports[sym]; ok {
		return s.importPath(imp.path, imp.name, at, false)
	}
	if v, ok := s.parameter(sym, at); ok {
		if len(writes) == 0 || onlyDefaults(writes) {
			return v
		}
		return s.written(writes, at, v, true)
	}
	return s.written(writes, at, nil, false)
}

func onlyDefaults(ws []write) bool {
	for _, w := range ws {
		if w.from != nil || w.def == nil {
			return false
		}
	}
	return true
}

// written merges everything that is assigned to a name.
func (s *session) written(ws []write, at *env, start value, started bool) value {
	v, set := start, started
	for _, w := range ws {
		if w.none {
			continue
		}
		if w.from == nil {
			return nil
		}
		in := s.scopeFor(w.in, at)
		if in == nil {
			return nil
		}
		next := s.eval(w.from, in)
		next = s.follow(next, w.path)
		if !set {
			v, set = next, true
		} else {
			v = s.either(v, next)
		}
		if v == nil {
			return nil
		}
	}
	return v
}

// scopeFor is a scope in which an expression that stands in function fn can be
// evaluated, seen from the scope at. A function inside it that has not been
// entered in this context gets a scope with unknown arguments.
func (s *session) scopeFor(fn *jsparse.Func, at *env) *env {
	for e := at; e != nil; e = e.parent {
		if e.fn == fn {
			return e
		}
	}
	if fn == nil {
		return nil
	}
	return s.enter(s.closure(fn, at, nil), nil)
}

// narrower is an argument, or what the parameter's type says if that is more: of what a package hands to a function, the index
// knows no type arguments, and the project writes them out (`(ctx: Context & MyFlavor) => …`).
func (s *session) narrower(v value, p *jsparse.Parameter, at *env) value {
	if _, ok := v.(indexed); ok {
		if t, ok := s.parameterType(p, at).(typed); ok {
			return t
		}
		return v
	}
	return s.or(v, func() value { return s.parameterType(p, at) })
}

// parameter is the value bound to a parameter name in this context.
func (s *session) parameter(sym *jsparse.Symbol, at *env) (value, bool) {
	if at.fn == nil {
		return nil, false
	}
	for i, p := range at.fn.Params {
		path, ok := pathTo(p.Target, sym)
		if !ok {
			continue
		}
		if p.Rest {
			return s.follow(s.argumentsFrom(p, at, i), path), true
		}
		var v value
		if i < len(at.args) {
			v = at.args[i]
		}
		if v == nil && i >= len(at.args) && p.Default != nil {
			v = s.eval(p.Default, at)
		}
		v = s.narrower(v, p, at)
		return s.follow(v, path), true
	}
	return nil, false
}
