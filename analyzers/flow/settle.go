package flow

// execSettle settles a promise that the program made. Only the first time counts.
func (m *machine) execSettle(s *state, at place, o Settle) {
	id := s.promiseOf(s.get(m.ix.id(o.Promise)))
	if id < 0 || s.proms[id].status != pending || s.proms[id].locked {
		if id >= 0 && s.proms[id].several { // another of its place, which it stands for, follows the value
			for _, follows := range m.eval(s, o.Value).ids {
				p := s.mut(follows)
				p.used, p.handled, p.excused = true, true, true
			}
		}
		return
	}
	switch {
	case o.Unsure:
		first := !s.proms[id].escaped
		m.settleOutside(s, id)
		s.mut(id).fulfils = !o.Fails && (first || s.proms[id].fulfils)
	case o.Fails:
		what := "the promise is rejected"
		if o.Site.Text != "" {
			what = "`" + o.Site.Text + "()` rejects the promise"
		}
		s.say(o.Site.Range, what, nil)
		m.settle(s, id, failed, unknown, m.failure(at, o.Site, what, false))
	default:
		m.resolve(s, id, m.eval(s, o.Value))
	}
}

// settleOutside leaves a promise to code that cannot be seen.
func (m *machine) settleOutside(s *state, id int32) {
	p := s.proms[id]
	if p.escaped || p.origin != deferred || p.status != pending {
		return
	}
	s.mut(id).escaped = true
	s.macro = push(s.macro, task{kind: work, prom: id, at: p.at})
}

func (m *machine) escape(s *state, o Escape) {
	if o.What == CompletionEscapes {
		s.escaped = true
		return
	}
	for _, id := range m.eval(s, o.Of).ids {
		m.settleOutside(s, id)
		p := s.mut(id)
		p.used, p.handled, p.escaped = true, true, true
	}
}

func (m *machine) execContinue(s *state, at place, o Continue) {
	result := m.ix.id(o.Result)
	if old, twice := s.again(at, derived, atOnce(o.Site)); twice {
		s.set(result, promiseValue(old))
		return
	}
	src := s.promiseOf(m.eval(s, o.Promise))
	if src < 0 {
		src = m.startPromise(s, at, m.unknownWork(at, o.Site))
	}
	id := s.alloc(promise{origin: derived, at: at, inner: s.proms[src].base()})
	s.set(result, promiseValue(id))
	if o.Fail != nil || o.OpaqueFail {
		s.mut(src).rescued = true
	}
	m.follow(s, src, task{kind: handlers, target: id, at: at})
}

// unknownWork is the work behind a value that is treated as a promise.
func (m *machine) unknownWork(at place, site Site) *Work {
	w := m.works[at]
	if w == nil {
		name := site.Text
		if name == "" {
			name = "the promise"
		}
		w = &Work{Kind: PromiseWork, Name: name, CanFail: true}
		m.works[at] = w
	}
	return w
}
