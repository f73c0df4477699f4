package sandbox

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// typeOf is typeof; of data whose type is open, a decision.
func (m *machine) typeOf(v goja.Value) string {
	v = m.plainly(v)
	u := m.as(v)
	if u == nil {
		return m.typeOfKnown(v)
	}
	if u.sort == thing {
		return "function"
	}
	for _, name := range []string{"string", "object"} {
		if m.typeIs(v, name) {
			return name
		}
	}
	if u.kind["boolean"] == yes {
		return "boolean"
	}
	u.kind["number"] = yes
	return "number"
}

func (m *machine) typeOfKnown(v goja.Value) string {
	out, err := m.operators["typeof"](goja.Undefined(), v)
	m.rethrow(err)
	return out.String()
}

// typeIs decides typeof v === name.
func (m *machine) typeIs(v goja.Value, name string) bool {
	v = m.plainly(v)
	u := m.as(v)
	if u == nil {
		return m.typeOfKnown(v) == name
	}
	if u.sort == thing {
		return name == "function" || name == "object" && strings.HasPrefix(u.label, "new ")
	}
	if name == "undefined" {
		return m.isNullish(u, goja.Undefined(), true)
	}
	for other, f := range u.kind {
		if f == yes {
			return other == name
		}
	}
	f := u.kind[name]
	if f == open {
		f = factOf(m.decide("type", "typeof "+u.label+" === "+strconv.Quote(name), Option{Text: "yes"}, Option{Text: "no"}) == 0)
		if u.kind == nil {
			u.kind = map[string]fact{}
		}
		u.kind[name] = f
	}
	return f == yes
}

// switchOn keeps a switch statement's subject; the cases compare themselves with it.
func (m *machine) switchOn(c goja.FunctionCall) goja.Value {
	m.subjects[int(c.Argument(0).ToInteger())] = m.plainly(c.Argument(1))
	return m.rt.ToValue(true)
}

func (m *machine) caseOf(c goja.FunctionCall) goja.Value {
	return m.rt.ToValue(m.equal(m.subjects[int(c.Argument(0).ToInteger())], c.Argument(1), true))
}

// in is `key in object`.
func (m *machine) in(c goja.FunctionCall) goja.Value {
	key, of := m.plainly(c.Argument(0)), m.plainly(c.Argument(1))
	if u := m.as(of); u != nil {
		return m.rt.ToValue(m.has(u, key.String()))
	}
	o, ok := of.(*goja.Object)
	if !ok {
		panic(m.rt.NewTypeError("Cannot use 'in' operator to search for '" + m.show(key) + "' in " + m.show(of)))
	}
	if u := m.as(key); u != nil {
		return m.rt.ToValue(m.choose(u, o.GetOwnPropertyNames()) != "")
	}
	out, err := m.operators["in"](goja.Undefined(), key, o)
	m.rethrow(err)
	return out
}

func (m *machine) instanceOf(c goja.FunctionCall) goja.Value {
	v, class := m.plainly(c.Argument(0)), m.plainly(c.Argument(1))
	if behind := m.classes[asObject(class)]; behind != nil {
		class = behind
	}
	u, uc := m.as(v), m.as(class)
	if failed := m.injected[asObject(v)]; failed != nil && asObject(class) == m.errorClass {
		d := m.derived(failed, "instanceof Error")
		if d.truthy == open {
			d.truthy = factOf(m.decide("instance", "the error of the call instanceof Error", Option{Text: "yes"}, Option{Text: "no", Fault: Oddity}) == 0)
		}
		return m.rt.ToValue(d.truthy == yes)
	}
	if u == nil && uc == nil {
		out, err := m.operators["instanceof"](goja.Undefined(), v, class)
		m.rethrow(err)
		return out
	}
	if _, object := v.(*goja.Object); !object {
		return m.rt.ToValue(false)
	}
	of := u
	if of == nil {
		of = uc
	}
	how := m.show(v) + " instanceof " + m.className(class)
	d := m.derived(of, how)
	if d.truthy == open {
		d.truthy = factOf(m.decide("instance", how, Option{Text: "yes"}, Option{Text: "no"}) == 0)
	}
	return m.rt.ToValue(d.truthy == yes)
}

func (m *machine) className(v goja.Value) string {
	if u := m.behind(v); u != nil {
		return u.label
	}
	if o, ok := v.(*goja.Object); ok {
		if n := o.Get("name"); n != nil {
			return clip(n.String())
		}
	}
	return "?"
}

// key is a computed member's name. An unknown one may be any of a known object's own, or none.
func (m *machine) key(c goja.FunctionCall) goja.Value {
	k := m.plainly(c.Argument(0))
	u := m.as(k)
	if u == nil {
		return k
	}
	o, ok := m.object.(*goja.Object)
	if !ok || m.unknowns[o] != nil {
		return m.rt.ToValue("‹" + u.label + "›")
	}
	if name := m.choose(u, keysOf(o)); name != "" {
		return m.rt.ToValue(name)
	}
	return m.rt.ToValue("‹" + u.label + "›")
}

// into is the name of a member that is written. An object that is written to under unknown names may have any member from then on.
func (m *machine) into(c goja.FunctionCall) goja.Value {
	k := m.plainly(c.Argument(0))
	u := m.as(k)
	if u == nil {
		return k
	}
	o := asObject(m.object)
	if o != nil && m.unknowns[o] == nil && o.ClassName() == "Object" && o.Prototype() == m.objectPrototype {
		members := m.unknownOf(data, "object")
		members.truthy, members.nullish = yes, no
		m.quietly(func() { m.must(o.SetPrototype(members.proxy)) })
	}
	return m.rt.ToValue("‹" + u.label + "›")
}

func keysOf(o *goja.Object) []string {
	if len(o.GetOwnPropertyNames()) > 50 {
		return nil
	}
	return o.Keys()
}

// choose decides which of some names an unknown is; "" for none.
func (m *machine) choose(u *unknown, names []string) string {
	if len(names) == 0 || len(names) > 40 {
		return ""
	}
	options := make([]Option, 0, len(names)+1)
	for _, n := range names {
		options = append(options, Option{Text: strconv.Quote(n)})
	}
	options = append(options, Option{Text: "none of them"})
	taken := m.decide("key", u.label, options...)
	if taken == len(names) {
		return ""
	}
	u.bind(m.rt.ToValue(names[taken]))
	return names[taken]
}

// add is +.
func (m *machine) add(c goja.FunctionCall) goja.Value {
	a, b := m.plainly(c.Argument(0)), m.plainly(c.Argument(1))
	ua, ub := m.behind(a), m.behind(b)
	if _, ok := number(b); ok && ua != nil {
		a = m.primitive(ua, "number")
	}
	if _, ok := number(a); ok && ub != nil {
		b = m.primitive(ub, "number")
	}
	out, err := m.operators["+"](goja.Undefined(), a, b)
	m.rethrow(err)
	return out
}
