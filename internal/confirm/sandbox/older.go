package sandbox

import "github.com/dop251/goja"

// patchPromises gives promises the methods that those of older libraries (Q, Bluebird) have: what a package gives may be one of theirs.
// A run that uses them rests on that.
func (m *machine) patchPromises() {
	prototype := m.promiseClass.Get("prototype").(*goja.Object)
	call := func(of goja.Value, method string, args ...goja.Value) goja.Value {
		m.run.Sampled = true
		fn, ok := goja.AssertFunction(of.ToObject(m.rt).Get(method))
		if !ok {
			panic(m.rt.NewTypeError(method + " is not a function"))
		}
		out, err := fn(of, args...)
		m.rethrow(err)
		return out
	}
	m.hide(prototype, "done", m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		call(c.This, "then", c.Arguments...)
		return goja.Undefined()
	}))
	m.hide(prototype, "fail", m.rt.ToValue(func(c goja.FunctionCall) goja.Value { return call(c.This, "catch", c.Arguments...) }))
	m.hide(prototype, "fin", m.rt.ToValue(func(c goja.FunctionCall) goja.Value { return call(c.This, "finally", c.Arguments...) }))
	m.hide(prototype, "spread", m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		then, ok := goja.AssertFunction(c.Argument(0))
		if !ok {
			return call(c.This, "then")
		}
		return call(c.This, "then", m.rt.ToValue(func(of goja.FunctionCall) goja.Value {
			var list []goja.Value
			if u := m.as(of.Argument(0)); u != nil {
				list = m.materialise(u)
			} else {
				_ = m.rt.ExportTo(of.Argument(0), &list) // what is no list is no arguments
			}
			out, err := then(goja.Undefined(), list...)
			m.rethrow(err)
			return out
		}))
	}))
}
