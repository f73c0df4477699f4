package sandbox

import (
	"strconv"

	"github.com/dop251/goja"
)

// traps is how an unknown behaves where the engine itself asks.
func (m *machine) traps(u *unknown) *goja.ProxyTrapConfig {
	return &goja.ProxyTrapConfig{
		Get:    func(_ *goja.Object, key string, _ goja.Value) goja.Value { return m.get(u, key) },
		GetIdx: func(_ *goja.Object, i int, _ goja.Value) goja.Value { return m.element(u, i) },
		GetSym: func(_ *goja.Object, s *goja.Symbol, _ goja.Value) goja.Value { return m.symbol(u, s) },
		Set: func(_ *goja.Object, key string, v, _ goja.Value) bool {
			m.overwrite(u, key, v)
			return true
		},
		SetIdx: func(_ *goja.Object, i int, v, _ goja.Value) bool {
			m.overwrite(u, strconv.Itoa(i), v)
			return true
		},
		SetSym:            func(*goja.Object, *goja.Symbol, goja.Value, goja.Value) bool { return true },
		Has:               func(_ *goja.Object, key string) bool { return m.has(u, key) },
		HasIdx:            func(_ *goja.Object, i int) bool { return i < len(m.materialise(u)) },
		HasSym:            func(*goja.Object, *goja.Symbol) bool { return false },
		DeleteProperty:    func(_ *goja.Object, key string) bool { m.overwrite(u, key, goja.Undefined()); return true },
		DeletePropertyIdx: func(_ *goja.Object, i int) bool { m.overwrite(u, strconv.Itoa(i), goja.Undefined()); return true },
		DeletePropertySym: func(*goja.Object, *goja.Symbol) bool { return true },
		DefineProperty: func(_ *goja.Object, key string, d goja.PropertyDescriptor) bool {
			if d.Value != nil {
				m.overwrite(u, key, d.Value)
			}
			return true
		},
		GetOwnPropertyDescriptor: func(_ *goja.Object, key string) goja.PropertyDescriptor {
			return goja.PropertyDescriptor{Value: m.get(u, key), Writable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE}
		},
		GetOwnPropertyDescriptorSym: func(*goja.Object, *goja.Symbol) goja.PropertyDescriptor { return goja.PropertyDescriptor{} },
		GetPrototypeOf:              func(*goja.Object) *goja.Object { return m.objectPrototype },
		SetPrototypeOf:              func(*goja.Object, *goja.Object) bool { return true },
		IsExtensible:                func(*goja.Object) bool { return true },
		OwnKeys:                     func(*goja.Object) *goja.Object { return m.ownKeys(u) },
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			return m.apply(u, this, args)
		},
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			return m.construct(u, args, newTarget)
		},
	}
}

// get reads a named property.
func (m *machine) get(u *unknown, key string) goja.Value {
	m.deref(u)
	if u.bound != nil {
		return m.boundGet(u, key)
	}
	if v, ok := u.children[key]; ok {
		return v
	}
	switch key {
	case "then", "catch", "finally":
		return m.settling(u, key)
	case "call", "apply", "bind":
		if v := m.calling(u, key); v != nil {
			return m.keep(u, key, v)
		}
	case "toJSON":
		return m.rt.ToValue(func(goja.FunctionCall) goja.Value { return m.rt.ToValue("‹" + u.label + "›") })
	case "toString", "toLocaleString":
		if u.sort == thing {
			return m.rt.ToValue(func(goja.FunctionCall) goja.Value { return m.rt.ToValue("‹" + u.label + "›") })
		}
	case "length", "size":
		if u.sort != thing && !m.loading { // while a module loads, a builder has methods of these names
			if u.kind["string"] != yes || u.elements != nil {
				return m.length(u)
			}
		}
	case "constructor", "__proto__":
		return m.objectPrototype.Get("constructor")
	}
	if u.isPromise && !u.memberShape(key).Known() {
		return goja.Undefined()
	}
	if u.sort == result && !u.mayBePromise {
		u.plain = true
	}
	return m.child(u, key)
}

