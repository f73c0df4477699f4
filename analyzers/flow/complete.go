package flow

// maxCompletions is how many answers of one path are kept.
const maxCompletions = 3

func (m *machine) complete(s *state, at place, o Complete) {
	if n := len(s.comps); o.Idle && n > 0 && s.comps[n-1].at.node == at.node {
		return // `res.send(…); res.end();`; further apart it tells of a return that is missing
	}
	s.say(o.Site.Range, "`"+o.How+"()` is called", nil)
	for fr := &s.cur; fr != nil; fr = fr.up {
		if fr.end == endAsync {
			s.markAnswering(fr.prom)
		}
	}
	m.answer(s, completion{at: at, site: o.Site, how: o.How, err: o.Error, returned: o.Returned, idle: o.Idle, inTimer: s.inTimer})
}

// markAnswering notes which async functions the answer comes from: the one that runs, and those that wait for it.
func (s *state) markAnswering(id int32) {
	if id < 0 || s.proms[id].answers {
		return
	}
	s.mut(id).answers = true
	for _, t := range s.proms[id].conts {
		if t.kind != resume {
			s.markAnswering(t.target)
			continue
		}
		for fr := t.frame; fr != nil; fr = fr.up {
			if fr.end == endAsync {
				s.markAnswering(fr.prom)
			}
		}
	}
}

// answer records an answer to the caller. What is still pending at the first one may be lost.
func (m *machine) answer(s *state, c completion) {
	if len(s.comps) == 0 && (c.implicit || !m.p.WaitsForWork) {
		m.losePending(s)
	}
	if len(s.comps) >= maxCompletions {
		return
	}
	if len(s.comps) == 0 && m.p.WaitsForWork {
		s.holdTimers()
	}
	c.step = int32(max(s.depth()-1, 0))
	c.clock, c.waited = s.clock, s.waited
	s.comps = push(s.comps, c)
}

// answerImplicitly records that leaving the handler answered, unless something did before.
func (m *machine) answerImplicitly(s *state, how string, err bool, text string) {
	if len(s.comps) > 0 {
		return
	}
	site := s.returnAt.site()
	s.say(site.Range, text, nil)
	late := s.inTimer && s.caughtAt.node != nil // a time limit of its own has thrown; to sleep before returning is something else
	m.answer(s, completion{at: s.returnAt, site: site, how: how, implicit: true, err: err, inTimer: late})
}

// answerError records that an exception or rejection answered.
func (m *machine) answerError(s *state, f *failure) {
	if len(s.comps) == 0 {
		at := place{op: -f.id}
		m.answer(s, completion{at: at, site: f.site, how: "throw", implicit: true, err: true, inTimer: s.inTimer})
	}
}

// unhandled is an Unhandled in the making.
type unhandled struct {
	fail    *failure
	chain   place
	via     place
	sync    bool
	dropped bool
	late    bool
}

// maxUnhandled is how many unhandled failures of one path are kept.
const maxUnhandled = 3

// unhandled records a failure that nobody handles; where that ends the invocation, the path ends.
func (m *machine) unhandled(s *state, u unhandled) {
	u.late = len(s.comps) > 0
	if len(s.unhand) < maxUnhandled {
		s.unhand = push(s.unhand, u)
	}
	if m.p.FloatingAnswers && len(s.comps) == 0 {
		m.answerError(s, u.fail)
		m.finish(s)
		s.dead = true
	}
}

// noticeRejections finds the rejected promises that have no handler when a task is done.
func (m *machine) noticeRejections(s *state) {
	for id, p := range s.proms {
		if p == nil || p.status != failed || p.handled || p.reported {
			continue
		}
		s.mut(int32(id)).reported = true
		u := unhandled{fail: p.fail, dropped: !p.used && p.origin != internal}
		if at := p.shownAt(); at.node != nil && p.origin != internal && at.site().Range != p.fail.site.Range {
			u.chain = at
		}
		m.unhandled(s, u)
		if s.dead {
			return
		}
	}
}
