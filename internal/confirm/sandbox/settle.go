package sandbox

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// settling is then, catch or finally of an unknown. Only what a call outside gave is a promise, and only if the code asks it to be.
func (m *machine) settling(u *unknown, key string) goja.Value {
	if u.sort != result || u.plain && u.promise == nil && !u.mayBePromise {
		if key == "then" {
			return goja.Undefined()
		}
		return m.child(u, key)
	}
	return m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		u.used = true
		p := m.promiseOf(u)
		method, ok := goja.AssertFunction(p.Get(key))
		if !ok {
			panic(m.rt.NewTypeError(u.label + "." + key + " is not a function"))
		}
		out, err := method(p, c.Arguments...)
		m.rethrow(err)
		return out
	})
}

// The options of a promise behind the first: resolving, rejecting.
const (
	hangs  = 2
	isSlow = 3
)

// suspected tells whether a result is what the finding says nobody waits for: how long that takes matters.
func (m *machine) suspected(u *unknown) bool {
	return slices.ContainsFunc(m.job.Promises, func(s instrument.Span) bool { return slices.ContainsFunc(u.through, s.Contains) })
}

// promiseOf makes a result a promise and decides how it settles.
func (m *machine) promiseOf(u *unknown) *goja.Object {
	if u.promise != nil {
		return u.promise
	}
	p, resolve, reject := m.rt.NewPromise()
	u.promise = m.rt.ToValue(p).(*goja.Object)
	m.inFlight = append(m.inFlight, u)
	options := []Option{{Text: "resolves"}, {Text: "rejects", Fault: Failure}, {Text: "never settles", Fault: Hang}}
	if m.suspected(u) {
		options = append(options, Option{Text: "takes " + Milliseconds(slowMS) + " ms"})
	}
	taken := m.decideAt(u.place, "settle", u.label, options...)
	latency := float64(latencyMS)
	u.how = []string{"resolves", "rejects", "never", "late"}[taken]
	switch taken {
	case hangs:
		return u.promise
	case isSlow:
		latency = slowMS
	}
	m.clock.after(u.started+latency-m.clock.now, func() {
		u.settled = true
		m.event(u.place, "`"+u.label+"` "+[]string{"resolves", "rejects", "", "resolves"}[taken], taken == 0)
		m.task(func() {
			if taken == 1 {
				m.must(reject(m.failureAt(u, u.label+" failed", u.through)))
				return
			}
			d := m.unknownOf(data, u.label)
			d.shape, u.resolved = u.shape.Awaited(), d
			m.must(resolve(d.proxy))
		})
	})
	return u.promise
}

// settleKnown makes promises of the results that the static side knows to be some and that the code dropped.
func (m *machine) settleKnown() {
	for _, u := range m.known {
		if u.promise == nil && (u.isPromise || !u.plain && len(u.children) == 0) {
			m.promiseOf(u)
		}
	}
	m.known = m.known[:0]
}

func (m *machine) must(err error) {
	if err != nil {
		panic(err)
	}
}

// task runs Go code as a task of its own, so that the jobs it leaves run behind it.
func (m *machine) task(do func()) {
	fn, _ := goja.AssertFunction(m.rt.ToValue(func(goja.FunctionCall) goja.Value { do(); return goja.Undefined() }))
	m.enter(fn, goja.Undefined())
}

// failureOf is an injected error of a call: a real Error, whose other properties are unknown and may be missing.
func (m *machine) failureOf(r *unknown, message string) goja.Value {
	e, err := m.rt.New(m.errorClass, m.rt.ToValue(message))
	if err != nil {
		panic(err)
	}
	rest := m.unknownOf(thing, "error")
	r.failure = rest
	made := m.rt.ToValue(m.rt.NewProxy(e, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, key string, _ goja.Value) goja.Value {
			if v := target.Get(key); v != nil {
				return v
			}
			if key == "toJSON" || key == "then" {
				return goja.Undefined()
			}
			if v, ok := rest.children[key]; ok {
				return v
			}
			c := m.unknownOf(data, "error."+key)
			c.parent, c.mayMiss = nil, true
			return m.keep(rest, key, c.proxy)
		},
	})).(*goja.Object)
	m.injected[made] = rest
	return made
}

// failureAt is a failure of a call that was made through some places.
func (m *machine) failureAt(r *unknown, message string, through []instrument.Place) goja.Value {
	v := m.failureOf(r, message)
	m.failures[asObject(v)] = through
	return v
}

// deref decides, before a property is read, what is left to decide about an unknown for that: a failure's property may not be there at
// all, and what is falsy has no properties of its own.
func (m *machine) deref(u *unknown) {
	if u.truthy == no && u.sort != thing && u.bound == nil {
		m.run.Sampled = true
		if u.nullish == no || u.kind["string"] == yes {
			u.bind(m.rt.ToValue(""))
		} else {
			u.bind(goja.Undefined())
		}
		return
	}
	if !u.mayMiss || u.nullish != open {
		return
	}
	if u.truthy == yes || m.decide("absent", u.label, Option{Text: "there"}, Option{Text: "missing", Fault: Absent}) == 0 {
		u.nullish = no
		return
	}
	u.bind(goja.Undefined())
}
