package flow

import (
	"encoding/binary"
)

// finish turns a state in which nothing is left to run into an outcome.
func (m *machine) finish(s *state) {
	o := Outcome{End: s.end, Escaped: s.escaped, Returned: s.value.public(), ReturnedImplicitly: s.implicit, Last: s.last}
	o.ReturnSite = s.returnAt.site().Range
	if at, stuck := m.stuckAt(s); stuck {
		o.End, o.WaitsFor = WaitsForever, at.site()
		o.Last = o.WaitsFor.Range
		s.say(o.Last, "nothing settles this promise any more", nil)
	} else if !s.returned && len(s.comps) == 0 && !s.escaped {
		return // the path was cut short by a bound on what it starts
	}
	for _, p := range s.proms {
		if p != nil {
			m.discard(s, p)
		}
	}
	if !m.newOutcome(s, o) {
		return
	}
	steps, cut := s.trace.steps()
	o.Steps = steps
	if o.End == Finished && len(s.comps) == 0 && s.lastImplicit {
		o.Steps = append(o.Steps, Step{Range: s.last, Text: "the function ends without answering"})
	}
	for _, c := range s.comps {
		o.Completions = append(o.Completions, Completion{
			Site: c.site, How: c.how, Implicit: c.implicit, Error: c.err, Returned: c.returned, Idle: c.idle, Step: max(0, int(c.step)-cut),
			InTimer: c.inTimer, AtMS: c.clock, Waited: c.waited.site(),
		})
	}
	for _, at := range s.held {
		start := at.node.b.Ops[at.op].(Start)
		o.Held = append(o.Held, Held{Site: start.Site, Work: start.Work})
	}
	for _, l := range s.lost {
		o.Lost = append(o.Lost, Lost{
			Site: l.at.site(), Work: l.work, Inner: l.inner, Dropped: l.dropped, Handled: l.handled, Pending: l.pending,
			Failed: l.failed, AfterCompletion: l.late, Answers: l.answers,
		})
	}
	for _, u := range s.unhand {
		v := Unhandled{
			Site: u.fail.site, What: u.fail.what, Chain: u.chain.site(), Via: u.fail.site, Sync: u.sync, Dropped: u.dropped,
			AfterCompletion: u.late,
		}
		if u.via.node != nil {
			v.Via = u.via.site()
		}
		o.Unhandled = append(o.Unhandled, v)
	}
	for _, u := range s.unhand {
		if u.fail.again.node != nil {
			m.supposed[len(m.result.Outcomes)] = u.fail.again
		}
	}
	m.result.Outcomes = append(m.result.Outcomes, o)
}

// stuckAt finds a promise that somebody waits for and that nothing can settle any more.
func (m *machine) stuckAt(s *state) (place, bool) {
	if s.dead || s.returned && len(s.comps) > 0 {
		return place{}, false
	}
	for id, p := range s.proms {
		if p == nil || p.status != pending || p.escaped {
			continue
		}
		if len(p.conts) == 0 && int32(id) != s.handler || m.overtaken(s, p) {
			continue
		}
		if p.origin == deferred && !p.locked || p.origin == combined && len(p.inputs) == 0 {
			return p.at, true
		}
	}
	return place{}, false
}

// overtaken tells whether only a race waits for the promise and another one has settled: the order that this path
// supposes cannot happen.
func (m *machine) overtaken(s *state, p *promise) bool {
	for _, t := range p.conts {
		if t.kind != input || s.proms[t.target].how != Race {
			return false
		}
		settled := false
		for _, in := range s.proms[t.target].inputs {
			settled = settled || s.proms[in] != nil && s.proms[in].status != pending
		}
		if !settled {
			return false
		}
	}
	return len(p.conts) > 0
}

// newOutcome tells whether no outcome like this is known. The shortest way to it comes first.
func (m *machine) newOutcome(s *state, o Outcome) bool {
	k := []byte{byte(o.End)}
	number := func(at place) {
		id := int32(-1)
		if at.node != nil {
			id = at.node.id
		}
		k = binary.AppendVarint(binary.AppendVarint(k, int64(id)), int64(at.op))
	}
	number(s.returnAt)
	if len(s.comps) == 0 {
		number(s.caughtAt)
		k = binary.AppendVarint(k, int64(s.last.Start))
	}
	for _, c := range s.comps {
		number(c.at)
		k = binary.AppendVarint(k, span(c.clock))
	}
	k = append(k, 'U')
	for _, u := range s.unhand {
		k = binary.AppendVarint(k, int64(u.fail.id))
		number(u.chain)
		number(u.via)
	}
	k = append(k, 'H')
	for _, at := range s.held {
		number(at)
	}
	k = append(k, 'L')
	for _, l := range s.lost {
		number(l.at)
		k = append(k, l.bits())
	}
	k = append(k, boolByte(s.escaped))
	if o.End == WaitsForever {
		k = binary.AppendVarint(k, int64(o.WaitsFor.Range.Start))
	}
	if _, known := m.outcomes[string(k)]; known {
		return false
	}
	m.outcomes[string(k)] = struct{}{}
	return true
}

func (a lostFlags) bits() byte {
	return boolByte(a.dropped) | boolByte(a.handled)<<1 | boolByte(a.pending)<<2 | boolByte(a.failed)<<3 |
		boolByte(a.late)<<4 | boolByte(a.answers)<<5
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}
