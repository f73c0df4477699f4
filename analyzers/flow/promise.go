package flow

// status is how far a promise is.
type status uint8

const (
	pending status = iota
	fulfilled
	failed
)

// origin is how a promise came about.
type origin uint8

const (
	baseWork origin = iota // work of code that is not followed
	asyncFunc
	derived  // by a continuation
	combined // of several
	deferred // settled by the program
	internal // nobody can see it: of an async listener
	handle   // no promise but a timer's handle
)

// promise is never changed once it is shared: see mut.
type promise struct {
	origin origin
	status status
	at     place
	work   *Work
	inner  *Work // the work that an async function is waiting for
	val    value
	fail   *failure
	used   bool
	// handled means that a rejection does not go unnoticed.
	handled  bool
	rescued  bool // a rejection handler of the program is attached
	dropped  bool
	escaped  bool
	fulfils  bool // outside of the program, nobody can reject it
	several  bool // it stands for more than one of its place
	reported bool
	locked   bool // it was resolved with another promise, or is settled from outside
	late     bool // started after the completion
	answers  bool // the async function behind it answered the caller
	excused  bool // only a supposed failure kept the program from waiting for it
	// droppedAt is where another function than the one that made it discarded it.
	droppedAt place
	conts     []task
	inputs    []int32
	how       CombineKind
	winner    int32
}

// task is something that runs later, or the continuation that becomes one when a promise settles.
type task struct {
	kind   taskKind
	frame  *frame
	prom   int32 // what it follows; the promise of a work; the handle of a timer
	target int32 // what it settles
	result int32 // the variable that takes the value
	at     place
	runs   int8
	due    int  // when it happens, on the state's clock
	timed  bool // a timer's callback began it
}

type taskKind uint8

const (
	resume   taskKind = iota // a suspended frame
	handlers                 // of a Continue
	adopt                    // target settles like prom
	input                    // target combines prom
	passOn                   // target settles like prom: an async finally handler is done (at frame.pass)
	work                     // a promise of unknown code settles
	callback
	timer
	interval
	event
)

func (s *state) alloc(p promise) int32 {
	p.late = len(s.comps) > 0
	for i, q := range s.proms {
		if q == nil {
			s.proms[i] = &p
			return int32(i)
		}
	}
	s.proms = append(s.proms, &p)
	return int32(len(s.proms) - 1)
}

// mut is a copy of a promise that this state alone owns.
func (s *state) mut(id int32) *promise {
	c := *s.proms[id]
	s.proms[id] = &c
	return &c
}

// again finds a promise that the same place has made so many times already and that is not settled: a loop need not be
// followed further to know what it starts.
func (s *state) again(at place, kind origin, times int) (int32, bool) {
	n, last := 0, int32(-1)
	for i, p := range s.proms {
		if p != nil && p.at == at && p.origin == kind && p.status == pending {
			n++
			last = int32(i)
		}
	}
	return last, n >= times
}

// atOnce is how many promises of one call may be pending together. Of those that a loop begins one stands for all: two
// would only add the orders in which they can go on.
func atOnce(at Site) int {
	if at.InLoop || at.InArray {
		return 1
	}
	return 2
}

// shownAt is where a promise is to be shown: where it was made, unless that function handed it out and its caller
// discarded it.
func (p *promise) shownAt() place {
	if p.droppedAt.node != nil {
		return p.droppedAt
	}
	return p.at
}

func promiseValue(id int32) value { return value{kind: Promise, ids: []int32{id}} }

// promiseOf is the promise that a value holds, -1 if it is no promise or nothing is known.
func (s *state) promiseOf(v value) int32 {
	if v.kind != Promise || len(v.ids) == 0 || s.proms[v.ids[0]] == nil || s.proms[v.ids[0]].origin == handle {
		return -1
	}
	return v.ids[0]
}

// follow attaches a continuation, which runs at once (as a microtask) if the promise is settled.
func (m *machine) follow(s *state, id int32, t task) {
	p := s.mut(id)
	p.used, p.handled = true, true
	t.prom = id
	if p.status == pending {
		p.conts = push(p.conts, t)
		return
	}
	m.dispatch(s, t)
}

// dispatch lets a continuation of a settled promise go.
func (m *machine) dispatch(s *state, t task) {
	switch t.kind {
	case adopt:
		p := s.proms[t.prom]
		m.settle(s, t.target, p.status, p.val, p.fail)
	case input:
		m.combineInput(s, t.target, t.prom)
	default:
		s.micro = push(s.micro, t)
	}
}

// settle settles a promise once.
func (m *machine) settle(s *state, id int32, to status, val value, why *failure) {
	if id < 0 || s.proms[id].status != pending {
		return
	}
	p := s.mut(id)
	p.status, p.val, p.fail = to, val, why
	s.several = s.several || p.several && p.used
	conts := p.conts
	p.conts = nil
	if id == s.handler {
		m.handlerSettled(s)
	}
	for _, t := range conts {
		m.dispatch(s, t)
	}
}

// resolve settles a promise with a value, which may be a promise itself.
func (m *machine) resolve(s *state, id int32, v value) {
	src := s.promiseOf(v)
	if src < 0 {
		m.settle(s, id, fulfilled, v, nil)
		return
	}
	if s.proms[id].status != pending {
		return
	}
	p := s.mut(id)
	p.locked = true
	if p.inner == nil {
		p.inner = s.proms[src].base()
	}
	m.follow(s, src, task{kind: adopt, target: id})
}

// base is the work of unknown code behind a promise, as far as it is known.
func (p *promise) base() *Work {
	if p.work != nil {
		return p.work
	}
	return p.inner
}
