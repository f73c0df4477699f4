package sandbox

import (
	_ "embed"
	"sync"

	"github.com/dop251/goja"
)

//go:embed polyfill.js
var polyfillSource string

// polyfillName is how frames of the sandbox's own code look; they are not the user's.
const polyfillName = "handlervet-polyfill"

// compiled is what every run needs and none changes.
var compiled = sync.OnceValue(func() *programs {
	return &programs{
		polyfill:  goja.MustCompile(polyfillName, polyfillSource, true),
		operators: goja.MustCompile(polyfillName, operatorSource, false),
	}
})

type programs struct{ polyfill, operators *goja.Program }

const operatorSource = `({
	"<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
	"+": (a, b) => a + b, "in": (k, o) => k in o, "instanceof": (a, b) => a instanceof b, "typeof": (x) => typeof x,
	"target": function () {}.bind(),
})`

// install prepares a fresh runtime.
func (m *machine) install() {
	v, err := m.rt.RunProgram(compiled().operators)
	if err != nil {
		panic(err)
	}
	table := v.(*goja.Object)
	m.operators = map[string]goja.Callable{}
	for _, name := range table.Keys() {
		if fn, ok := goja.AssertFunction(table.Get(name)); ok {
			m.operators[name] = fn
		}
	}
	m.target = table.Get("target").(*goja.Object)
	m.errorClass = m.rt.Get("Error").(*goja.Object)
	m.promiseClass = m.rt.Get("Promise").(*goja.Object)
	m.objectPrototype = m.rt.Get("Object").(*goja.Object).Get("prototype").(*goja.Object)
	m.asyncIterator = goja.NewSymbol("Symbol.asyncIterator")
	m.hide(m.rt.Get("Symbol").(*goja.Object), "asyncIterator", m.asyncIterator)
	m.hide(m.errorClass, "captureStackTrace", m.rt.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() }))
	m.patch()
	m.patchPromises()
	m.patchTexts()
	global := m.rt.GlobalObject()
	m.hide(global, "global", global)
	if err := global.SetPrototype(m.rt.NewDynamicObject(&globals{m})); err != nil {
		panic(err)
	}
}

// polyfilled is a piece of the polyfill, made when it is first asked for.
func (m *machine) polyfilled(name string) goja.Value {
	if m.polyfill == nil {
		v, err := m.rt.RunProgram(compiled().polyfill)
		if err != nil {
			panic(err)
		}
		build, _ := goja.AssertFunction(v)
		helpers := m.rt.NewObject()
		m.set(helpers, "isUnknown", func(c goja.FunctionCall) goja.Value { return m.rt.ToValue(m.as(c.Argument(0)) != nil) })
		m.set(helpers, "label", func(c goja.FunctionCall) goja.Value {
			if u := m.as(c.Argument(0)); u != nil {
				return m.rt.ToValue(u.label)
			}
			return m.rt.ToValue(m.show(c.Argument(0)))
		})
		m.set(helpers, "unknown", func(c goja.FunctionCall) goja.Value {
			u := m.unknownOf(data, c.Argument(0).String())
			if u.label == "process.env" {
				m.env = u
			}
			return u.proxy
		})
		m.set(helpers, "truth", func(c goja.FunctionCall) goja.Value { return m.rt.ToValue(m.truth(c.Argument(0))) })
		m.set(helpers, "equal", func(c goja.FunctionCall) goja.Value {
			return m.rt.ToValue(m.equal(c.Argument(0), c.Argument(1), true))
		})
		m.set(helpers, "thing", func(c goja.FunctionCall) goja.Value { return m.unknownOf(thing, c.Argument(0).String()).proxy })
		m.set(helpers, "exit", func(c goja.FunctionCall) goja.Value {
			m.say("the process is ended", false)
			m.stop(Exited, "")
			return goja.Undefined()
		})
		m.set(helpers, "elapsed", func(goja.FunctionCall) goja.Value { m.read(); return m.rt.ToValue(m.clock.now) })
		m.set(helpers, "global", m.rt.GlobalObject())
		o, err := build(goja.Undefined(), helpers)
		if err != nil {
			panic(err)
		}
		m.polyfill = o.(*goja.Object)
	}
	fn, ok := goja.AssertFunction(m.polyfill.Get(name))
	if !ok {
		return nil
	}
	v, err := fn(m.polyfill)
	m.rethrow(err)
	return v
}
