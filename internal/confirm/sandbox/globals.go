package sandbox

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// globals are made when code first asks for them: it is the prototype of the global object.
type globals struct{ m *machine }

// polyfills are globals of the polyfill's.
var polyfills = names(`process Headers Request Response AbortController AbortSignal Event EventTarget TextEncoder TextDecoder
	structuredClone performance btoa atob FormData URL URLSearchParams Buffer`)

// things are globals that are left unknown.
var things = names("fetch crypto Intl WebAssembly Blob File ReadableStream WritableStream TransformStream WeakRef FinalizationRegistry WebSocket CompressionStream DecompressionStream BroadcastChannel MessageChannel navigator")

// Get is goja.DynamicObject's.
func (g *globals) Get(key string) goja.Value {
	m := g.m
	if v, ok := m.globals[key]; ok {
		return v
	}
	v := g.make(key)
	if v != nil {
		m.globals[key] = v
	}
	return v
}

func (g *globals) make(key string) goja.Value {
	m := g.m
	switch {
	case polyfills[key]:
		return m.polyfilled(key)
	case things[key]:
		u := m.unknownOf(thing, key)
		u.shape = m.job.Packages.global(key)
		return u.proxy
	}
	switch key {
	case "console":
		return m.console()
	case "setTimeout":
		return m.rt.ToValue(m.setTimer(false))
	case "setInterval":
		return m.rt.ToValue(m.setTimer(true))
	case "setImmediate":
		return m.rt.ToValue(m.immediately)
	case "clearTimeout", "clearInterval", "clearImmediate":
		return m.rt.ToValue(m.clearTimer)
	case "queueMicrotask":
		return m.rt.ToValue(m.microtask)
	}
	if slices.Contains(m.job.Contract.Globals, key) {
		return g.platform(key)
	}
	if m.job.Supposes && !sniffed[key] && !m.loading {
		m.run.Supposed = append(m.run.Supposed, key)
		return m.unknownOf(thing, key).proxy
	}
	if !sniffed[key] && !m.loading {
		m.say("`"+key+"` is not defined", false)
		m.mark(ToldUndefined, key)
	}
	return nil
}

// sniffed are names by whose absence code tells where it runs.
var sniffed = names("window document self Deno Bun EdgeRuntime importScripts")

// console swallows what it is told.
func (m *machine) console() goja.Value {
	o := m.rt.NewObject()
	silent := m.rt.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	for _, name := range consoleMethods {
		m.set(o, name, silent)
	}
	return o
}

var consoleMethods = strings.Fields(`log info warn error debug trace dir table group groupEnd groupCollapsed time timeEnd timeLog assert
	count countReset clear dirxml`)

// platform makes a global that the contract names.
func (g *globals) platform(key string) goja.Value {
	m := g.m
	switch key {
	case "Runtime":
		return m.runtimeGlobal()
	case "twilioClient":
		return m.client()
	case "awslambda":
		o := m.rt.NewObject()
		m.set(o, "streamifyResponse", func(c goja.FunctionCall) goja.Value { return c.Argument(0) })
		stream := m.rt.NewObject()
		m.set(stream, "from", func(c goja.FunctionCall) goja.Value { return c.Argument(0) })
		m.set(o, "HttpResponseStream", stream)
		return o
	case "addEventListener":
		return m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
			m.wrap(key, nil, c.Arguments[min(len(c.Arguments), 1):])
			return goja.Undefined()
		})
	}
	return m.unknownOf(thing, key).proxy
}

// Has is goja.DynamicObject's.
func (g *globals) Has(key string) bool { return g.Get(key) != nil }

// Set is goja.DynamicObject's.
func (g *globals) Set(key string, v goja.Value) bool {
	g.m.globals[key] = v
	return true
}

// Delete is goja.DynamicObject's.
func (g *globals) Delete(key string) bool {
	delete(g.m.globals, key)
	return true
}

// Keys is goja.DynamicObject's.
func (g *globals) Keys() []string { return nil }

