package flow

// startWork queues work. What the program can never notice is not followed.
func (m *machine) startWork(s *state, at place, o Start) {
	result := m.ix.id(o.Result)
	if o.Work.Kind == PromiseWork {
		s.set(result, promiseValue(m.startPromise(s, at, o.Work)))
		return
	}
	t := task{at: at, prom: -1}
	switch o.Work.Kind {
	case CallbackWork:
		t.kind = callback
	case TimerWork:
		t.kind = timer
	case IntervalWork:
		t.kind = interval
	case EventWork:
		t.kind = event
	}
	s.set(result, value{kind: Truthy})
	if !m.follows(o, t.kind) || s.queued(at) >= 2 {
		return
	}
	if o.Result != nil && t.kind != callback && t.kind != event {
		t.prom = s.alloc(promise{origin: handle, at: at})
		s.set(result, promiseValue(t.prom))
	}
	s.macro = push(s.macro, t)
}

// follows tells whether what a work calls can change anything.
func (m *machine) follows(o Start, kind taskKind) bool {
	switch kind {
	case callback:
		return true
	case event:
		return len(m.listeners(o)) > 0
	}
	return len(o.Then) > 0 && m.ix.funcs[o.Then[0]] != nil && m.ix.funcs[o.Then[0]].mayMatter()
}

// mayMatter tells whether running a function can be noticed: by an effect or an exception.
func (f *fn) mayMatter() bool { return f.effects != 0 }

// listeners are the functions of an emitter that matter.
func (m *machine) listeners(o Start) []*fn {
	var list []*fn
	for _, then := range o.Then {
		if f := m.ix.funcs[then]; f != nil && f.effects&matters != 0 {
			list = append(list, f)
		}
	}
	return list
}

func (s *state) queued(at place) int {
	n := 0
	for _, t := range s.macro {
		if t.at == at {
			n++
		}
	}
	return n
}

// startPromise makes the promise of unknown code, which settles later.
func (m *machine) startPromise(s *state, at place, w *Work) int32 {
	if old, twice := s.again(at, baseWork); twice {
		return old
	}
	id := s.alloc(promise{origin: baseWork, at: at, work: w})
	s.macro = push(s.macro, task{kind: work, prom: id, at: at})
	return id
}

func (m *machine) cancel(s *state, handles value) {
	for _, id := range handles.ids {
		var left []task
		for _, t := range s.macro {
			if t.prom != id {
				left = append(left, t)
			}
		}
		s.macro = left
	}
}

func (m *machine) execSettle(s *state, at place, o Settle) {
	id := s.promiseOf(s.get(m.ix.id(o.Promise)))
	if id < 0 || s.proms[id].status != pending || s.proms[id].locked {
		return
	}
	switch {
	case o.Unsure:
		m.settleOutside(s, id)
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

func (m *machine) escape(s *state, at place, o Escape) {
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
	if old, twice := s.again(at, derived); twice {
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
		s.cur = *up
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
	return p.origin == baseWork && p.work.CanFail || p.origin == deferred && p.escaped
}
