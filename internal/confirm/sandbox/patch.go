package sandbox

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// native is a builtin's own function behind a patch.
type native func(call goja.FunctionCall) goja.Value

// patch makes builtins answer for unknowns. Known values go to the builtins themselves.
func (m *machine) patch() {
	m.wrapBuiltin("JSON", "parse", func(c goja.FunctionCall, of native) goja.Value {
		u := m.unknownText(c.Argument(0))
		if u == nil {
			return of(c)
		}
		how := "JSON.parse(" + u.label + ")"
		d := m.derived(u, how)
		if d.nullish == open {
			if !m.loading && m.decide("parse", how, Option{Text: "parses"}, Option{Text: "is no JSON", Fault: Failure}) == 1 {
				panic(m.syntaxError())
			}
			d.nullish, d.truthy = no, yes
		}
		return d.proxy
	})
	m.wrapBuiltin("Array", "isArray", func(c goja.FunctionCall, of native) goja.Value {
		if u := m.as(c.Argument(0)); u != nil {
			return m.rt.ToValue(u.sort != thing && m.truth(m.derived(u, "Array.isArray("+u.label+")").proxy))
		}
		return of(c)
	})
	m.wrapBuiltin("Object", "assign", m.objectAssign)
	for _, name := range []string{"freeze", "seal", "preventExtensions"} {
		m.wrapBuiltin("Object", name, func(c goja.FunctionCall, of native) goja.Value {
			if m.behind(c.Argument(0)) != nil {
				return c.Argument(0)
			}
			return of(c)
		})
	}
	for _, name := range []string{"parseInt", "parseFloat"} {
		m.wrapBuiltin("", name, m.numeric(name))
	}
	m.wrapBuiltin("", "isNaN", m.numericTest("isNaN"))
	for _, name := range []string{"isNaN", "isInteger", "isFinite", "isSafeInteger"} {
		m.wrapBuiltin("Number", name, m.numericTest("Number."+name))
	}
	m.proxyBuiltin("Number", m.numeric("Number"))
	m.proxyBuiltin("Boolean", func(c goja.FunctionCall, of native) goja.Value {
		if m.as(c.Argument(0)) != nil || m.behind(c.Argument(0)) != nil {
			return m.rt.ToValue(m.truth(c.Argument(0)))
		}
		return of(c)
	})
	m.patchDate()
	m.patchPrototypes()
}

func (m *machine) syntaxError() *goja.Object {
	class, _ := m.rt.Get("SyntaxError").(*goja.Object)
	e, err := m.rt.New(class, m.rt.ToValue("Unexpected token in JSON"))
	if err != nil {
		panic(err)
	}
	return e
}

// unknownText is the unknown that a text stands for.
func (m *machine) unknownText(v goja.Value) *unknown {
	if u := m.as(v); u != nil {
		return u
	}
	return nil
}

func (m *machine) objectAssign(c goja.FunctionCall, of native) goja.Value {
	target := asObject(c.Argument(0))
	if target == nil || m.unknowns[target] != nil {
		return c.Argument(0)
	}
	for _, source := range c.Arguments[1:] {
		if m.behind(source) != nil {
			m.quietly(func() { m.must(target.SetPrototype(asObject(source))) })
			continue
		}
		of(goja.FunctionCall{This: c.This, Arguments: []goja.Value{target, source}})
	}
	return target
}

func (m *machine) numeric(name string) func(goja.FunctionCall, native) goja.Value {
	return func(c goja.FunctionCall, of native) goja.Value {
		u := m.as(c.Argument(0))
		if u == nil {
			return of(c)
		}
		d := m.derived(u, name+"("+u.label+")")
		d.kind = map[string]fact{"number": yes}
		d.nullish = no
		return d.proxy
	}
}

func (m *machine) numericTest(name string) func(goja.FunctionCall, native) goja.Value {
	return func(c goja.FunctionCall, of native) goja.Value {
		u := m.as(c.Argument(0))
		if u == nil {
			return of(c)
		}
		d := m.derived(u, name+"("+u.label+")")
		if d.truthy == open {
			d.truthy = factOf(m.decide("number", d.label, Option{Text: "no"}, Option{Text: "yes"}) == 1)
		}
		return m.rt.ToValue(d.truthy == yes)
	}
}

func (m *machine) holder(name string) *goja.Object {
	if name == "" {
		return m.rt.GlobalObject()
	}
	o, _ := m.rt.Get(name).(*goja.Object)
	return o
}

// wrapBuiltin replaces a function of a builtin object.
func (m *machine) wrapBuiltin(of, name string, do func(goja.FunctionCall, native) goja.Value) {
	m.wrapIn(m.holder(of), name, do)
}

func (m *machine) wrapIn(o *goja.Object, name string, do func(goja.FunctionCall, native) goja.Value) {
	fn, ok := goja.AssertFunction(o.Get(name))
	if !ok {
		return
	}
	call := func(c goja.FunctionCall) goja.Value {
		out, err := fn(c.This, c.Arguments...)
		m.rethrow(err)
		return out
	}
	m.hide(o, name, m.rt.ToValue(func(c goja.FunctionCall) goja.Value { return do(c, call) }))
}

