package flow

// A function may be active several times at once: it recurses, or it is async and called again before the first call
// is done. Its variables are the same ones in the graph, so what is known of them is put away in the meantime.

// putAway takes the facts about the variables that only f mentions out of a state, for a frame to keep. Those that
// closures share stay.
func (m *machine) putAway(s *state, fr *frame, f *fn) {
	fr.kept = true
	own, rest := m.split(s, f)
	s.facts = rest
	for _, x := range own {
		if fr.node.fn != f || m.ix.liveAt(fr.node, fr.op).has(x.v) {
			fr.saved = append(fr.saved, x)
		}
	}
}

func (m *machine) split(s *state, f *fn) (own, rest []fact) {
	for _, x := range s.facts {
		if m.ix.owner[x.v] == f {
			own = append(own, x)
		} else {
			rest = append(rest, x)
		}
	}
	return own, rest
}

// goOn continues a frame, with what was known when it stopped.
func (m *machine) goOn(s *state, fr *frame) {
	s.cur = *fr
	if !fr.kept {
		return
	}
	s.cur.saved, s.cur.kept = nil, false
	_, s.facts = m.split(s, fr.node.fn)
	for _, x := range fr.saved {
		s.set(x.v, x.value)
	}
}

func (m *machine) onStack(s *state, f *fn) bool {
	for fr := &s.cur; fr != nil; fr = fr.up {
		if fr.node.fn == f {
			return true
		}
	}
	return false
}
