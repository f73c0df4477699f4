package flow

// leave returns from a function.
func (m *machine) leave(s *state, at place, t Return) {
	v := m.eval(s, t.Value)
	fr := s.cur
	if fr.up == nil {
		s.last, s.lastImplicit = t.Range, t.Implicit
	}
	switch fr.end {
	case endSync:
		m.popFrame(s)
		m.returned(s, fr.result, v, fr.fresh)
	case endAsync:
		if fr.prom == s.handler {
			s.returnAt, s.implicit = at, t.Implicit
		}
		m.popFrame(s)
		m.resolve(s, fr.prom, v)
	case endFinally:
		m.popFrame(s)
		m.leaveFinally(s, fr, v)
	case endTask:
		m.popFrame(s)
	case endSummary:
		m.sum.add(s, v, nil)
		s.dead = true
	case endHandler:
		m.popFrame(s)
		s.returnAt, s.implicit = at, t.Implicit
		m.handlerReturned(s, v)
	}
}

// popFrame goes back to the caller, or to the event loop.
func (m *machine) popFrame(s *state) {
	s.check = true
	if fr := s.cur; fr.up != nil {
		m.goOn(s, fr.up)
		if fr.end == endAsync {
			s.set(fr.result, promiseValue(fr.prom))
		}
		return
	}
	s.cur = frame{prom: -1}
	s.idle = true
}

// leaveFinally lets the outcome before a finally handler pass, once the promise it returned is done.
func (m *machine) leaveFinally(s *state, fr frame, v value) {
	if src := s.promiseOf(v); src >= 0 {
		m.follow(s, src, task{kind: passOn, target: fr.prom, result: fr.pass})
		return
	}
	p := s.proms[fr.pass]
	m.settle(s, fr.prom, p.status, p.val, p.fail)
}

// handlerReturned is called when a handler that is no async function returns.
func (m *machine) handlerReturned(s *state, v value) {
	s.returned, s.value = true, v
	id := s.promiseOf(v)
	switch {
	case id >= 0 && m.p.Mode == ReturnNever:
		s.mut(id).used = true
	case id >= 0:
		p := s.mut(id)
		p.used, p.handled, p.reported = true, true, true
		s.handler = id
		if p.status != pending {
			m.handlerSettled(s)
		}
	case m.p.Mode == ReturnValue:
		m.answerImplicitly(s, "return", false, "the returned value answers the caller")
	case m.p.Mode == ReturnThenable && v.isUnknown() && !s.implicit:
		s.escaped = true // it may be a promise
	}
}

// handlerSettled is called when the promise of the handler has settled.
func (m *machine) handlerSettled(s *state) {
	p := s.proms[s.handler]
	s.returned = true
	if p.status == fulfilled {
		s.value = p.val
		if m.p.Mode != ReturnNever {
			m.answerImplicitly(s, "return", false, "the handler's promise resolves and answers the caller")
		}
		return
	}
	if p.origin != asyncFunc {
		s.via = p.at
	}
	m.leftWith(s, p.fail, m.p.RejectAnswers, Rejected)
}

// leftWith ends the handler with an exception or a rejection.
func (m *machine) leftWith(s *state, f *failure, answers bool, end End) {
	s.returned = true
	if answers {
		m.answerError(s, f)
		return
	}
	s.end = end
	m.unhandled(s, unhandled{fail: f, via: s.via})
}
