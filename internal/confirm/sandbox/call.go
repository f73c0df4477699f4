package sandbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// registers are methods by which code asks to be told of events.
var registers = map[string]bool{"on": true, "once": true, "addListener": true, "addEventListener": true, "prependListener": true}

// apply calls an unknown.
func (m *machine) apply(u *unknown, this goja.Value, args []goja.Value) goja.Value {
	if u.bound != nil {
		fn, ok := goja.AssertFunction(u.bound)
		if !ok {
			panic(m.rt.NewTypeError(u.label + " is not a function"))
		}
		out, err := fn(this, args...)
		m.rethrow(err)
		return out
	}
	if p := u.parent; p != nil && p.sort != thing {
		if iterates[u.key] && len(args) > 0 && m.callable(args[0]) {
			return m.iterate(p, u.key, args)
		}
		if p.sort == data && !p.client && pure[u.key] && !u.shape.Call(m.kinds(args)...).Promise {
			return m.purely(p, u.key, args)
		}
	}
	return m.outside(u, args)
}

// outside is a call of something that is not the project's.
func (m *machine) outside(u *unknown, args []goja.Value) goja.Value {
	if yes, ok := m.predicate(u, args); ok {
		return m.rt.ToValue(yes)
	}
	label := u.label + "()"
	r := m.unknownOf(result, label)
	r.absent = u.absent
	r.parent, r.started, r.through = u, m.clock.now, m.frames()
	if len(r.through) > 0 {
		r.place = r.through[0]
	}
	known := u.own().Call(m.kinds(args)...)
	m.declared(r, known)
	u.calls = append(u.calls, r)
	m.wrap(label, r, args)
	if m.loading {
		return r.proxy
	}
	m.say("calls "+label, true)
	if u.absent {
		m.run.doubt("it calls " + label + " of a module whose name is not known")
	}
	if registers[u.key] && len(args) > 1 && m.callable(args[len(args)-1]) {
		m.listen(u, r, args)
		return u.emitter()
	}
	m.escapes(label, args)
	if m.guarded() && !r.mayBePromise && !builder(label) &&
		m.decide("throws", label, Option{Text: "returns"}, Option{Text: "throws", Fault: Failure}) == 1 {
		r.how = "throws"
		panic(m.failureOf(r, label+" failed"))
	}
	if n := len(args); n > 0 && m.callable(args[n-1]) {
		m.callBack(r, label, args[n-1].(*goja.Object), n-1, known)
	}
	if m.promised(r) {
		m.known = append(m.known, r)
	}
	return r.proxy
}

// builder tells whether a call only fills in an answer.
func builder(label string) bool {
	return strings.HasPrefix(label, "new Twilio.") || strings.HasPrefix(label, "Twilio.")
}

// emitter is what an emitter's on() gives back: the emitter.
func (u *unknown) emitter() goja.Value {
	if u.parent != nil {
		return u.parent.proxy
	}
	return u.proxy
}

func (m *machine) callable(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok || m.unknowns[o] != nil {
		return false
	}
	_, ok = goja.AssertFunction(o)
	return ok
}

// promised tells whether the static side knows that a call gives a promise.
func (m *machine) promised(r *unknown) bool {
	if r.mayBePromise || r.plain {
		return r.mayBePromise
	}
	for _, s := range m.job.Promises {
		if s.Contains(r.place) {
			return true
		}
		if slices.ContainsFunc(r.through, s.Contains) {
			m.run.Sampled = true // whether what is called there gives a promise is not known
		}
	}
	return false
}

// escapes notes that code which cannot be seen got hold of what answers.
func (m *machine) escapes(label string, args []goja.Value) {
	for i, a := range args {
		o, ok := a.(*goja.Object)
		if !ok || m.unknowns[o] != nil {
			continue
		}
		switch {
		case m.answers[o]:
			m.run.doubt("what answers is handed to " + label)
		case m.callable(o):
			if i < len(args)-1 && m.mayAnswer(o) {
				m.run.doubt("a function is handed to " + label)
			}
		default:
			m.escapesIn(label, o)
		}
	}
}

// calls finds what may be a call in a function's body.
var calls = regexp.MustCompile("[\\w$)\\]]\\s*(\\?\\.)?\\s*\\(|`|\\bnew\\b|=[^=>]")

// mayAnswer tells whether a function could do more than give something back: one that calls and sets nothing does not.
func (m *machine) mayAnswer(fn goja.Value) bool {
	may := true
	m.quietly(func() {
		header, body, arrow := strings.Cut(fn.String(), "=>")
		if brace := strings.IndexByte(header, '{'); !arrow || brace >= 0 {
			header, body, _ = strings.Cut(fn.String(), "{")
		}
		may = strings.Contains(header, "=") || calls.MatchString(body)
	})
	return may
}

// escapesIn looks at an object's own properties.
func (m *machine) escapesIn(label string, o *goja.Object) {
	if o.ClassName() != "Object" {
		return
	}
	m.quietly(func() {
		for i, key := range o.Keys() {
			if i > 30 {
				return
			}
			v, ok := o.Get(key).(*goja.Object)
			if !ok || m.unknowns[v] != nil {
				continue
			}
			if m.answers[v] {
				m.run.doubt("what answers is handed to " + label)
			} else if m.callable(v) && m.mayAnswer(v) {
				m.run.doubt("a function is handed to " + label)
			}
		}
	})
}

// quietly runs what may meet the code's own getters and proxies.
func (m *machine) quietly(do func()) { _ = m.rt.Try(do) }

