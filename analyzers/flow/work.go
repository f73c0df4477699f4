package flow

import "slices"

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
	if !m.follows(o, t.kind) || s.queued(at) >= mostQueued(o.Work) {
		return
	}
	if o.Result != nil && t.kind != callback && t.kind != event {
		t.prom = s.alloc(promise{origin: handle, at: at})
		s.set(result, promiseValue(t.prom))
	}
	t.due, t.timed = s.clock+max(o.Work.Delay, 0), s.inTimerCallback()
	s.macro = push(s.macro, t)
}

// inTimerCallback tells whether a timer's callback itself is running, not what it woke.
func (s *state) inTimerCallback() bool {
	fr := &s.cur
	for fr.up != nil {
		fr = fr.up
	}
	return s.inTimer && fr.end == endTask
}

// mostQueued is how often the same work may be under way: a loop need not be followed further to know what it starts.
func mostQueued(w *Work) int {
	if w.Sure {
		return 2
	}
	return 1
}

// follows tells whether what a work calls can change anything.
func (m *machine) follows(o Start, kind taskKind) bool {
	switch kind {
	case callback:
		if o.Work.Sure {
			return true
		}
	case event:
		return len(m.listeners(o)) > 0
	}
	if m.p.WaitsForWork && kind != callback {
		return true // it keeps the answer waiting
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
	if old, twice := s.again(at, baseWork, atOnce(at.site())); twice {
		return old
	}
	id := s.alloc(promise{origin: baseWork, at: at, work: w})
	s.macro = push(s.macro, task{kind: work, prom: id, at: at, due: s.clock + max(w.Delay, 0), timed: s.inTimerCallback()})
	if w.Upstream && w.Deadline == 0 {
		m.result.Upstream = m.reach(m.result.Upstream, Reached{Site: at.site(), What: w.Name, Work: w}, s)
	}
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

// endOthers takes all work to have ended without having answered.
func (s *state) endOthers() {
	if len(s.comps) > 0 {
		s.dead = true
		return
	}
	s.macro = slices.DeleteFunc(slices.Clone(s.macro), func(t task) bool { return t.kind == work || t.kind == callback })
	for id, p := range s.proms {
		if p != nil && p.origin == baseWork && p.status == pending {
			p = s.mut(int32(id))
			p.used, p.handled, p.excused = true, true, true
		}
	}
}
