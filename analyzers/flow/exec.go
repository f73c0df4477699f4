package flow

import (
	"cmp"
	"slices"
)

// step executes one operation or a terminator.
func (m *machine) step(s *state) {
	n := s.cur.node
	at := place{n, s.cur.op}
	if int(at.op) == len(n.b.Ops) {
		m.terminate(s, at)
		return
	}
	op := n.b.Ops[at.op]
	m.throwWeakly(s, at, op)
	s.cur.op++
	m.exec(s, at, op)
}

func (m *machine) eval(s *state, o Operand) value {
	if o.Var == nil {
		return fromValue(o.Value)
	}
	return s.get(m.ix.id(o.Var))
}

func (m *machine) exec(s *state, at place, op Op) {
	switch o := op.(type) {
	case Set:
		s.set(m.ix.id(o.To), m.eval(s, o.From))
	case Record:
		s.set(m.ix.id(o.To), m.record(s, o))
	case Read:
		if v, ok := m.eval(s, o.Of).property(o.Name); ok {
			s.set(m.ix.id(o.To), v)
		}
	case Append:
		m.appendTo(s, o)
	case Complete:
		m.complete(s, at, o)
	case Start:
		s.caughtAt = place{}
		m.startWork(s, at, o)
	case Cancel:
		if o.Others {
			s.endOthers()
			return
		}
		m.cancel(s, m.eval(s, o.Handle))
	case Defer:
		id, twice := s.again(at, deferred, 1)
		if twice {
			s.mut(id).several = true
		} else {
			id = s.alloc(promise{origin: deferred, at: at})
		}
		s.set(m.ix.id(o.Result), promiseValue(id))
	case Settle:
		m.execSettle(s, at, o)
	case Continue:
		m.execContinue(s, at, o)
	case Combine:
		m.combine(s, at, o)
	case Wait:
		s.caughtAt = place{}
		m.wait(s, at, o)
	case Call:
		m.call(s, at, o)
	case MayThrow:
		m.mayThrow(s, at, o)
	case Escape:
		m.escape(s, o)
	case Drop:
		for _, id := range m.eval(s, o.Of).ids {
			p := s.mut(id)
			p.dropped = true
			if p.at.node != nil && p.at.node.fn != at.node.fn && o.Site.Range != (Range{}) {
				p.droppedAt = at
			}
		}
	case Caught:
		s.cur.examined = s.cur.caught != nil
		if len(s.comps) == 0 {
			s.caughtAt = at
		}
		s.say(o.Range, "the error is caught here", &o)
	case Note:
		s.say(o.Range, o.Text, nil)
		s.trace.step.Call = o.Call
	}
}

func (m *machine) appendTo(s *state, o Append) {
	to := m.ix.id(o.To)
	list := s.get(to)
	v := value{kind: Object}
	v.ids = append(v.ids, list.ids...)
	for _, id := range m.eval(s, o.From).ids {
		switch {
		case slices.Contains(v.ids, id):
		case slices.ContainsFunc(v.ids, func(old int32) bool { return s.alike(old, id) }):
			p := s.mut(id) // what happens to the other one would happen to it
			p.used, p.handled = true, true
		default:
			v.ids = append(v.ids, id)
		}
	}
	slices.SortStableFunc(v.ids, func(a, b int32) int { return s.compare(a, b) })
	s.set(to, v)
}

// compare puts the promises of a list in an order that does not depend on when they were made: nobody asks for that.
func (s *state) compare(a, b int32) int {
	p, q := s.proms[a], s.proms[b]
	if p == nil || q == nil || p.at.node == nil || q.at.node == nil {
		return 0
	}
	return cmp.Or(cmp.Compare(p.at.node.id, q.at.node.id), cmp.Compare(p.at.op, q.at.op), cmp.Compare(p.status, q.status))
}

// alike tells whether two promises of a list have the same place and have settled the same way: then one is enough.
func (s *state) alike(a, b int32) bool {
	p, q := s.proms[a], s.proms[b]
	return p != nil && q != nil && p.at == q.at && p.status == q.status && p.status != pending
}

func (m *machine) terminate(s *state, at place) {
	n := at.node
	switch t := n.b.Term.(type) {
	case Jump:
		m.enter(s, n.succ[0])
	case Branch:
		m.branch(s, t)
	case Choose:
		m.choose(s, t)
	case Return:
		m.leave(s, at, t)
	case Raise:
		m.raiseHere(s, at, t)
	case Stop:
		if t.Exits != "" {
			m.result.Exits = m.reach(m.result.Exits, Reached{Site: Site{Range: t.Range}, What: t.Exits}, s)
		}
		s.dead = true
	default:
		s.dead = true
	}
}

