package flow

// failureKey makes one failure of one place, so that states stay comparable.
type failureKey struct {
	at   place
	weak bool
}

func (m *machine) failure(at place, site Site, what string, weak bool) *failure {
	k := failureKey{at, weak}
	if f := m.failures[k]; f != nil {
		return f
	}
	f := &failure{site: site, what: what, weak: weak, at: at, id: int32(len(m.failures) + 1)}
	m.failures[k] = f
	return f
}

// raise unwinds the stack to the catch block that takes the exception.
func (m *machine) raise(s *state, f *failure) {
	if !f.weak {
		s.excuse()
	}
	for {
		if c := s.cur.node.catch; c != nil {
			s.cur.caught, s.cur.examined = nil, false
			if c.rethrows {
				s.cur.caught = f
			}
			m.enter(s, c)
			m.tellLacks(s, f)
			return
		}
		if f.weak {
			// That any call may throw is no reason to accuse what lets it pass.
			s.dead = true
			return
		}
		fr := s.cur
		if fr.end == endSummary {
			m.sum.add(s, unknown, f)
			s.dead = true
			return
		}
		if fr.up == nil {
			s.last, s.lastImplicit = f.site.Range, false
		}
		if fr.end == endHandler || fr.end == endAsync && fr.prom == s.handler {
			s.via = s.cur.raisedAt(f)
		}
		m.popFrame(s)
		switch fr.end {
		case endAsync, endFinally:
			m.settle(s, fr.prom, failed, unknown, f)
			return
		case endTask:
			m.unhandled(s, unhandled{fail: f, sync: true})
			return
		case endHandler:
			m.leftWith(s, f, m.p.ThrowAnswers, Threw)
			return
		}
	}
}

// tellLacks tells the catch block that a path has just come to what its error may lack.
func (m *machine) tellLacks(s *state, f *failure) {
	ops := s.cur.node.b.Ops
	if len(ops) == 0 {
		return
	}
	c, ok := ops[0].(Caught)
	if !ok {
		return
	}
	for _, p := range c.Reads {
		is := unknown
		if f.lacks == p.Name {
			is.kind = maybeUndefined
		}
		s.set(m.ix.id(p.Var), is)
	}
}

// raisedAt is the operation of a frame that lets a failure through.
func (fr *frame) raisedAt(f *failure) place {
	if f.at.node != nil && f.at.node.fn == fr.node.fn || fr.op == 0 {
		return f.at
	}
	return place{fr.node, fr.op - 1}
}

func (m *machine) raiseHere(s *state, at place, t Raise) {
	if f := s.cur.caught; t.Rethrow && f != nil {
		const again = "the error is thrown again"
		s.say(t.Range, again, nil)
		if f.weak && s.cur.examined {
			// Who wrote a catch block expects errors; here they leave it.
			f = m.failure(at, Site{Range: t.Range}, again, false)
			f.again = at
		} else if !f.weak {
			m.thrownAgain[at] = struct{}{}
		}
		m.raise(s, f)
		return
	}
	s.say(t.Range, "an exception is thrown", nil)
	m.raise(s, m.failure(at, Site{Range: t.Range}, "an exception is thrown", false))
}

// throwWeakly follows the path on which an operation in a try block throws before it has an effect: the catch block
// was written because something may.
func (m *machine) throwWeakly(s *state, at place, op Op) {
	if s.cur.node.catch == nil || s.cur.node.b.Quiet || len(s.comps) > 0 {
		return
	}
	switch o := op.(type) {
	case Call:
		if allAsync(o.Funcs) {
			return // what is thrown inside rejects the promise
		}
	case Start:
		if o.Work.Kind == PromiseWork {
			return
		}
	case Wait:
		if s.promiseOf(m.eval(s, o.Promise)) >= 0 || o.Maybe != nil {
			return // it fails, if at all, when the promise has settled
		}
	default:
		return
	}
	m.forkWeak(s, at, siteOf(op))
}

// supposedCost makes a supposed failure explain an outcome only if nothing better does.
const supposedCost = 2

// suppose begins a path on a failure that is only supposed. It does not accuse anybody of what it alone brings about:
// of promises that something would have waited for but for the failure.
func (s *state) suppose() {
	s.cost += supposedCost
	s.excuse()
}

// excuse takes promises that the program holds to be waited for, had no failure come in between; not those that the
// failure itself rejects.
func (s *state) excuse() {
	for id, p := range s.proms {
		if p != nil && !p.used && !p.dropped && !s.settles(int32(id)) {
			p = s.mut(int32(id))
			p.used, p.handled, p.excused = true, true, true
		}
	}
}

// settles tells whether one of the functions that are running settles a promise when it ends.
func (s *state) settles(id int32) bool {
	for fr := &s.cur; fr != nil; fr = fr.up {
		if fr.prom == id {
			return true
		}
	}
	return false
}

func allAsync(fs []*Func) bool {
	for _, f := range fs {
		if !f.Async {
			return false
		}
	}
	return true
}

func (m *machine) forkWeak(s *state, at place, site Site) {
	c := s.fork()
	what := "an exception is thrown"
	if site.Text != "" {
		what = "`" + site.Text + "()` throws"
	}
	c.say(site.Range, what, nil)
	c.suppose()
	m.raise(c, m.failure(at, site, what, true))
	if !c.dead {
		m.push(c)
	}
}

func (m *machine) mayThrow(s *state, at place, o MayThrow) {
	weak := o.Weak && !o.Always
	if o.On != nil {
		v := m.ix.id(o.On)
		known := s.get(v)
		switch known.nullish() {
		case no:
			return
		case yes:
			weak, o.Always = false, true
		default:
			if known.truthy() == yes {
				return
			}
			weak = weak && known.kind != maybeUndefined
			defer s.set(v, refine(known, IsNullish, unknown, false))
		}
	}
	if weak && (s.cur.node.catch == nil || s.cur.node.b.Quiet || len(s.comps) > 0) {
		return
	}
	c := s
	if !o.Always {
		c = s.fork()
	}
	what := o.What
	if what == "" {
		what = "an exception is thrown"
	}
	c.say(o.Range, what, nil)
	if weak {
		c.suppose()
	}
	m.raise(c, m.failure(at, Site{Range: o.Range}, what, weak))
	if c != s && !c.dead {
		m.push(c)
	}
}