func (m *machine) immediately(c goja.FunctionCall) goja.Value {
	fn, ok := goja.AssertFunction(c.Argument(0))
	if !ok {
		panic(m.rt.NewTypeError(`The "callback" argument must be of type function`))
	}
	args := c.Arguments[1:]
	return m.handle(m.planTimer(0, false, func() { m.enter(fn, goja.Undefined(), args...) }))
}

func (m *machine) microtask(c goja.FunctionCall) goja.Value {
	fn, ok := goja.AssertFunction(c.Argument(0))
	if !ok {
		panic(m.rt.NewTypeError(`The "callback" argument must be of type function`))
	}
	p, resolve, _ := m.rt.NewPromise()
	m.must(resolve(goja.Undefined()))
	o := m.rt.ToValue(p).(*goja.Object)
	then, _ := goja.AssertFunction(o.Get("then"))
	_, err := then(o, m.rt.ToValue(func(goja.FunctionCall) goja.Value {
		out, err := fn(goja.Undefined(), c.Arguments[1:]...)
		m.rethrow(err)
		return out
	}))
	m.rethrow(err)
	return goja.Undefined()
}

// require answers for packages and Node's builtins.
func (m *machine) require(c goja.FunctionCall) goja.Value {
	name := strings.TrimPrefix(c.Argument(0).String(), "node:")
	if v, ok := m.modules[name]; ok {
		return v
	}
	if load, ok := m.private[name]; ok {
		fn, _ := goja.AssertFunction(load)
		v, err := fn(goja.Undefined())
		m.rethrow(err)
		m.modules[name] = v
		return v
	}
	v := m.module(name)
	m.modules[name] = v
	return v
}

// promiseLibraries are packages whose export is a promise class that behaves as the language's own.
var promiseLibraries = names("bluebird any-promise es6-promise native-promise-only promise pinkie-promise")

func (m *machine) module(name string) goja.Value {
	switch {
	case name == "console":
		return m.rt.GlobalObject().Get("console")
	case promiseLibraries[name]:
		return m.promiseClass
	case name == "timers":
		return m.rt.GlobalObject()
	case name == "." || name == "":
		return m.rt.NewObject()
	}
	if v := m.polyfilled("module_" + strings.ReplaceAll(name, "/", "_")); v != nil {
		return v
	}
	if strings.HasSuffix(name, ".json") && strings.HasPrefix(name, ".") {
		return m.unknownOf(data, name).proxy
	}
	u := m.unknownOf(thing, clip(name))
	u.absent = strings.HasPrefix(name, "/") || strings.Contains(name, mark)
	u.key = "\x00module"
	if !u.absent && !strings.HasPrefix(name, ".") {
		u.module = m.job.Packages.module(name)
	}
	return u.proxy
}

// register takes a private file's loader.
func (m *machine) register(c goja.FunctionCall) goja.Value {
	m.private["/private/"+c.Argument(0).String()] = c.Argument(1)
	return goja.Undefined()
}

// interop stands for esbuild's helpers that copy what they are given: an unknown has nothing to copy and goes through.
func (m *machine) interop(c goja.FunctionCall) goja.Value {
	helper, args := c.Argument(0).String(), c.Arguments[2:]
	arg := func(i int) *goja.Object {
		if i < len(args) {
			return asObject(args[i])
		}
		return nil
	}
	switch {
	case helper == "__toESM" && m.behind(arg(0)) != nil, helper == "__objRest" && m.behind(arg(0)) != nil:
		return args[0]
	case (helper == "__spreadValues" || helper == "__reExport") && arg(0) != nil && m.behind(arg(1)) != nil:
		m.quietly(func() { m.must(arg(0).SetPrototype(arg(1))) })
		return args[0]
	}
	fn, ok := goja.AssertFunction(c.Argument(1))
	if !ok {
		panic(m.rt.NewTypeError(helper + " is not a function"))
	}
	out, err := fn(goja.Undefined(), args...)
	m.rethrow(err)
	return out
}
