package flow

import "slices"

// summary is what calling a function without effects can come to. Such a function is followed once for what it is
// given, not once for each call of it on each path.
type summary struct {
	id      int
	done    bool
	results []summaryResult
	depth   int // steps before the call
}

type summaryResult struct {
	val   value
	fail  *failure
	steps []Step
	// caughtAt is the catch block that the call ends in, as in a state.
	caughtAt place
}

// smallFunc is how many blocks are followed faster than they are summarised.
const smallFunc = 8

// summarySteps is how many steps of a call are told: the last ones, which decide.
const summarySteps = 6

type summaries struct {
	known map[string]*summary
}

// summarise applies the summary of a call, or declines.
func (m *machine) summarise(s *state, f *fn, args []value, o Call) bool {
	if f.f.Async || f.effects&^(raises|promises|catches) != 0 || len(f.nodes) < smallFunc && len(f.uses) == 0 {
		return false
	}
	sub := &state{handler: -1, trace: s.trace, cost: s.cost}
	if len(s.comps) > 0 {
		sub.comps = []completion{{}} // which one does not matter inside
	}
	for _, x := range s.facts {
		if f.needs.has(x.v) {
			if len(x.ids) > 0 {
				return false
			}
			sub.facts = append(sub.facts, x)
		}
	}
	for i, a := range args {
		if len(a.ids) > 0 && (i >= len(f.params) || f.f.Rest || f.entry.liveIn.has(f.params[i])) {
			return false
		}
	}
	m.enterFunc(sub, f, args, frame{end: endSummary, prom: -1, depth: s.cur.depth + 1})
	key := string(m.key.write(m, sub))
	sum := m.sums.known[key]
	if sum == nil {
		sum = &summary{id: len(m.sums.known) + 1, depth: s.depth()}
		m.sums.known[key] = sum
		m.solveCall(sum, sub)
	}
	if !sum.done {
		// It is being computed, so this is a recursive call: what it throws, the ways that end throw as well.
		m.returned(s, m.ix.id(o.Result), unknown, o.New)
		return true
	}
	m.apply(s, sum, m.ix.id(o.Result), o.New)
	return true
}

// solveCall explores the body of a function on its own.
func (m *machine) solveCall(sum *summary, sub *state) {
	inner := *m
	inner.queue, inner.level, inner.sum = nil, 0, sum
	inner.push(sub)
	inner.explore()
	sum.done = true
}

// add records a result. The first way to it is the shortest.
func (r *summary) add(s *state, v value, f *failure) {
	v.ids = nil
	for _, old := range r.results {
		if old.caughtAt == s.caughtAt && old.fail == f && old.val.kind == v.kind && old.val.text == v.text && old.val.nonNull == v.nonNull &&
			slices.Equal(old.val.not, v.not) {
			return
		}
	}
	steps := s.trace.since(max(r.depth, s.depth()-summarySteps))
	r.results = append(r.results, summaryResult{val: v, fail: f, steps: steps, caughtAt: s.caughtAt})
}

// apply goes on with each of the results.
func (m *machine) apply(s *state, sum *summary, to int32, fresh bool) {
	if len(sum.results) == 0 {
		s.dead = true
		return
	}
	s.check = true
	for i := len(sum.results) - 1; i >= 0; i-- {
		c := s
		if i > 0 {
			c = s.fork()
		}
		r := sum.results[i]
		for _, st := range r.steps {
			c.say(st.Range, st.Text, st.Caught)
			c.trace.step.Call = st.Call
		}
		if r.caughtAt.node != nil && len(c.comps) == 0 {
			c.caughtAt = r.caughtAt
		}
		if r.fail != nil {
			m.raise(c, r.fail)
		} else {
			m.returned(c, to, r.val, fresh)
		}
		if i > 0 && !c.dead {
			m.push(c)
		}
	}
}
