package sandbox

import (
	"maps"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// World is what a run decided about everything outside, as values that can be written down.
type World struct {
	Args    []*Known          // the handler's arguments
	First   []*Known          // those of the request before, in a warm run
	Modules map[string]*Known // by specifier, only those that are not the sandbox's own
	Globals map[string]*Known
	Env     *Known // process.env, nil if nobody asked
	Client  *Known // Twilio's REST client, nil if nobody asked
	// Taken means that the handler was handed to other code: to a wrapper, or to a registration.
	Taken bool
	// Overlaps means that the second request of a warm run came while work of the first was still running.
	Overlaps bool
}

// Known is one unknown after a run.
type Known struct {
	Label string
	// Thing is a module, a client, an instance; otherwise it is data.
	Thing bool
	// Value is what it was decided to be, if Bound: nil for undefined or null.
	Bound   bool
	Value   any
	Null    bool // Value nil means null
	Truthy  int  // 1 yes, -1 no, 0 not asked
	Nullish int
	Types   map[string]bool // typeof, as far as decided
	Low     float64         // of a number; infinite if not asked
	High    float64
	// Elements are those of a collection, if Sized.
	Sized    bool
	Elements []*Known
	Members  map[string]*Known
	// Same are others that it was decided to be equal to.
	Same    []*Known
	Derived map[string]*Known // what pure operations make of it, by their text
	Calls   []*Outcome
	News    []*Known
}

// Outcome is what came of one call.
type Outcome struct {
	How    string // "gives", "resolves", "late", "rejects", "never", "throws", "calls back", "fails back", "listens", "takes"
	Value  *Known // what it gives or resolves to
	Own    *Known // what was asked of a promise besides waiting for it, nil if nothing
	Args   []*Known
	Error  map[string]*Known // properties of the error
	Event  string            // of "listens"
	Fires  bool
	Failed bool // the event is an error
}

// Describe replays a run and tells what it decided about everything outside.
func Describe(job *Job, plan []int, stubborn bool) (*Run, *World) {
	m := newMachine(job, plan, stubborn)
	run := m.complete()
	w := &World{Modules: map[string]*Known{}, Globals: map[string]*Known{}, Taken: m.taken, Overlaps: m.overlapped}
	seen := map[*unknown]*Known{}
	for _, a := range m.handed {
		w.Args = append(w.Args, m.written(m.behind(a), seen))
	}
	for _, a := range m.before {
		w.First = append(w.First, m.written(m.behind(a), seen))
	}
	for name, v := range m.modules {
		if u := m.behind(v); u != nil {
			w.Modules[name] = m.written(u, seen)
		}
	}
	for name, v := range m.globals {
		switch u := m.behind(v); {
		case u == nil:
		case name == "\x00client":
			w.Client = m.written(u, seen)
		default:
			w.Globals[name] = m.written(u, seen)
		}
	}
	if m.env != nil {
		w.Env = m.written(m.env, seen)
	}
	return run, w
}

// written is an unknown with everything below it, nil if there is none.
func (m *machine) written(u *unknown, seen map[*unknown]*Known) *Known {
	if u == nil {
		return nil
	}
	if k := seen[u]; k != nil {
		return k
	}
	k := &Known{
		Label: u.label, Thing: u.sort == thing, Truthy: sign(u.truthy), Nullish: sign(u.nullish), Low: u.low, High: u.high,
		Sized: u.elements != nil, Members: map[string]*Known{}, Derived: map[string]*Known{}, Types: map[string]bool{},
	}
	seen[u] = k
	for name, f := range u.kind {
		if f != open {
			k.Types[name] = f == yes
		}
	}
	if u.bound != nil {
		k.Bound, k.Null = true, goja.IsNull(u.bound)
		if _, object := u.bound.(*goja.Object); !object && !goja.IsUndefined(u.bound) && !k.Null {
			k.Value = u.bound.Export()
			if s, ok := k.Value.(string); ok {
				k.Value = unmarked(s)
			}
		}
	}
	if u.text != "" {
		k.Bound, k.Value = true, u.text
	}
	for _, other := range u.same {
		k.Same = append(k.Same, m.written(other, seen))
	}
	for _, e := range u.elements {
		k.Elements = append(k.Elements, m.written(m.behind(e), seen))
	}
	for _, key := range slices.Sorted(maps.Keys(u.children)) {
		child := m.behind(u.children[key])
		before, overwritten := u.first[key]
		if overwritten {
			child = before
		}
		c := m.written(child, seen)
		if how, derived := strings.CutPrefix(key, "\x00"); derived {
			k.Derived[how] = c
		} else if c != nil && c != k {
			k.Members[key] = c
		} else if c == nil && !overwritten && goja.IsUndefined(u.children[key]) {
			k.Members[key] = &Known{Bound: true} // not there
		}
	}
	for _, r := range u.calls {
		k.Calls = append(k.Calls, m.outcome(r, seen))
	}
	for _, o := range u.news {
		k.News = append(k.News, m.written(o, seen))
	}
	return k
}

func sign(f fact) int {
	switch f {
	case yes:
		return 1
	case no:
		return -1
	}
	return 0
}

// outcome is what a call's result came to.
func (m *machine) outcome(r *unknown, seen map[*unknown]*Known) *Outcome {
	o := &Outcome{How: r.how, Event: r.event, Fires: r.fires, Failed: r.failed}
	for _, v := range r.values {
		o.Args = append(o.Args, m.written(v, seen))
	}
	if r.failure != nil {
		o.Error = m.written(r.failure, seen).Members
	}
	switch o.How {
	case "resolves", "late":
		o.Value = m.written(r.resolved, seen)
		o.Own = m.own(r, seen)
	case "rejects", "never":
		o.Value = m.written(r, seen)
		o.Own = m.own(r, seen)
	case "":
		o.How = "gives"
		o.Value = m.written(r, seen)
	default:
		o.Value = m.written(r, seen)
	}
	return o
}

// own is a promise that was asked for more than its outcome, nil if it was not.
func (m *machine) own(r *unknown, seen map[*unknown]*Known) *Known {
	if k := m.written(r, seen); len(k.Members) > 0 {
		return k
	}
	return nil
}

// record is what an unknown keeps for a description of the run.
type record struct {
	calls    []*unknown // results of calling it
	news     []*unknown // what it constructed
	how      string     // of a result: what came of the call
	event    string
	fires    bool
	failed   bool
	values   []*unknown // what a callback was called with
	resolved *unknown
	failure  *unknown // the properties of the error that was injected
	same     []*unknown
	first    map[string]*unknown // properties before the code wrote to them, nil if nobody had asked
	text     string              // of a text that an unknown is part of: all of it
}
