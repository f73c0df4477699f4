package flow

// combine makes one promise of several.
func (m *machine) combine(s *state, at place, o Combine) {
	var inputs []int32
	for _, in := range o.Inputs {
		for _, id := range m.eval(s, in).ids {
			if s.proms[id] != nil && s.proms[id].origin != handle {
				inputs = append(inputs, id)
			}
		}
	}
	if old, twice := s.again(at, combined, 2); twice {
		s.set(m.ix.id(o.Result), promiseValue(old))
		return
	}
	id := s.alloc(promise{origin: combined, at: at, inputs: inputs, how: o.How, winner: -1})
	s.set(m.ix.id(o.Result), promiseValue(id))
	if len(inputs) == 0 {
		// Any of nothing rejects, but that a list may be empty is no reason to accuse who wrote it.
		if o.How != Race || !m.knownList(s, o.Inputs) {
			m.settle(s, id, fulfilled, value{kind: Object}, nil)
		}
		return
	}
	for _, in := range inputs {
		m.follow(s, in, task{kind: input, target: id})
	}
	if o.How == Race && s.proms[id].status == pending {
		m.forkWinners(s, id)
	}
}

// knownList tells whether all inputs are lists or promises that the solver knows.
func (m *machine) knownList(s *state, in []Operand) bool {
	for _, o := range in {
		if m.eval(s, o).kind == Unknown {
			return false
		}
	}
	return true
}

// forkWinners makes one state for each input that may settle first.
func (m *machine) forkWinners(s *state, id int32) {
	inputs := s.proms[id].inputs
	for _, in := range inputs[1:] {
		c := s.fork()
		c.mut(id).winner = in
		m.push(c)
	}
	s.mut(id).winner = inputs[0]
}

// combineInput is called when an input has settled.
func (m *machine) combineInput(s *state, id, in int32) {
	p, q := s.proms[id], s.proms[in]
	if p.status != pending {
		return
	}
	left, bad := 0, 0
	for _, i := range p.inputs {
		switch s.proms[i].status {
		case pending:
			left++
		case failed:
			bad++
		}
	}
	switch p.how {
	case All:
		if q.status == failed {
			m.settle(s, id, failed, unknown, q.fail)
		} else if left == 0 && bad == 0 {
			m.settle(s, id, fulfilled, value{kind: Object}, nil)
		}
	case AllSettled:
		if left == 0 {
			m.settle(s, id, fulfilled, value{kind: Object}, nil)
		}
	case Race:
		if p.winner < 0 || p.winner == in {
			m.settle(s, id, q.status, q.val, q.fail)
		}
	case Any:
		if q.status == fulfilled || left == 0 {
			m.settle(s, id, q.status, q.val, q.fail)
		}
	}
}