// proxyBuiltin replaces what a class does when it is called; its statics stay.
func (m *machine) proxyBuiltin(name string, do func(goja.FunctionCall, native) goja.Value) {
	class := m.holder(name)
	fn, _ := goja.AssertFunction(class)
	call := func(c goja.FunctionCall) goja.Value {
		out, err := fn(c.This, c.Arguments...)
		m.rethrow(err)
		return out
	}
	m.standIn(name, class, &goja.ProxyTrapConfig{
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			return do(goja.FunctionCall{This: this, Arguments: args}, call)
		},
	})
}

// standIn puts a proxy in the place of a builtin class.
func (m *machine) standIn(name string, class *goja.Object, traps *goja.ProxyTrapConfig) {
	proxy := m.rt.ToValue(m.rt.NewProxy(class, traps)).(*goja.Object)
	m.classes[proxy] = class
	m.hide(m.rt.GlobalObject(), name, proxy)
}

// patchDate makes a date of an unknown lie in the past or in the future.
func (m *machine) patchDate() {
	class := m.holder("Date")
	m.standIn("Date", class, &goja.ProxyTrapConfig{
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			if len(args) > 0 {
				if u := m.as(args[0]); u != nil {
					ms := float64(epoch.UnixMilli()) - 86_400_000
					if m.decide("date", u.label, Option{Text: "in the past"}, Option{Text: "in the future"}) == 1 {
						ms += 2 * 86_400_000
					}
					args = []goja.Value{m.rt.ToValue(ms)}
				}
			}
			o, err := m.rt.New(class, args...)
			m.rethrow(err)
			return o
		},
	})
}

// maxText bounds what builtins may make longer at once, in characters.
const maxText = 16 << 20

func (m *machine) patchPrototypes() {
	proto := func(class string) *goja.Object { return m.holder(class).Get("prototype").(*goja.Object) }
	text := proto("String")
	for _, name := range []string{"repeat", "padStart", "padEnd"} {
		m.wrapIn(text, name, func(c goja.FunctionCall, of native) goja.Value {
			n := m.number(c.Argument(0))
			if name == "repeat" {
				n *= float64(len(c.This.String()))
			}
			if n > maxText {
				m.stop(Guard, "a text gets too long")
				panic(m.rt.NewTypeError("Invalid string length"))
			}
			return of(c)
		})
	}
	m.wrapIn(proto("Number"), "toLocaleString", func(c goja.FunctionCall, _ native) goja.Value { return m.rt.ToValue(c.This.String()) })
	pattern := proto("RegExp")
	m.wrapIn(pattern, "test", func(c goja.FunctionCall, of native) goja.Value {
		if u := m.as(c.Argument(0)); u != nil {
			d := m.derived(u, c.This.String()+".test("+u.label+")")
			return m.rt.ToValue(m.truth(d.proxy))
		}
		return of(c)
	})
	m.wrapIn(m.objectPrototype, "hasOwnProperty", func(c goja.FunctionCall, of native) goja.Value {
		o := asObject(c.This)
		if o == nil || m.unknowns[o] != nil || of(c).ToBoolean() || !m.openKeys(o) {
			return of(c)
		}
		how := quote(c.Argument(0).String()) + " is a key of the object"
		return m.rt.ToValue(m.decide("has", how, Option{Text: "yes"}, Option{Text: "no"}) == 0)
	})
	list := proto("Array")
	for _, name := range []string{"includes", "indexOf"} {
		m.wrapIn(list, name, m.search(name))
	}
	m.wrapIn(proto("Set"), "has", func(c goja.FunctionCall, of native) goja.Value {
		if u := m.as(c.Argument(0)); u != nil {
			return m.rt.ToValue(m.truth(m.derived(u, "has("+u.label+")").proxy))
		}
		return of(c)
	})
}

// openKeys tells whether a property of an object was written whose name is unknown.
func (m *machine) openKeys(o *goja.Object) bool {
	return o.ClassName() == "Object" && slices.ContainsFunc(o.GetOwnPropertyNames(), func(name string) bool { return strings.Contains(name, mark) })
}

// search asks about each element whether an unknown is it.
func (m *machine) search(name string) func(goja.FunctionCall, native) goja.Value {
	return func(c goja.FunctionCall, of native) goja.Value {
		u := m.as(c.Argument(0))
		o := asObject(c.This)
		if u == nil || o == nil || m.unknowns[o] != nil || strings.HasPrefix(u.label, mark) {
			return of(c)
		}
		n := int(o.Get("length").ToInteger())
		found := -1
		for i := 0; i < min(n, 20) && found < 0; i++ {
			if m.equal(u.proxy, o.Get(itoa(i)), true) {
				found = i
			}
		}
		if name == "includes" {
			return m.rt.ToValue(found >= 0)
		}
		return m.rt.ToValue(found)
	}
}