func (m *machine) branch(s *state, t Branch) {
	n := s.cur.node
	v := m.ix.id(t.Cond.Of.Var)
	known, against := m.eval(s, t.Cond.Of), fromValue(t.Cond.Value)
	switch ask(known, t.Cond.Test, against) {
	case yes:
		m.enter(s, n.succ[0])
		return
	case no:
		m.enter(s, n.succ[1])
		return
	}
	c := s.fork()
	for i, side := range []*state{s, c} {
		way := i == 0
		if t.Cond.Test != AskNothing {
			side.set(v, refine(known, t.Cond.Test, against, way))
		}
		if text := t.Cond.says(way); text != "" {
			side.say(t.Range, text, nil)
		}
		m.enter(side, n.succ[i])
	}
	m.push(c)
}

// says is the step text of a decision.
func (c Cond) says(way bool) string {
	switch {
	case c.Says[0] != "" && way:
		return c.Says[0]
	case c.Says[0] != "":
		return c.Says[1]
	case c.Text == "":
		return ""
	case way:
		return "`" + c.Text + "` is true"
	}
	return "`" + c.Text + "` is false"
}

func (m *machine) choose(s *state, t Choose) {
	n := s.cur.node
	if len(t.To) == 0 {
		s.dead = true
		return
	}
	for i := len(t.To) - 1; i >= 0; i-- {
		c := s
		if i > 0 {
			c = s.fork()
		}
		if i < len(t.Says) && t.Says[i] != "" {
			c.say(t.Range, t.Says[i], nil)
		}
		m.enter(c, n.succ[i])
		if i > 0 {
			m.push(c)
		}
	}
}

func (m *machine) call(s *state, at place, o Call) {
	if len(o.Funcs) == 0 {
		m.returned(s, m.ix.id(o.Result), unknown, o.New)
		return
	}
	for i := len(o.Funcs) - 1; i >= 0; i-- {
		c := s
		if i > 0 {
			c = s.fork()
		}
		m.callOne(c, at, o, m.ix.funcs[o.Funcs[i]])
		if i > 0 && !c.dead {
			m.push(c)
		}
	}
}

// returned gives the caller the value of a call.
func (m *machine) returned(s *state, to int32, v value, fresh bool) {
	if fresh {
		v = value{kind: Object}
	}
	s.set(to, v)
}

func (m *machine) callOne(s *state, at place, o Call, f *fn) {
	result := m.ix.id(o.Result)
	if f == nil || f.entry == nil {
		if f == nil || !f.f.Generator {
			m.result.Capped = true
		}
		m.returned(s, result, unknown, o.New)
		return
	}
	if !m.mayPush(s, at, f) {
		s.dead = true
		return
	}
	args := make([]value, len(o.Args))
	for i, a := range o.Args {
		args[i] = m.eval(s, a)
	}
	if m.summarise(s, f, args, o) {
		return
	}
	fr := frame{end: endSync, prom: -1, result: result, fresh: o.New, depth: s.cur.depth + 1}
	if f.f.Async {
		if old, twice := s.again(at, asyncFunc, atOnce(o.Site)); twice {
			s.set(result, promiseValue(old))
			return
		}
		fr.end = endAsync
		fr.prom = s.alloc(promise{origin: asyncFunc, at: at})
	}
	caller := s.cur
	if m.onStack(s, f) {
		m.putAway(s, &caller, f)
	}
	fr.up = &caller
	m.enterFunc(s, f, args, fr)
}

// maxActivations is how often a function may be on the stack.
const maxActivations = 2

// mayPush bounds the stack. A recursive path is cut: the paths that end give the outcomes.
func (m *machine) mayPush(s *state, at place, f *fn) bool {
	if f.loopsOnSelf && f == at.node.fn && m.result.Recursion == nil {
		step := Step{Range: at.site().Range, Text: "`" + f.f.Name + "` calls itself on every path"}
		steps, _ := s.trace.steps()
		m.result.Recursion = slices.Concat(steps, []Step{step})
	}
	if int(s.cur.depth)+1 > m.lim.Depth {
		m.result.Capped = true
		return false
	}
	times := 0
	for fr := &s.cur; fr != nil; fr = fr.up {
		if fr.node.fn == f {
			times++
		}
	}
	return times < maxActivations
}
