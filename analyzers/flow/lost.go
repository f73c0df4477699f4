package flow

import "slices"

// lost is a Lost in the making.
type lost struct {
	at    place
	work  *Work
	inner *Work
	lostFlags
}

type lostFlags struct {
	dropped, handled, pending, failed, late, answers bool
}

func (a lostFlags) or(b lostFlags) lostFlags {
	return lostFlags{
		a.dropped || b.dropped, a.handled || b.handled, a.pending || b.pending, a.failed || b.failed, a.late || b.late,
		a.answers || b.answers,
	}
}

// lose adds an entry, or adds to the one of the same place.
func (s *state) lose(l lost) {
	for i, old := range s.lost {
		if old.at != l.at {
			continue
		}
		old.lostFlags = old.or(l.lostFlags)
		if old.inner == nil {
			old.inner = l.inner
		}
		list := append([]lost(nil), s.lost...)
		list[i] = old
		s.lost = list
		return
	}
	s.lost = push(s.lost, l)
}

// losePending looks at what is pending when the caller is answered.
func (m *machine) losePending(s *state) {
	for id, p := range s.proms {
		if p != nil && p.origin == baseWork && p.status == pending && !p.excused {
			m.loseChain(s, int32(id), p)
		}
	}
	for _, t := range s.macro {
		if t.kind == callback && !m.waitedFor(s, t) || t.kind == timer && m.startsWork(t) {
			s.lose(lost{at: t.at, work: t.start().Work, lostFlags: lostFlags{pending: true}})
		}
	}
}

// waitedFor tells whether a callback settles a promise for which the handler waits, or waited together with others until
// one of them failed.
func (m *machine) waitedFor(s *state, t task) bool {
	f := m.start0(t)
	if f == nil || f.effects&settles == 0 {
		return false
	}
	if s.several || m.outrun(s, f) {
		return true
	}
	for id, p := range s.proms {
		if p == nil || p.origin != deferred || p.status != pending || !p.used {
			continue
		}
		c := chain{s: s, seen: map[int32]bool{}}
		c.follow(int32(id))
		gone := func(root int32) bool { return root == int32(id) || s.proms[root].excused } // who waited has gone on
		if c.alive || slices.ContainsFunc(c.roots, gone) {
			return true
		}
	}
	return false
}

// outrun tells whether a function would settle a promise that something else has rejected by now: an error event, a time limit.
// Who waited knows that the work came to nothing.
func (m *machine) outrun(s *state, f *fn) bool {
	for _, n := range f.nodes {
		for _, op := range n.b.Ops {
			if o, ok := op.(Settle); ok {
				if id := s.promiseOf(s.get(m.ix.id(o.Promise))); id >= 0 && s.proms[id].status == failed && s.proms[id].used {
					return true
				}
			}
		}
	}
	return false
}

// startsWork tells whether a timer's function begins something that matters to others.
func (m *machine) startsWork(t task) bool {
	f := m.start0(t)
	return f != nil && f.effects&starts != 0
}

// loseChain follows who waits for a pending work. It is lost if nothing that the handler waits for is among them.
func (m *machine) loseChain(s *state, id int32, base *promise) {
	c := chain{s: s, seen: map[int32]bool{}}
	c.follow(id)
	if c.alive {
		return
	}
	for _, root := range c.roots {
		r := s.proms[root]
		if r.excused {
			continue
		}
		flags := lostFlags{pending: true, handled: c.rescued || r.rescued, answers: r.answers}
		switch r.origin {
		case asyncFunc:
			flags.dropped = r.dropped && !r.used
			s.lose(lost{at: r.shownAt(), work: m.callWork(r, base.work), inner: base.work, lostFlags: flags})
		case baseWork:
			flags.dropped = r.dropped && !r.used
			s.lose(lost{at: r.shownAt(), work: base.work, lostFlags: flags})
		case internal, deferred:
			s.lose(lost{at: base.at, work: base.work, lostFlags: flags})
		default:
			flags.dropped = r.dropped && !r.used
			s.lose(lost{at: r.shownAt(), work: base.work, lostFlags: flags})
		}
	}
}

// callWork describes a call of the project's own async function as work.
func (m *machine) callWork(p *promise, inner *Work) *Work {
	w := m.works[p.at]
	if w == nil {
		w = &Work{Kind: PromiseWork, Name: p.at.site().Text + "()", Sure: true}
		m.works[p.at] = w
	}
	w.CanFail = w.CanFail || inner != nil && inner.CanFail
	return w
}

// discard judges a promise that nothing refers to any more, or that is left at the end of the path.
func (m *machine) discard(s *state, p *promise) {
	if p.origin != baseWork && p.origin != asyncFunc || p.escaped {
		return
	}
	l := lost{at: p.shownAt(), work: p.work, lostFlags: lostFlags{failed: p.status == failed, late: p.late, answers: p.answers}}
	if p.origin == asyncFunc {
		l.inner = p.inner
		l.work = m.callWork(p, p.inner)
	}
	l.dropped = !p.used
	switch {
	case l.work == nil || !l.work.Sure:
		return
	case l.dropped, p.late && p.origin == baseWork && !m.p.WaitsForWork:
		s.lose(l)
	}
}
