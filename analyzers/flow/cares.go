package flow

import "slices"

// caresDepth bounds how far it is followed who waits for a promise.
const caresDepth = 12

// cares tells whether it can make a difference that a promise settles in one way: rejects, if fails is true. It makes none
// if all that waits for it has been decided already, as by another input of the same Promise.all: following each such
// rejection would double the states each time.
func (m *machine) cares(s *state, id int32, fails bool, depth int) bool {
	p := s.proms[id]
	if depth == 0 || id == s.handler || !p.used || !p.handled {
		return true
	}
	for i := range p.conts {
		if m.caresHow(s, &p.conts[i], fails, depth) {
			return true
		}
	}
	return false
}

func (m *machine) caresHow(s *state, t *task, fails bool, depth int) bool {
	switch t.kind {
	case input:
		return s.proms[t.target].status == pending && m.caresEither(s, t.target, depth-1)
	case adopt:
		return m.cares(s, t.target, fails, depth-1)
	case resume:
		return m.frameCares(s, t.frame, fails, depth)
	}
	return true
}

func (m *machine) caresEither(s *state, id int32, depth int) bool {
	return m.cares(s, id, true, depth) || m.cares(s, id, false, depth)
}

// frameCares tells whether a frame that goes on, or that an exception comes into, does anything that matters, or
// whoever waits for the promise that the frame settles.
func (m *machine) frameCares(s *state, fr *frame, fails bool, depth int) bool {
	for first := true; fr != nil; fr, first = fr.up, false {
		does := effect(0)
		if !fails || !first {
			does = m.ix.effectsBehind(fr.node, fr.op)
		}
		if fr.node.catch != nil && (fails || !first) {
			does |= m.ix.effectsFrom(fr.node.catch)
		}
		if does&^(raises|promises|catches|other|waits) != 0 {
			return true
		}
		switch fr.end {
		case endSync:
			continue
		case endAsync:
			return m.caresEither(s, fr.prom, depth-1)
		}
		return true
	}
	return true
}

// dropUnnoticed forgets the work that is still under way when the caller has been answered, if nobody will notice how it
// ends.
func (m *machine) dropUnnoticed(s *state) {
	s.macro = slices.DeleteFunc(slices.Clone(s.macro), func(t task) bool {
		return t.kind == work && !m.caresEither(s, t.prom, caresDepth)
	})
}

// effectsBehind are the effects of all that may run in a function from an operation on.
func (ix *index) effectsBehind(n *node, op int32) effect {
	all := effect(0)
	for _, o := range n.b.Ops[op:] {
		all |= ix.effectsOf(n.fn, o)
	}
	for _, to := range after(n) {
		all |= ix.effectsFrom(to)
	}
	return all
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
			all |= ix.effectsOf(n.fn, op)
		}
		for _, to := range after(at) {
			if !seen[to] {
				seen[to] = true
				work = append(work, to)
			}
		}
	}
	ix.onward[n] = all
	return all
}

// effectsOf are the effects of an operation and of the functions that it calls or registers.
func (ix *index) effectsOf(f *fn, op Op) effect {
	all := ix.effectOf(f, op)
	for _, callee := range funcsOf(op) {
		if g := ix.funcs[callee]; g != nil {
			all |= g.effects
		}
	}
	return all
}
