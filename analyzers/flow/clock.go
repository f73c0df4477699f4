package flow

import "slices"

// passTime lets the time pass until a task is due.
func (s *state) passTime(t task) {
	waits := t.due - s.clock
	if waits <= 0 {
		return
	}
	s.clock = t.due
	if waits > s.slept {
		s.slept, s.waited = waits, t.at
	}
}

// holdTimers remembers the timers that run when the caller is answered.
func (s *state) holdTimers() {
	for _, t := range s.macro {
		if t.kind == timer || t.kind == interval {
			s.held = push(s.held, t.at)
		}
	}
}

// reach adds an operation that a path comes to, with the shortest way there.
func (m *machine) reach(list []Reached, r Reached, s *state) []Reached {
	if slices.ContainsFunc(list, func(old Reached) bool { return old.Site.Range == r.Site.Range }) {
		return list
	}
	r.way = s.trace
	return append(list, r)
}
