package flow

// wait is await, or a blocking receive.
func (m *machine) wait(s *state, at place, o Wait) {
	v := m.eval(s, o.Promise)
	result := m.ix.id(o.Result)
	id := s.promiseOf(v)
	if id < 0 && o.Maybe != nil && v.kind == Unknown {
		id = m.startPromise(s, at, o.Maybe)
	}
	if id < 0 {
		s.set(result, v)
		if s.cur.node.fn.f.Async {
			m.suspend(s, -1, task{kind: resume, prom: -1, result: -1})
		}
		return
	}
	t := task{kind: resume, result: result, at: at}
	if s.proms[id].status == pending {
		m.suspend(s, id, t)
		return
	}
	p := s.mut(id)
	p.used, p.handled = true, true
	t.prom = id
	m.proceed(s, t)
}

// suspend takes the running frame off the stack (or the whole stack, if it cannot be left alone) until a promise
// settles, or for a turn if there is none.
func (m *machine) suspend(s *state, id int32, t task) {
	saved := s.cur
	up := saved.up
	if saved.node.fn.f.Async {
		saved.up = nil
		saved.depth = 0
	} else {
		up = nil
	}
	m.putAway(s, &saved, saved.node.fn)
	for fr := saved.up; fr != nil; fr = fr.up {
		m.putAway(s, &saved, fr.node.fn)
	}
	t.frame = &saved
	if id < 0 {
		s.micro = push(s.micro, t)
	} else {
		if saved.prom >= 0 && s.proms[saved.prom].inner == nil {
			s.mut(saved.prom).inner = s.proms[id].base()
		}
		m.follow(s, id, t)
	}
	s.check = true
	if up != nil {
		m.goOn(s, up)
		s.set(saved.result, promiseValue(saved.prom))
		return
	}
	s.cur = frame{prom: -1}
	s.idle = true
}

// proceed gives a waiting frame its value, or the exception.
func (m *machine) proceed(s *state, t task) {
	if t.prom < 0 {
		return
	}
	p := s.proms[t.prom]
	if p.status == failed {
		m.raise(s, p.fail)
		return
	}
	if s.cur.node.catch != nil && len(s.comps) == 0 && !p.failsItself() {
		m.forkWeak(s, t.at, t.at.site())
	}
	s.set(t.result, p.val)
}

// failsItself tells whether the failure of a promise is followed anyway.
func (p *promise) failsItself() bool {
	return p.origin == baseWork && p.work.CanFail || p.origin == deferred && p.escaped && !p.fulfils
}
