package sandbox

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// sort is what an unknown may turn out to be.
type sort uint8

const (
	// thing is a module, a client, an instance: it exists, and calling it calls something outside.
	thing sort = iota
	// result is what a call outside gave: a promise if the code asks it to be one, else data.
	result
	// data may be anything; each question about it is a decision.
	data
)

// fact is what a run has decided about a question.
type fact uint8

const (
	open fact = iota
	yes
	no
)

func factOf(b bool) fact {
	if b {
		return yes
	}
	return no
}

// unknown is a value that the sandbox does not know. Facts keep its answers consistent within a run.
type unknown struct {
	sort   sort
	label  string
	proxy  *goja.Object
	parent *unknown
	key    string

	children map[string]goja.Value
	bound    goja.Value // what it was decided to be
	truthy   fact
	nullish  fact
	kind     map[string]fact // typeof
	differs  []goja.Value
	low      float64
	high     float64
	elements []goja.Value // nil until the size is decided
	size     *unknown     // how many they are, if somebody asked
	// sizeOf: it is how many elements another has.
	sizeOf *unknown

	// Of a result:
	place   instrument.Place
	through []instrument.Place
	started float64
	promise *goja.Object
	settled bool
	plain   bool // a property was read: it is no promise
	// used means that the code did something with the promise.
	used bool
	record
	// shape is what type declarations say of it, module of what it exports.
	shape  promiseindex.Shape
	module *promiseindex.Module
	// isPromise: declarations say that this result is a promise, and no more; mayBePromise: a promise, perhaps with more.
	isPromise, mayBePromise bool
	// client means that its methods are calls outside even if they are called like an array's.
	client bool
	// mayMiss: a property of an injected error, which errors need not have.
	mayMiss bool
	// absent: it belongs to a module that is asked for by a name that cannot be known.
	absent bool
}

// mark brackets the label of an unknown inside a string.
const mark = "‹"

// unknownOf makes an unknown.
func (m *machine) unknownOf(s sort, label string) *unknown {
	u := &unknown{sort: s, label: short(label), low: math.Inf(-1), high: math.Inf(1)}
	u.proxy = m.rt.ToValue(m.rt.NewProxy(m.target, m.traps(u))).(*goja.Object)
	m.unknowns[u.proxy] = u
	if s == thing {
		u.truthy, u.nullish = yes, no
	}
	return u
}

// maxLabel bounds what an unknown is called, in bytes: what is made of what is made of it would grow for ever.
const maxLabel = 240

func short(label string) string {
	if len(label) <= maxLabel {
		return label
	}
	return strings.ToValidUTF8(label[:maxLabel/2], "") + "…" + strings.ToValidUTF8(label[len(label)-maxLabel/4:], "")
}

// as is the unknown behind a value, nil if it is known. What was decided to be a value counts as known.
func (m *machine) as(v goja.Value) *unknown {
	switch v := v.(type) {
	case *goja.Object:
		if u := m.unknowns[v]; u != nil && u.bound == nil {
			return u
		}
	case goja.String:
		if s := v.String(); strings.Contains(s, mark) {
			return m.markedString(s)
		}
	}
	return nil
}

// behind is the unknown behind a value even if it was decided.
func (m *machine) behind(v goja.Value) *unknown {
	if o, ok := v.(*goja.Object); ok {
		return m.unknowns[o]
	}
	return nil
}

// plainly is a value with what was decided in the place of an unknown.
func (m *machine) plainly(v goja.Value) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		if u := m.unknowns[o]; u != nil && u.bound != nil {
			return u.bound
		}
	}
	return v
}

// markedString is a text that an unknown is part of.
func (m *machine) markedString(s string) *unknown {
	u := m.marked[s]
	if u == nil {
		label := unmarked(s)
		if len(s) > len(label)+len("‹›") || !strings.HasPrefix(s, mark) {
			label = strconv.Quote(label)
		}
		u = m.unknownOf(data, label)
		u.truthy, u.nullish, u.kind, u.text = yes, no, map[string]fact{"string": yes}, unmarked(s)
		m.marked[s] = u
	}
	if u.bound != nil {
		return nil
	}
	return u
}

// child is a property of an unknown.
func (m *machine) child(u *unknown, key string) goja.Value {
	if v, ok := u.children[key]; ok {
		return v
	}
	if key == "default" && u.key == "\x00module" {
		return u.proxy
	}
	s := data
	if u.sort == thing {
		s = thing
	}
	c := m.unknownOf(s, property(u.label, key))
	c.parent, c.key = u, key
	c.client = u.client || u.sort == result
	c.absent, c.shape = u.absent, u.memberShape(key)
	return m.keep(u, key, c.proxy)
}

func (m *machine) keep(u *unknown, key string, v goja.Value) goja.Value {
	if u.children == nil {
		u.children = map[string]goja.Value{}
	}
	u.children[key] = v
	return v
}

// overwrite is a property that the code writes: what it was before belongs to the description of the run.
func (m *machine) overwrite(u *unknown, key string, v goja.Value) {
	if _, ok := u.first[key]; !ok {
		if u.first == nil {
			u.first = map[string]*unknown{}
		}
		u.first[key] = m.behind(u.children[key])
	}
	m.keep(u, key, v)
}

// derived is what a pure operation makes of an unknown: the same each time.
func (m *machine) derived(u *unknown, how string) *unknown {
	key := "\x00" + how
	if v, ok := u.children[key]; ok {
		return m.behind(v)
	}
	d := m.unknownOf(data, how)
	m.keep(u, key, d.proxy)
	return d
}

func property(of, key string) string {
	if of == "" {
		return key
	}
	if isName(key) {
		return of + "." + key
	}
	if _, err := strconv.Atoi(key); err == nil {
		return of + "[" + key + "]"
	}
	return of + "[" + strconv.Quote(clip(key)) + "]"
}

func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || r == '$' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// bind decides that an unknown is a value.
func (u *unknown) bind(v goja.Value) {
	u.bound = v
	u.truthy = factOf(v.ToBoolean())
	u.nullish = factOf(goja.IsNull(v) || goja.IsUndefined(v))
}
