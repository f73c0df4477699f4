package sandbox

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// invoke calls the handler as its contract says.
func (m *machine) invoke() {
	fn, this := m.handler()
	if fn == nil {
		m.refuse("the handler's function cannot be found in what its module exports")
		return
	}
	m.loading = false
	m.run.Reached = m.run.Reached || m.job.Suspect == Whole
	m.clock.now, m.clock.cost = m.run.Start, 0
	m.known = m.known[:0]
	args := m.arguments()
	m.handed = args
	call, _ := goja.AssertFunction(fn)
	value, err := call(this, args...)
	if m.run.End != "" {
		return
	}
	if err != nil {
		through, what, ok := m.thrown(err)
		if !ok {
			return
		}
		l := m.looseAt(what, through)
		m.run.Threw = what
		m.event(l.Place, "the handler throws: "+what, false)
		if m.job.Contract.Protocol.ThrowAnswers {
			m.answer(Answer{How: "the exception", Place: l.Place, Implicit: true, Error: true})
		} else {
			m.run.Loose = append(m.run.Loose, l)
		}
	} else {
		m.returned(value)
	}
	m.settleKnown()
	m.settleLoose()
}

// returned is what becomes of the handler's result.
func (m *machine) returned(v goja.Value) {
	if m.thenable(v) && m.isPromise(v) {
		m.subscribe(v)
		return
	}
	m.run.ReturnKind = m.kindOf(v)
	m.run.Returned = m.show(v)
	if m.job.Contract.Protocol.Mode == flow.ReturnValue {
		m.answer(Answer{How: "returning", Implicit: true})
	}
}

// isPromise decides whether what a call outside gave, and the handler gives back, is a promise, if nothing says so: one that was handed
// a callback may give none.
func (m *machine) isPromise(v goja.Value) bool {
	u := m.unknowns[asObject(v)]
	if u == nil || u.mayBePromise || u.promise != nil || m.job.Contract.Protocol.Mode == flow.ReturnNever {
		return true
	}
	if !callsBack[u.how] {
		m.run.Sampled = true
		return true
	}
	u.plain = m.decideAt(u.place, "promise", u.label, Option{Text: "no promise"}, Option{Text: "a promise"}) == 0
	return !u.plain
}

// callsBack are what comes of calls that were handed a callback.
var callsBack = map[string]bool{"calls back": true, "fails back": true, "never": true}

func (m *machine) thenable(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	if u := m.unknowns[o]; u != nil {
		return u.sort == result && !u.plain && u.bound == nil
	}
	if _, promise := o.Export().(*goja.Promise); promise {
		return true
	}
	then := false
	m.quietly(func() { _, then = goja.AssertFunction(o.Get("then")) })
	return then
}

// subscribe waits for the handler's promise as the platform does.
func (m *machine) subscribe(v goja.Value) {
	protocol := m.job.Contract.Protocol
	m.run.ReturnKind = "promise"
	request := m.requests
	resolved := func(c goja.FunctionCall) goja.Value {
		if request != m.requests {
			return goja.Undefined()
		}
		m.run.ReturnKind, m.run.Returned = m.kindOf(c.Argument(0)), m.show(c.Argument(0))
		if protocol.Mode != flow.ReturnNever {
			m.answer(Answer{How: "the handler's promise resolving", Implicit: true})
		} else {
			m.say("the handler's promise resolves; the platform does not take that for an answer", false)
			m.mark(ToldIgnored, "")
		}
		return goja.Undefined()
	}
	rejected := func(c goja.FunctionCall) goja.Value {
		if request != m.requests {
			return goja.Undefined()
		}
		what := m.show(c.Argument(0))
		l := m.looseAt("the handler's promise rejected: "+what, m.origin(c.Argument(0)))
		if protocol.RejectAnswers {
			l.Answers = true
			m.run.Loose = append(m.run.Loose, l)
			m.answer(Answer{How: "the handler's promise rejecting", Implicit: true, Error: true})
		} else {
			m.looseEnd(l)
		}
		return goja.Undefined()
	}
	m.task(func() {
		resolve, _ := goja.AssertFunction(m.promiseClass.Get("resolve"))
		p, err := resolve(m.promiseClass, v)
		m.rethrow(err)
		then, _ := goja.AssertFunction(p.ToObject(m.rt).Get("then"))
		_, err = then(p, m.rt.ToValue(resolved), m.rt.ToValue(rejected))
		m.rethrow(err)
	})
}

// kindOf is what a platform sees in a returned value.
func (m *machine) kindOf(v goja.Value) string {
	if v == nil || goja.IsUndefined(v) {
		return "undefined"
	}
	if goja.IsNull(v) {
		return "null"
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return "value"
	}
	if m.unknowns[o] != nil {
		return "unknown"
	}
	kind := "object"
	m.quietly(func() {
		if mark := o.Get("$response"); mark != nil && mark.ToBoolean() {
			kind = "response"
		}
	})
	return kind
}

