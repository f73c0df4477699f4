package jsflow

import (
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// maxDepth bounds how deep contexts nest: beyond it, arguments are unknown, so
// that a recursion that wraps its callback once more in each round ends.
const maxDepth = 24

// maxContexts is how many contexts of a function are told apart by the data it is called with.
const maxContexts = 16

// session lowers one handler. It is used by one goroutine.
type session struct {
	l        *Lowerer
	contract *platform.Contract
	modules  map[string]*env // module scopes by path
	envs     map[envKey]*env
	entered  []*env // those of envs, in the order in which they were made
	closures map[closureKey]*closure
	objects  map[objectKey]value
	ids      map[value]int
	emitters map[*env]*emitters
	these    map[value]*env
	// types are the values of types that were asked for, wholes the types of what extends others.
	types     map[typed]value
	wholes    map[*jstype.Declared]*jstype.Type
	bindings  map[typeName]*typeName
	exporting map[exportedName]bool // the types that are being looked for
	// ambient are the declaration files that may declare something for all files, once they are asked for.
	ambient     []*env
	ambientDone bool
	pairs       map[*jstype.Type]*jstype.Type // of a key and a value, by the map's type
	typeDepth   int
	// importDepth is how many imports are being followed.
	importDepth int
	promises    map[value]*promiseOf
	sleepers    map[*jsparse.Func]int
	// loopsWaiting are functions that wait in loops, variants how many contexts of a function differ in numbers.
	loopsWaiting map[*jsparse.Func]bool
	variants     map[*jsparse.Func]int
	contexts     map[*jsparse.Func]int
	// untimed are calls whose time is counted elsewhere, waitsBefore what is waited for before a statement that leaves a loop.
	untimed     map[objectKey]bool
	waitsBefore map[objectKey]*rounds
	// lookedInto are names of which nothing but properties is used.
	lookedInto map[*jsparse.Symbol]bool
	// answered holds whether the response was answered, nil if the handler's file does not ask.
	answered *flow.Var
}

type envKey struct {
	fn     *jsparse.Func
	parent *env
	args   string
}

type closureKey struct {
	fn   *jsparse.Func
	env  *env
	this value
}

type objectKey struct {
	node jsparse.Node
	env  *env
}

func newSession(l *Lowerer, c *platform.Contract) *session {
	return &session{
		l: l, contract: c,
		modules:  map[string]*env{},
		envs:     map[envKey]*env{},
		closures: map[closureKey]*closure{},
		objects:  map[objectKey]value{},
		ids:      map[value]int{},
		emitters: map[*env]*emitters{},
		these:    map[value]*env{},
		types:    map[typed]value{},
		promises: map[value]*promiseOf{},
		sleepers: map[*jsparse.Func]int{},

		loopsWaiting: map[*jsparse.Func]bool{},
		variants:     map[*jsparse.Func]int{},
		contexts:     map[*jsparse.Func]int{},
		untimed:      map[objectKey]bool{},
		lookedInto:   map[*jsparse.Symbol]bool{},
		waitsBefore:  map[objectKey]*rounds{},
		wholes:       map[*jstype.Declared]*jstype.Type{},
		bindings:     map[typeName]*typeName{},
		exporting:    map[exportedName]bool{},
		pairs:        map[*jstype.Type]*jstype.Type{},
	}
}

func newEnv(m *module, fn *jsparse.Func, parent *env) *env {
	e := &env{
		mod: m, fn: fn, parent: parent,
		vars:   map[*jsparse.Symbol]*flow.Var{},
		values: map[*jsparse.Symbol]value{},
		busy:   map[*jsparse.Symbol]bool{},
		cache:  map[jsparse.Node]value{},
		active: map[jsparse.Node]bool{},
		paths:  map[string]*flow.Var{},
	}
	if parent != nil {
		e.depth = parent.depth + 1
	}
	return e
}

// module is the scope of a file, nil if the file is not part of the project or does not parse.
func (s *session) module(path string) *env {
	if e, ok := s.modules[path]; ok {
		return e
	}
	var e *env
	if m := s.l.module(path); m != nil {
		e = newEnv(m, nil, nil)
	}
	s.modules[path] = e
	return e
}

func (s *session) closure(fn *jsparse.Func, in *env, this value) *closure {
	key := closureKey{fn, in, this}
	c := s.closures[key]
	if c == nil {
		c = &closure{fn, in, this}
		s.closures[key] = c
	}
	return c
}

// enter is the scope of a call of c with args, shared by all calls that pass the same interesting values.
func (s *session) enter(c *closure, args []value) *env {
	depth := c.env.depth
	for _, a := range args {
		if inner, ok := a.(*closure); ok && inner.env.depth > depth {
			depth = inner.env.depth
		}
	}
	if depth > maxDepth {
		args = nil
	}
	key := envKey{c.fn, c.env, s.key(args) + "|" + s.key([]value{c.this})}
	args = s.numbered(&key, args)
	if e := s.envs[key]; e != nil {
		return e
	}
	if e := s.again(c, args); e != nil {
		return e
	}
	if s.contexts[c.fn] >= maxContexts {
		args = s.decisive(args)
		key.args = s.key(args) + "|" + s.key([]value{c.this})
		if e := s.envs[key]; e != nil {
			return e
		}
	}
	s.contexts[c.fn]++
	e := newEnv(c.env.mod, c.fn, c.env)
	if depth >= e.depth {
		e.depth = depth + 1
	}
	e.args = args
	e.this = c.this
	s.envs[key] = e
	s.entered = append(s.entered, e)
	return e
}

// decisive leaves out the data among arguments: what cannot answer, settle or be called.
func (s *session) decisive(args []value) []value {
	out := make([]value, len(args))
	for i, a := range args {
		switch a.(type) {
		case *object, *instance, *list, constant:
			if !s.completes(a) && len(s.settlers(a)) == 0 {
				continue
			}
		}
		out[i] = a
	}
	return out
}

// key names values so that equal contexts are found again; what says nothing of control is left out.
func (s *session) key(args []value) string {
	var b strings.Builder
	for i, a := range args {
		if a == nil {
			continue
		}
		b.WriteString(strconv.Itoa(i))
		b.WriteByte('=')
		switch v := a.(type) {
		case constant:
			continue
		case completer:
			b.WriteString("completer " + v.how)
		case responder:
			b.WriteString("responder " + v.name)
		case invocation:
			b.WriteString("invocation")
		case external:
			b.WriteString("external " + v.pkg + " " + v.path)
		case global:
			b.WriteString("global " + v.path)
		case client:
			b.WriteString("client")
		default:
			id, ok := s.ids[a]
			if !ok {
				id = len(s.ids) + 1
				s.ids[a] = id
			}
			b.WriteString("#" + strconv.Itoa(id))
		}
		b.WriteByte(';')
	}
	return b.String()
}
