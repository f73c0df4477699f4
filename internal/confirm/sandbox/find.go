package sandbox

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// wrapping is a call of unknown code while the module loads that was handed functions.
type wrapping struct {
	label  string
	result *unknown
	place  instrument.Place
	fns    []*goja.Object
}

// wrap remembers the functions among a call's arguments.
func (m *machine) wrap(label string, r *unknown, args []goja.Value) {
	if !m.loading {
		return
	}
	w := wrapping{label: label, result: r, place: m.here()}
	for _, a := range args {
		o := asObject(a)
		if o == nil {
			continue
		}
		if m.unknowns[o] == nil && !m.callable(o) && o.ClassName() == "Object" {
			m.keepResolvers(o)
			m.quietly(func() {
				if v := asObject(o.Get("handler")); v != nil && m.callable(v) {
					w.fns = append(w.fns, v)
				}
			})
			continue
		}
		switch inner := m.wrapping(o); {
		case inner != nil:
			w.fns = append(w.fns, inner.fns[len(inner.fns)-1])
		case m.callable(o):
			w.fns = append(w.fns, o)
		}
	}
	if len(w.fns) > 0 {
		m.wrapped = append(m.wrapped, w)
	}
}

// handler is the function to call and its `this`, nil if there is none.
func (m *machine) handler() (*goja.Object, goja.Value) {
	exports := m.modules["."]
	this := goja.Undefined()
	var found *goja.Object
	m.quietly(func() {
		found = asObject(m.exported(exports))
		if found == nil {
			found = asObject(m.exported(m.exports))
		}
		if found != nil && m.job.Method != "" {
			this = found
			found = asObject(found.Get(m.job.Method))
		}
	})
	if found != nil {
		if fn := m.unwrap(found); fn != nil {
			return fn, this
		}
	}
	if fn := m.registered(); fn != nil {
		return fn, goja.Undefined()
	}
	if fn := m.resolver(); fn != nil {
		return fn, goja.Undefined()
	}
	return nil, nil
}

func (m *machine) exported(exports goja.Value) goja.Value {
	o := asObject(exports)
	if o == nil {
		return nil
	}
	if m.unknowns[o] != nil {
		return o
	}
	switch name := m.job.Export; name {
	case "module.exports":
		return m.only(o)
	case "default":
		if v := o.Get("default"); v != nil && !goja.IsUndefined(v) {
			return v
		}
		return o
	default:
		v := o.Get(name)
		if v == nil && m.callable(o) {
			return o // another file of the project gives it that name
		}
		return v
	}
}

// only is the function of a module that exports an object: its one member, or `run`, or `index`.
//
// Source: Azure/azure-functions-nodejs-worker, FunctionLoader (getEntryPoint).
func (m *machine) only(o *goja.Object) goja.Value {
	if m.callable(o) || m.unknowns[o] != nil {
		return o
	}
	if keys := o.Keys(); len(keys) == 1 {
		return o.Get(keys[0])
	}
	for _, name := range []string{"run", "index"} {
		if v := asObject(o.Get(name)); v != nil {
			return v
		}
	}
	return o
}

// unwrap looks through wrappers: what they were handed is the function.
func (m *machine) unwrap(o *goja.Object) *goja.Object {
	if w := m.wrapping(o); w != nil {
		return m.inner(*w)
	}
	if m.callable(o) {
		return o
	}
	return nil
}

// wrapping is the call of a wrapper that an unknown came out of, nil if it came out of none.
func (m *machine) wrapping(o *goja.Object) *wrapping {
	for u := m.unknowns[o]; u != nil; u = u.parent {
		for i := range m.wrapped {
			if m.wrapped[i].result == u {
				return &m.wrapped[i]
			}
		}
	}
	return nil
}

func (m *machine) inner(w wrapping) *goja.Object {
	m.handedTo(w.result)
	fn := w.fns[len(w.fns)-1]
	if platform.Registers(w.label) {
		return fn
	}
	known := knownWrapper(w.label)
	if known == nil {
		m.run.doubt("the handler is wrapped by " + w.label)
		return fn
	}
	if !known.Factory {
		return fn
	}
	call, _ := goja.AssertFunction(fn)
	v, err := call(goja.Undefined(), m.unknownOf(thing, w.label+" argument").proxy)
	if made := asObject(v); err == nil && made != nil && m.callable(made) {
		return made
	}
	return nil
}

// knownWrapper is the row of the table of wrappers for a call's label, nil if there is none.
func knownWrapper(label string) *platform.Wrapper {
	label = strings.TrimSuffix(label, "()")
	wrappers := platform.Wrappers()
	for i := range wrappers {
		w := &wrappers[i]
		if w.Package == "" {
			continue
		}
		called := w.Package
		if w.Name != "" && w.Name != "()" {
			called += "." + w.Name
		}
		if label == called || w.Name == "()" && label == called+"()" {
			return w
		}
	}
	return nil
}

// registered is the function that was handed to a registration in the handler's place.
func (m *machine) registered() *goja.Object {
	var best *wrapping
	for i := range m.wrapped {
		w := &m.wrapped[i]
		if w.place.File == m.job.File && w.place.Line <= m.job.Line && (best == nil || w.place.Line >= best.place.Line) {
			best = w
		}
	}
	if best == nil || !strings.Contains(m.job.Export, "(") && m.job.Export != "fetch" {
		return nil
	}
	m.handedTo(best.result)
	return best.fns[len(best.fns)-1]
}

// handedTo notes the call that the handler was handed to.
func (m *machine) handedTo(r *unknown) {
	m.taken = true
	if r != nil {
		r.how = "takes"
	}
}
