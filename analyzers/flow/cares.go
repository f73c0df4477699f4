package flow

// caresDepth bounds how far it is followed who waits for a promise.
const caresDepth = 12

// cares tells whether it can make a difference that a promise rejects. It makes none if all that waits for it has been
// decided already, as by another input of the same Promise.all: following each such rejection would double the states
// each time.
func (m *machine) cares(s *state, id int32, depth int) bool {
	p := s.proms[id]
	if depth == 0 || id == s.handler || !p.used || !p.handled {
		return true
	}
	for i := range p.conts {
		if m.caresHow(s, &p.conts[i], depth) {
			return true
		}
	}
	return false
}

func (m *machine) caresHow(s *state, t *task, depth int) bool {
	switch t.kind {
	case input:
		return s.proms[t.target].status == pending && m.cares(s, t.target, depth-1)
	case adopt:
		return m.cares(s, t.target, depth-1)
	case resume:
		return m.frameCares(s, t.frame, depth)
	}
	return true
}

// frameCares tells whether a frame that an exception comes into does anything about it that matters, or whoever waits
// for the promise that the frame settles.
func (m *machine) frameCares(s *state, fr *frame, depth int) bool {
	for ; fr != nil; fr = fr.up {
		if c := fr.node.catch; c != nil && m.ix.effectsFrom(c)&^(raises|promises|other) != 0 {
			return true
		}
		switch fr.end {
		case endSync:
			continue
		case endAsync:
			return m.cares(s, fr.prom, depth-1)
		}
		return true
	}
	return true
}

// effectsFrom are the effects of all that may run in a function from a block on.
func (ix *index) effectsFrom(n *node) effect {
	if known, ok := ix.onward[n]; ok {
		return known
	}
	all := effect(0)
	seen := map[*node]bool{n: true}
	for work := []*node{n}; len(work) > 0; {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		for _, op := range at.b.Ops {
			all |= ix.effectOf(n.fn, op)
			for _, callee := range funcsOf(op) {
				if f := ix.funcs[callee]; f != nil {
					all |= f.effects
				}
			}
		}
		next := at.succ
		if at.catch != nil {
			next = append(next[:len(next):len(next)], at.catch)
		}
		for _, to := range next {
			if !seen[to] {
				seen[to] = true
				work = append(work, to)
			}
		}
	}
	ix.onward[n] = all
	return all
}
