package flow

import "encoding/binary"

// defaults of Limits, and how many operations a state may cost on average before the search gives up.
const (
	defaultStates = 20000
	defaultDepth  = 40
	opsPerState   = 400
)

// What a state knows is looked through when it has grown by sweepAfter facts and promises and has doubled, and a state
// with more than maxPromises that still matter is given up.
const (
	sweepAfter  = 64
	maxPromises = 512
)

// machine explores the states of one handler.
type machine struct {
	ix     *index
	p      Protocol
	lim    Limits
	result *Result
	// queue holds the states to go on from, by their cost: the shortest way to anything is kept.
	queue    [][]*state
	level    int
	visited  map[string]int32 // by key, its number
	course   *course
	outcomes map[string]struct{}
	loops    map[*Loop]struct{}
	failures map[failureKey]*failure
	works    map[place]*Work
	key      keyWriter
	budget   *budget
	sums     *summaries
	// thrownAgain are the places where a real error is thrown again; supposed are, for each outcome, those where a
	// supposed one is.
	thrownAgain map[place]struct{}
	supposed    map[int]place
	sum         *summary // what is being summarised, nil for the handler itself
}

// budget counts operations, for the machine and those that it starts for summaries.
type budget struct{ ops int }

// Solve follows every path through a handler. It is deterministic and always ends: equal states are merged, and what
// is left is bounded by lim.
func Solve(handler *Func, args []Operand, p Protocol, lim Limits) *Result {
	if lim.States <= 0 {
		lim.States = defaultStates
	}
	if lim.Depth <= 0 {
		lim.Depth = defaultDepth
	}
	m := &machine{
		ix: newIndex(handler, lim.Depth), p: p, lim: lim, result: &Result{},
		visited: map[string]int32{}, course: &course{heads: map[*Loop][]int32{}}, outcomes: map[string]struct{}{}, loops: map[*Loop]struct{}{},
		failures: map[failureKey]*failure{}, works: map[place]*Work{},
		thrownAgain: map[place]struct{}{}, supposed: map[int]place{},
		budget: &budget{}, sums: &summaries{known: map[string]*summary{}},
	}
	m.result.Capped = m.ix.cut
	if m.ix.list[0].entry == nil {
		return m.result
	}
	m.start(args)
	m.explore()
	m.dropSupposed()
	m.course.capped = m.result.Capped
	return m.result
}

// dropSupposed removes the outcomes in which a supposed error is thrown again where a real one is, too.
func (m *machine) dropSupposed() {
	kept := m.result.Outcomes[:0]
	for i, o := range m.result.Outcomes {
		at, is := m.supposed[i]
		if _, again := m.thrownAgain[at]; !is || !again {
			kept = append(kept, o)
		}
	}
	m.result.Outcomes = kept
}

// explore goes on until nothing is left to explore, or a bound is hit.
func (m *machine) explore() {
	for s := m.pop(); s != nil; s = m.pop() {
		m.result.States++
		if m.spent() {
			m.result.Capped = true
			return
		}
		m.run(s)
	}
}

func (m *machine) spent() bool {
	return m.result.States > m.lim.States || m.budget.ops > m.lim.States*opsPerState
}

// hurried means that half of the states are used up: from now on paths are followed to their end one by one, so that
// there are some outcomes when the other half is used up too.
func (m *machine) hurried() bool { return m.result.States > m.lim.States/2 }

// start puts the handler on the stack.
func (m *machine) start(args []Operand) {
	s := &state{handler: -1}
	f := m.ix.list[0]
	vals := make([]value, max(len(args), len(f.params)))
	for i, a := range args {
		vals[i] = m.eval(s, a)
	}
	fr := frame{end: endHandler, prom: -1}
	if f.f.Async {
		s.handler = s.alloc(promise{origin: asyncFunc, used: true, handled: true, reported: true})
		fr = frame{end: endAsync, prom: s.handler}
	}
	m.enterFunc(s, f, vals, fr)
	m.push(s)
}

func (m *machine) push(s *state) {
	d := s.cost
	for len(m.queue) <= d {
		m.queue = append(m.queue, nil)
	}
	m.queue[d] = append(m.queue[d], s)
}

func (m *machine) pop() *state {
	if m.hurried() {
		m.level = len(m.queue) - 1
		for ; m.level > 0 && len(m.queue[m.level]) == 0; m.level-- {
		}
	}
	for ; m.level < len(m.queue); m.level++ {
		if q := m.queue[m.level]; len(q) > 0 {
			s := q[len(q)-1]
			m.queue[m.level] = q[:len(q)-1]
			return s
		}
	}
	return nil
}

// run goes on with one state until its path ends, or until it must wait for shorter paths before it is compared.
func (m *machine) run(s *state) {
	for !s.dead {
		if s.check {
			if s.cost > m.level && !m.hurried() {
				m.push(s)
				return
			}
			s.check = false
			if !m.fresh(s) {
				return
			}
		}
		if len(s.facts)+len(s.proms) > 2*s.swept+sweepAfter {
			m.sweep(s)
		}
		if m.budget.ops++; m.spent() {
			m.result.Capped = true
			return
		}
		if s.idle {
			m.next(s)
		} else {
			m.step(s)
		}
	}
}

// sweep forgets what cannot matter any more. Without it, a long way without a junction would carry everything along.
func (m *machine) sweep(s *state) {
	m.key.write(m, s)
	s.swept = len(s.facts) + len(s.proms)
	live := 0
	for _, p := range s.proms {
		if p != nil {
			live++
		}
	}
	if live > maxPromises {
		m.result.Capped, s.dead = true, true
	}
}

// fresh tells whether a state has not been seen before.
func (m *machine) fresh(s *state) bool {
	k := m.key.write(m, s)
	if m.sum != nil {
		k = binary.AppendVarint(k, int64(m.sum.id))
	}
	number, seen := m.visited[string(k)]
	if !seen {
		number = int32(len(m.visited))
		m.visited[string(k)] = number
	}
	m.course.note(s, number)
	if seen {
		return false
	}
	m.result.States++
	return true
}

// enter goes to a block.
func (m *machine) enter(s *state, n *node) {
	s.cur.node, s.cur.op = n, 0
	if n.preds > 1 {
		s.check = true
	}
	l := n.b.Loop
	if l == nil {
		return
	}
	if _, seen := m.loops[l]; !seen {
		m.loops[l] = struct{}{}
		m.result.Loops = append(m.result.Loops, LoopReached{Loop: l, way: s.trace, course: m.course})
	}
}

// enterFunc begins a function. fr says what its end means.
func (m *machine) enterFunc(s *state, f *fn, args []value, fr frame) {
	for _, l := range f.locals {
		s.set(l, unknown)
	}
	for i, p := range f.params {
		v := value{kind: Undefined}
		switch {
		case f.f.Rest && i == len(f.params)-1:
			v = value{kind: Object}
			for _, a := range args[min(i, len(args)):] {
				v.ids = append(v.ids, a.ids...)
			}
		case i < len(args):
			v = args[i]
		}
		s.set(p, v)
	}
	s.idle = false
	s.cur = fr
	m.enter(s, f.entry)
}
