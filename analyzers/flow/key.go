package flow

import "encoding/binary"

// keyWriter encodes a state so that equal futures have equal keys: facts that nothing reads are left out, promises
// that nothing refers to are judged and forgotten, and the others are numbered in the order in which they are found.
type keyWriter struct {
	buf   []byte
	live  bits
	canon []int32
	order []int32
}

func (k *keyWriter) write(m *machine, s *state) []byte {
	k.buf = k.buf[:0]
	k.order = k.order[:0]
	k.canon = k.canon[:0]
	for range s.proms {
		k.canon = append(k.canon, -1)
	}
	k.forget(m, s)
	k.id(s.handler)
	if !s.idle {
		k.frame(&s.cur)
	}
	k.int(-1)
	k.tasks(s.micro)
	k.tasks(s.macro)
	k.facts(s.facts)
	k.flags(s)
	k.int(span(s.answeredAt()))
	k.promises(s)
	for i, p := range s.proms {
		if p != nil && k.canon[i] < 0 {
			m.discard(s, p)
			s.proms[i] = nil
		}
	}
	k.records(s)
	return k.buf
}

func (k *keyWriter) int(i int64) {
	if 0 <= i && i < 64 { // most are: what AppendVarint makes of them
		k.buf = append(k.buf, byte(i<<1))
		return
	}
	k.buf = binary.AppendVarint(k.buf, i)
}

func (k *keyWriter) bools(list ...bool) {
	b := int64(0)
	for _, x := range list {
		b = b<<1 | int64(boolByte(x))
	}
	k.int(b)
}

// id encodes a promise and remembers it for its own turn.
func (k *keyWriter) id(id int32) {
	if id < 0 {
		k.int(-1)
		return
	}
	if k.canon[id] < 0 {
		k.canon[id] = int32(len(k.order))
		k.order = append(k.order, id)
	}
	k.int(int64(k.canon[id]))
}

func (k *keyWriter) place(at place) {
	if at.node == nil {
		k.int(-1)
	} else {
		k.int(int64(at.node.id))
	}
	k.int(int64(at.op))
}

func (k *keyWriter) failure(f *failure) {
	if f == nil || f.weak {
		k.int(int64(boolByte(f != nil)))
		return
	}
	k.int(int64(f.id) + 1)
}

func (k *keyWriter) frame(f *frame) {
	for ; f != nil; f = f.up {
		k.place(place{f.node, f.op})
		k.int(int64(f.end))
		k.id(f.prom)
		if f.end == endFinally {
			k.id(f.pass)
		}
		k.int(int64(f.result))
		if f.node.rethrows {
			k.failure(f.caught)
			k.int(int64(boolByte(f.examined)))
		}
		k.facts(f.saved)
	}
	k.int(-2)
}

func (k *keyWriter) tasks(list []task) {
	k.int(int64(len(list)))
	for i := range list {
		t := &list[i]
		k.int(int64(t.kind)<<8 | int64(t.runs)<<1 | int64(boolByte(t.timed)))
		if t.kind == resume {
			k.id(t.prom)
			k.frame(t.frame)
			k.int(int64(t.result))
			continue
		}
		k.place(t.at)
		k.id(t.prom)
		switch t.kind {
		case handlers, adopt, input:
			k.id(t.target)
		case passOn:
			k.id(t.target)
			k.id(t.result)
		}
	}
}

func (k *keyWriter) value(v value) {
	k.int(int64(v.kind)<<1 | int64(boolByte(v.nonNull)))
	k.text(v.text)
	k.int(int64(len(v.not)))
	for _, t := range v.not {
		k.text(t)
	}
	k.int(int64(len(v.ids)))
	for _, id := range v.ids {
		k.id(id)
	}
}

func (k *keyWriter) facts(list []fact) {
	k.int(int64(len(list)))
	for i := range list {
		k.int(int64(list[i].v))
		k.value(list[i].value)
	}
}

func (k *keyWriter) text(s string) {
	k.int(int64(len(s)))
	k.buf = append(k.buf, s...)
}

func (k *keyWriter) flags(s *state) {
	k.bools(s.idle, s.returned, s.implicit, s.escaped, s.several, s.inTimer, s.timerFirst)
	k.int(int64(s.end))
	k.place(s.returnAt)
	if len(s.comps) == 0 {
		k.place(s.caughtAt)
		if s.returned {
			k.int(int64(s.last.Start))
		}
	}
	k.int(int64(s.value.kind))
	k.text(s.value.text)
}

// open means that a promise counts even if nothing refers to it: somebody waits for it though nothing can settle it
// any more, or it has rejected and nobody has noticed.
func (p *promise) open() bool {
	return p.status == pending && len(p.conts) > 0 || p.status == failed && !p.handled && !p.reported
}

// promises encodes what was found, and what it leads to in turn.
func (k *keyWriter) promises(s *state) {
	done := 0
	for ; done < len(k.order); done++ {
		k.promise(s.proms[k.order[done]])
	}
	for i, p := range s.proms {
		if p == nil || k.canon[i] >= 0 || !p.open() {
			continue
		}
		k.id(int32(i))
		for ; done < len(k.order); done++ {
			k.promise(s.proms[k.order[done]])
		}
	}
}

func (k *keyWriter) promise(p *promise) {
	if p == nil {
		k.int(-3)
		return
	}
	k.int(int64(p.origin)<<4 | int64(p.status))
	k.place(p.at)
	k.place(p.droppedAt)
	k.bools(p.used, p.handled, p.rescued, p.dropped, p.escaped, p.fulfils, p.several, p.reported, p.locked, p.late, p.excused, p.answers, p.inner != nil)
	k.failure(p.fail)
	if p.status == fulfilled {
		k.value(p.val)
	}
	k.tasks(p.conts)
	if p.origin == combined && p.status == pending {
		k.int(int64(len(p.inputs)))
		for _, id := range p.inputs {
			k.id(id)
		}
		k.id(p.winner)
	}
}

func (k *keyWriter) records(s *state) {
	for _, c := range s.comps {
		k.place(c.at)
		k.bools(c.implicit, c.inTimer)
	}
	k.int(-1)
	for _, at := range s.held {
		k.place(at)
	}
	k.int(-1)
	for _, l := range s.lost {
		k.place(l.at)
		k.int(int64(l.bits()))
	}
	k.int(-1)
	for _, u := range s.unhand {
		k.int(int64(u.fail.id))
		k.place(u.chain)
		k.place(u.via)
		k.bools(u.sync, u.dropped, u.late)
	}
}
