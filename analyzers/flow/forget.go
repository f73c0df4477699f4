package flow

import "slices"

// forget drops the facts that nothing which may still run reads.
func (k *keyWriter) forget(m *machine, s *state) {
	if len(s.facts) == 0 {
		return
	}
	words := bitWords(len(m.ix.owner))
	if len(k.live) != words {
		k.live = make(bits, words)
	}
	clear(k.live)
	if !s.idle {
		k.liveFrame(m, &s.cur)
	}
	k.liveTasks(m, s.micro)
	k.liveTasks(m, s.macro)
	for _, p := range s.proms {
		if p != nil {
			k.liveTasks(m, p.conts)
		}
	}
	idle := func(f fact) bool { return !k.live.asked(f.v) && (len(f.ids) == 0 || !k.live.has(f.v)) }
	switch {
	case s.alone:
		s.facts = slices.DeleteFunc(s.facts, idle)
	case slices.ContainsFunc(s.facts, idle):
		s.facts, s.alone = slices.DeleteFunc(slices.Clone(s.facts), idle), true
	}
}

func (k *keyWriter) liveFrame(m *machine, f *frame) {
	for ; f != nil; f = f.up {
		k.live.union(m.ix.liveAt(f.node, f.op))
	}
}

func (k *keyWriter) liveTasks(m *machine, list []task) {
	for i := range list {
		t := &list[i]
		switch t.kind {
		case resume:
			k.liveFrame(m, t.frame)
		case handlers:
			for _, f := range funcsOf(t.at.node.b.Ops[t.at.op]) {
				k.liveNeeds(m, f)
			}
		case callback, timer, interval, event:
			o := t.start()
			for _, f := range o.Then {
				k.liveNeeds(m, f)
			}
			for _, args := range o.Args {
				eachOperand(args, func(v *Var) { k.addLive(m.ix.id(v)) })
			}
		}
	}
}

func (k *keyWriter) addLive(v int32) {
	if v >= 0 {
		k.live.add(v)
	}
}

func (k *keyWriter) liveNeeds(m *machine, f *Func) {
	if known := m.ix.funcs[f]; known != nil {
		k.live.union(known.needs)
	}
}