// answer notes a completion.
func (m *machine) answer(a Answer) {
	a.At = m.clock.now
	if a.Place.Line == 0 {
		a.Place = m.here()
	}
	a.Assumed = a.Assumed || m.playing
	if len(m.run.Answers) == 0 {
		m.leftBehind()
	}
	if len(m.run.Answers) < 10 {
		m.run.Answers = append(m.run.Answers, a)
	}
	text := a.How + " answers"
	if !a.Implicit {
		text = "`" + a.How + "` is called"
	}
	if len(m.run.Answers) > 1 {
		text += " (answer " + string(rune('0'+len(m.run.Answers)%10)) + ")"
	}
	m.run.Events = append(m.run.Events, Event{At: m.clock.now, Place: a.Place, Text: text, Kind: ToldAnswer})
}

// leftBehind lists what still runs when the first answer leaves.
func (m *machine) leftBehind() {
	m.settleKnown()
	for _, u := range m.inFlight {
		if !u.settled {
			m.run.Pending = append(m.run.Pending, Pending{What: u.label, Place: u.place, Through: u.through})
		}
	}
	for id := 1; id <= m.clock.orders; id++ {
		if t := m.clock.timers[id]; t != nil {
			m.run.Pending = append(m.run.Pending, Pending{What: "setTimeout()", Timer: true, Through: t.through})
		}
	}
}

// arguments are what the platform hands to the handler.
func (m *machine) arguments() []goja.Value {
	c := m.job.Contract
	out := make([]goja.Value, len(c.Args))
	for i, role := range c.Args {
		out[i] = m.argument(role, m.named(c.ArgNames[i]))
	}
	return out
}

func (m *machine) argument(role platform.Role, name string) goja.Value {
	switch role {
	case platform.RoleCallback, platform.RoleNext:
		return m.answering(name)
	case platform.RoleResponder, platform.RoleStream:
		return m.responder(name)
	case platform.RoleContext:
		return m.context(name)
	}
	u := m.unknownOf(data, name)
	u.truthy, u.nullish, u.kind = yes, no, map[string]fact{"object": yes}
	return u.proxy
}

// answering is a function that answers when it is called.
func (m *machine) answering(how string) *goja.Object {
	request := m.requests
	fn := m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		if request != m.requests {
			return goja.Undefined() // the request before is done
		}
		m.answer(Answer{How: how, Error: m.answersError(how, c.Argument(0))})
		return goja.Undefined()
	}).(*goja.Object)
	m.answers[fn] = true
	return fn
}

func (m *machine) answersError(how string, v goja.Value) bool {
	if strings.HasSuffix(how, ".succeed") || strings.HasPrefix(strings.TrimPrefix(how, "second "), "res") {
		return false
	}
	return m.unknowns[asObject(v)] == nil && v.ToBoolean()
}

func asObject(v goja.Value) *goja.Object {
	o, _ := v.(*goja.Object)
	return o
}

// context is the invocation's context: unknown data, some methods, and what the contract says answers.
func (m *machine) context(name string) goja.Value {
	u := m.unknownOf(data, name)
	u.truthy, u.nullish, u.kind = yes, no, map[string]fact{"object": yes}
	ignore := func(goja.FunctionCall) goja.Value { return goja.Undefined() }
	m.keep(u, "getRemainingTimeInMillis", m.rt.ToValue(func(goja.FunctionCall) goja.Value {
		m.read()
		return m.rt.ToValue(int64(max(m.budget-m.clock.now, 0)))
	}))
	m.keep(u, "getTwilioClient", m.rt.ToValue(func(goja.FunctionCall) goja.Value { return m.client() }))
	for _, method := range []string{"waitUntil", "passThroughOnException"} {
		m.keep(u, method, m.rt.ToValue(m.waitUntil))
	}
	log := m.rt.ToValue(ignore).(*goja.Object)
	for _, level := range []string{"info", "warn", "error", "verbose", "debug", "trace", "metric"} {
		m.set(log, level, ignore)
	}
	for _, key := range []string{"log", "info", "warn", "error", "debug", "trace"} {
		m.keep(u, key, log)
	}
	for _, method := range m.job.Contract.ContextMethods {
		m.keep(u, method, m.answering(name+"."+method))
	}
	if len(m.job.Contract.ResponderMethods) > 0 && !m.takes(platform.RoleResponder) && !m.takes(platform.RoleStream) {
		m.keep(u, "res", m.responder(name+".res"))
	}
	m.answers[u.proxy] = len(m.job.Contract.ContextMethods) > 0
	return u.proxy
}

func (m *machine) takes(role platform.Role) bool {
	for _, r := range m.job.Contract.Args {
		if r == role {
			return true
		}
	}
	return false
}

// client is the one Twilio REST client of a run.
func (m *machine) client() goja.Value {
	if v := m.globals["\x00client"]; v != nil {
		return v
	}
	u := m.unknownOf(thing, "client")
	u.shape = m.job.Packages.twilioClient()
	m.globals["\x00client"] = u.proxy
	return u.proxy
}

// waitUntil keeps the invocation open for a promise: a rejection of it is the platform's.
func (m *machine) waitUntil(c goja.FunctionCall) goja.Value {
	if m.thenable(c.Argument(0)) {
		ignore := m.rt.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() })
		o := c.Argument(0).ToObject(m.rt)
		if then, ok := goja.AssertFunction(o.Get("then")); ok {
			_, err := then(o, ignore, ignore)
			m.rethrow(err)
		}
	}
	return goja.Undefined()
}
