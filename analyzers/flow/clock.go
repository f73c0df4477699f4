package flow

import (
	wide "math/bits"
	"slices"
)

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

// answeredAt is when the caller was answered, or what time it is as long as nobody did.
func (s *state) answeredAt() int {
	if len(s.comps) > 0 {
		return s.comps[0].clock
	}
	return s.clock
}

// span is how long something takes, roughly: paths whose times are of one span are one. A loop that waits is gone through once more for
// each span that it comes to, and a round of it seldom comes to more than two.
func span(ms int) int64 { return int64(wide.Len(uint(max(ms, 0) / spanMS))) }

// spanMS is the shortest time, in ms, that keeps paths apart.
const spanMS = 4000

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