// firstParameter finds the name of a function's first parameter in its source.
var firstParameter = regexp.MustCompile(`^(?:async\s+)?(?:function\b[^(]*)?\(?\s*([A-Za-z_$][\w$]*)?`)

// errorName is what people call the error in a callback.
var errorName = regexp.MustCompile(`(?i)^_?(e|er|err|ex|exception|\w*error|\w*err\d?)$`)

// callBack plays the callback that was handed to a call.
func (m *machine) callBack(r *unknown, label string, fn *goja.Object, at int, known promiseindex.Result) {
	call, _ := goja.AssertFunction(fn)
	this := m.unknownOf(thing, label+" this").proxy
	if m.answers[fn] {
		m.later(func() { m.playing = true; m.enter(call, this); m.playing = false })
		return
	}
	parameters := int(fn.Get("length").ToInteger())
	name := ""
	m.quietly(func() {
		if found := firstParameter.FindStringSubmatch(fn.String()); found != nil {
			name = found[1]
		}
	})
	errorFirst, told := styleOf(known, at)
	if !told {
		errorFirst = errorName.MatchString(name) || parameters > 1
	}
	options := []Option{{Text: "calls back"}}
	if errorFirst {
		options = append(options, Option{Text: "calls back with an error", Fault: Failure})
	}
	options = append(options, Option{Text: "never calls back", Fault: Hang})
	outcome := func() goja.Value {
		u := m.unknownOf(data, label)
		r.values = append(r.values, u)
		return u.proxy
	}
	switch options[m.decide("callback", label, options...)].Fault {
	case Hang:
		r.how = "never"
	case Failure:
		r.how = "fails back"
		m.later(func() { m.enter(call, this, m.failureOf(r, label+" failed")) })
	default:
		r.how = "calls back"
		args := []goja.Value{outcome()}
		if errorFirst {
			r.values = append([]*unknown{nil}, r.values...)
			args = []goja.Value{goja.Null(), args[0], outcome()}
		}
		m.later(func() { m.enter(call, this, args...) })
	}
}

func (m *machine) later(do func()) { m.clock.after(latencyMS, do) }

// listen registers a listener. Errors happen if a decision says so, everything else unless it says not.
func (m *machine) listen(u, r *unknown, args []goja.Value) {
	fn := args[len(args)-1].(*goja.Object)
	call, _ := goja.AssertFunction(fn)
	event := args[0].String()
	label := u.parentLabel() + " " + quote(event)
	isError := event == "error" || event == "abort" || event == "timeout"
	options := []Option{{Text: "happens"}, {Text: "does not happen", Fault: Unfired}}
	if isError {
		options = []Option{{Text: "does not happen"}, {Text: "happens", Fault: Failure}}
	}
	emitter := u.parent
	taken := m.decide("event", label, options...)
	r.how, r.event, r.fires, r.failed = "listens", event, isError == (taken == 1), isError
	if isError != (taken == 1) {
		if !isError {
			m.run.doubt("the event " + label + " never happens")
		}
		return
	}
	m.later(func() {
		if emitter != nil && emitter.key == "\x00failed" && !isError {
			return
		}
		if isError {
			if emitter != nil {
				emitter.key = "\x00failed"
			}
			m.enter(call, u.emitter(), m.failureOf(r, label))
			return
		}
		told := m.unknownOf(data, label)
		r.values = append(r.values, told)
		m.enter(call, u.emitter(), told.proxy)
	})
}

func (u *unknown) parentLabel() string {
	if u.parent != nil {
		return u.parent.label
	}
	return u.label
}

func itoa(i int) string { return strconv.Itoa(i) }

func quote(s string) string { return `"` + clip(s) + `"` }

// construct is new X().
func (m *machine) construct(u *unknown, args []goja.Value, newTarget *goja.Object) *goja.Object {
	if newTarget != nil && newTarget != u.proxy && m.unknowns[newTarget] == nil {
		proto, _ := newTarget.Get("prototype").(*goja.Object)
		return m.rt.CreateObject(proto)
	}
	o := m.unknownOf(thing, "new "+u.constructor()+"()")
	u.news = append(u.news, o)
	o.absent = u.absent
	if known := u.own().New(m.kinds(args)...); known.Known {
		o.shape = known.Value
	}
	m.wrap(o.label, o, args)
	if !m.loading {
		m.escapes(o.label, args)
		for _, a := range args {
			if m.callable(a) && m.mayAnswer(a) {
				m.run.doubt("a function is handed to " + o.label)
			}
		}
	}
	return o.proxy
}

// constructor is a class's name: without the package, if it has one of its own.
func (u *unknown) constructor() string {
	if strings.Contains(u.label, "(") {
		return "(" + u.label + ")"
	}
	root := u
	for root.parent != nil {
		root = root.parent
	}
	if root != u && root.key == "\x00module" {
		return strings.TrimPrefix(u.label, root.label+".")
	}
	return u.label
}

// calling is fn.call, fn.apply and fn.bind of an unknown function.
func (m *machine) calling(u *unknown, how string) goja.Value {
	if u.sort == data && !u.client {
		return nil
	}
	return m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		var args []goja.Value
		if len(c.Arguments) > 1 {
			args = c.Arguments[1:]
		}
		switch how {
		case "bind":
			return u.proxy
		case "apply":
			var list []goja.Value
			if o, ok := c.Argument(1).(*goja.Object); ok && m.unknowns[o] == nil {
				_ = m.rt.ExportTo(o, &list) // what is no list is no arguments
			}
			args = list
		}
		return m.apply(u, c.Argument(0), args)
	})
}
