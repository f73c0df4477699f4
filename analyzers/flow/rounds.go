package flow

// course is how the states that were compared lead to one another, by the numbers of their keys. A loop goes on for
// ever only if what is known comes back: one that a flag lets go round once more does not.
type course struct {
	steps  [][2]int32 // from, to
	heads  map[*Loop][]int32
	capped bool
}

// note records that a state has come from one comparison to the next.
func (c *course) note(s *state, number int32) {
	if s.met {
		c.steps = append(c.steps, [2]int32{s.number, number})
	}
	s.met, s.number = true, number
	if s.idle || s.cur.op > 0 {
		return
	}
	if l := s.cur.node.b.Loop; l != nil {
		c.heads[l] = append(c.heads[l], number)
	}
}

// Repeats tells whether a way through the loop leads to where it began, with nothing changed that is known: then it may
// go round for ever. If a bound was hit, that cannot be told, and it is taken to.
func (r LoopReached) Repeats() bool {
	if r.course.capped {
		return true
	}
	next := map[int32][]int32{}
	for _, s := range r.course.steps {
		next[s[0]] = append(next[s[0]], s[1])
	}
	for _, head := range r.course.heads[r.Loop] {
		if returns(next, head) {
			return true
		}
	}
	return false
}

// returns tells whether some way leads from a state back to it.
func returns(next map[int32][]int32, to int32) bool {
	seen := map[int32]bool{}
	work := []int32{to}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		for _, n := range next[at] {
			if n == to {
				return true
			}
			if !seen[n] {
				seen[n] = true
				work = append(work, n)
			}
		}
	}
	return false
}