// boundGet reads a property of what an unknown was decided to be.
func (m *machine) boundGet(u *unknown, key string) goja.Value {
	if goja.IsNull(u.bound) || goja.IsUndefined(u.bound) {
		panic(m.rt.NewTypeError("Cannot read properties of " + u.bound.String() + " (reading '" + key + "')"))
	}
	if o := u.bound.ToObject(m.rt); o != nil {
		if v := o.Get(key); v != nil {
			if fn, ok := goja.AssertFunction(v); ok {
				bound := u.bound
				return m.rt.ToValue(func(call goja.FunctionCall) goja.Value {
					out, err := fn(bound, call.Arguments...)
					m.rethrow(err)
					return out
				})
			}
			return v
		}
	}
	return goja.Undefined()
}

// rethrow hands an error of a call on to the code that called us.
func (m *machine) rethrow(err error) {
	if err == nil {
		return
	}
	if ex, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it as it is
		panic(ex.Value())
	}
	panic(err)
}

// element reads an index.
func (m *machine) element(u *unknown, i int) goja.Value {
	key := strconv.Itoa(i)
	m.deref(u)
	if u.bound != nil {
		return m.boundGet(u, key)
	}
	if v, ok := u.children[key]; ok {
		return v
	}
	if u.sort == result {
		u.plain = true
	}
	if u.elements != nil {
		if i >= 0 && i < len(u.elements) {
			return u.elements[i]
		}
		return goja.Undefined()
	}
	return m.child(u, key)
}

func (m *machine) symbol(u *unknown, s *goja.Symbol) goja.Value {
	switch {
	case s == goja.SymToPrimitive:
		return m.rt.ToValue(func(call goja.FunctionCall) goja.Value {
			return m.primitive(u, call.Argument(0).String())
		})
	case s == goja.SymIterator || m.asyncIterator != nil && s == m.asyncIterator:
		return m.rt.ToValue(func(goja.FunctionCall) goja.Value {
			list := m.rt.ToValue(m.array(m.materialise(u))).(*goja.Object)
			values, _ := goja.AssertFunction(list.Get("values"))
			out, err := values(list)
			m.rethrow(err)
			return out
		})
	}
	return goja.Undefined()
}

// has is `key in u`.
func (m *machine) has(u *unknown, key string) bool {
	if v, ok := u.children[key]; ok {
		return !goja.IsUndefined(v)
	}
	if u.sort == thing {
		return true
	}
	has := m.decide("has", strconv.Quote(key)+" in "+u.label, Option{Text: "yes"}, Option{Text: "no"}) == 0
	if !has {
		m.keep(u, key, goja.Undefined())
	}
	return has
}

func (m *machine) ownKeys(u *unknown) *goja.Object {
	var keys []any
	if u.sort != thing {
		for i := range m.materialise(u) {
			keys = append(keys, "key"+strconv.Itoa(i+1))
		}
	}
	return m.rt.NewArray(keys...)
}

// primitive is what an unknown becomes in text or arithmetic.
func (m *machine) primitive(u *unknown, hint string) goja.Value {
	if u.bound != nil {
		if o, ok := u.bound.(*goja.Object); ok {
			return m.rt.ToValue(o.String())
		}
		return u.bound
	}
	if u.sizeOf != nil {
		return m.sized(u)
	}
	if hint != "number" {
		return m.rt.ToValue("‹" + u.label + "›")
	}
	n := m.anyNumber(u)
	m.run.Sampled = true
	if u.sort == data {
		u.bind(m.rt.ToValue(n))
	}
	return m.rt.ToValue(n)
}

// anyNumber is a number that fits what was decided.
func (m *machine) anyNumber(u *unknown) float64 {
	switch {
	case u.low <= 1 && 1 <= u.high:
		return 1
	case u.low > 1:
		return u.low
	}
	return u.high
}

func (m *machine) array(list []goja.Value) *goja.Object {
	items := make([]any, len(list))
	for i, v := range list {
		items[i] = v
	}
	return m.rt.NewArray(items...)
}
