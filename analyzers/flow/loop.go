package flow

import "slices"

// next is a turn of the event loop: microtasks first, then one task from outside.
func (m *machine) next(s *state) {
	if len(s.micro) > 0 {
		t := s.micro[0]
		s.micro = s.micro[1:]
		m.runMicro(s, t)
		return
	}
	m.noticeRejections(s)
	if s.dead {
		return
	}
	if s.returned && len(s.comps) > 0 && len(s.macro) > 0 {
		m.dropUnnoticed(s)
	}
	i := m.pick(s)
	if i < 0 {
		m.finish(s)
		s.dead = true
		return
	}
	t := s.macro[i]
	s.macro = slices.Delete(slices.Clone(s.macro), i, i+1)
	s.inTimer = t.kind == timer || t.kind == interval || t.timed
	s.check = true
	s.passTime(t)
	m.runMacro(s, t)
}

// pick chooses what happens next outside: work in the order of its start, then timers; and once on a path, to see
// what a watchdog does, a timer before the work.
func (m *machine) pick(s *state) int {
	first, firstTimer := -1, -1
	for i, t := range s.macro {
		if t.kind == timer || t.kind == interval {
			if firstTimer < 0 {
				firstTimer = i
			}
		} else if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return firstTimer
	}
	if firstTimer >= 0 && !s.timerFirst {
		c := s.fork()
		c.timerFirst = true
		t := c.macro[firstTimer]
		c.macro = slices.Delete(slices.Clone(c.macro), firstTimer, firstTimer+1)
		c.inTimer = true
		c.check = true
		c.passTime(t)
		m.runMacro(c, t)
		if !c.dead {
			m.push(c)
		}
	}
	return first
}

func (m *machine) runMicro(s *state, t task) {
	switch t.kind {
	case resume:
		s.idle = false
		m.goOn(s, t.frame)
		m.proceed(s, t)
	case handlers:
		m.runHandlers(s, t)
	case passOn:
		p := s.proms[t.prom]
		if p.status == fulfilled {
			p = s.proms[t.result]
		}
		m.settle(s, t.target, p.status, p.val, p.fail)
	}
}

// runHandlers runs what `.then`, `.catch` or `.finally` registered.
func (m *machine) runHandlers(s *state, t task) {
	p := s.proms[t.prom]
	if p.status == fulfilled {
		if len(s.comps) == 0 && p.origin != derived && !p.failsItself() && m.rescued(s, t) {
			c := s.fork()
			f := m.failure(t.at, p.at.site(), workName(p, p.at.site())+" rejects", true)
			c.say(f.site.Range, f.what, nil)
			c.suppose()
			m.runRejected(c, t, f)
			if !c.dead {
				m.push(c)
			}
		}
		m.runFulfilled(s, t, p.val)
		return
	}
	m.runRejected(s, t, p.fail)
}

func (t task) continuation() Continue {
	o, _ := t.at.node.b.Ops[t.at.op].(Continue)
	return o
}

// rescued tells whether a rejection handler would see a failure here.
func (m *machine) rescued(s *state, t task) bool {
	for range len(s.proms) + 1 {
		o := t.continuation()
		if o.Fail != nil || o.OpaqueFail {
			return o.Fail != nil
		}
		conts := s.proms[t.target].conts
		i := slices.IndexFunc(conts, func(c task) bool { return c.kind == handlers })
		if i < 0 {
			return false
		}
		t = conts[i]
	}
	return false
}

func (m *machine) runFulfilled(s *state, t task, v value) {
	o := t.continuation()
	switch {
	case o.OpaqueOK:
		m.settle(s, t.target, fulfilled, unknown, nil)
	case o.OK != nil:
		m.runHandler(s, t, o.OK, v, nil)
	case o.Finally != nil:
		m.runFinally(s, t, o.Finally, fulfilled, v, nil)
	default:
		m.settle(s, t.target, fulfilled, v, nil)
	}
}

func (m *machine) runRejected(s *state, t task, why *failure) {
	o := t.continuation()
	switch {
	case o.Fail != nil:
		m.runHandler(s, t, o.Fail, value{kind: Truthy}, why)
	case o.OpaqueFail:
		m.settle(s, t.target, fulfilled, unknown, nil)
	case o.Finally != nil:
		m.runFinally(s, t, o.Finally, failed, unknown, why)
	default:
		m.settle(s, t.target, failed, unknown, why)
	}
}

func (m *machine) runHandler(s *state, t task, run *Func, arg value, why *failure) {
	f := m.ix.funcs[run]
	if f == nil || f.entry == nil {
		m.settle(s, t.target, fulfilled, unknown, nil)
		return
	}
	fr := frame{end: endAsync, prom: t.target}
	if f.f.Async {
		fr.prom = s.alloc(promise{origin: internal, at: t.at})
		m.resolve(s, t.target, promiseValue(fr.prom))
	}
	if f.entry.rethrows {
		fr.caught = why
	}
	m.enterFunc(s, f, []value{arg}, fr)
	if why != nil {
		m.tellLacks(s, why)
	}
}

// runFinally keeps the outcome before it in a promise of its own, for the end of the handler to pass on.
func (m *machine) runFinally(s *state, t task, run *Func, to status, v value, why *failure) {
	f := m.ix.funcs[run]
	if f == nil || f.entry == nil {
		m.settle(s, t.target, to, v, why)
		return
	}
	kept := s.alloc(promise{origin: internal, at: t.at, used: true, handled: true, status: to, val: v, fail: why})
	fr := frame{end: endFinally, prom: t.target, pass: kept}
	if f.f.Async {
		fr = frame{end: endAsync, prom: s.alloc(promise{origin: internal, at: t.at})}
		m.follow(s, fr.prom, task{kind: passOn, target: t.target, result: kept})
	}
	m.enterFunc(s, f, nil, fr)
}
