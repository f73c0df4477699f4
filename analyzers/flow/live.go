package flow

import "slices"

// bits says of each variable how it matters. The first half: at all; the second half: for its value, not only for the
// promises that it may hold.
type bits []uint64

// bitWords is the length of bits for a number of variables.
func bitWords(vars int) int { return 2 * ((vars + 63) / 64) }

func (b bits) has(i int32) bool {
	return i >= 0 && int(i>>6) < len(b)/2 && b[i>>6]&(1<<(i&63)) != 0
}

// asked tells whether more than a promise in the variable matters.
func (b bits) asked(i int32) bool {
	return i >= 0 && int(i>>6) < len(b)/2 && b[len(b)/2+int(i>>6)]&(1<<(i&63)) != 0
}

func (b bits) add(i int32) {
	if i >= 0 {
		b[i>>6] |= 1 << (i & 63)
		b[len(b)/2+int(i>>6)] |= 1 << (i & 63)
	}
}

// hold says that a promise in the variable matters.
func (b bits) hold(i int32) {
	if i >= 0 {
		b[i>>6] |= 1 << (i & 63)
	}
}

func (b bits) drop(i int32) {
	if i >= 0 {
		b[i>>6] &^= 1 << (i & 63)
		b[len(b)/2+int(i>>6)] &^= 1 << (i & 63)
	}
}

func (b bits) union(o bits) {
	for i, w := range o {
		b[i] |= w
	}
}

// findLive computes which variables matter where. A fact about a variable that nothing reads any more would only
// multiply the states: it is what keeps n independent ifs from making 2^n of them.
func (ix *index) findLive() {
	words := bitWords(len(ix.owner))
	slab := make(bits, words*(len(ix.nodes)+len(ix.list)+1))
	take := func() bits {
		b := slab[:words:words]
		slab = slab[words:]
		return b
	}
	for _, n := range ix.nodes {
		n.liveIn = take()
	}
	for _, f := range ix.list {
		f.needs = take()
	}
	live := take()
	for changed := true; changed; {
		changed = false
		for i := len(ix.list) - 1; i >= 0; i-- {
			if ix.liveFunc(ix.list[i], live) {
				changed = true
			}
		}
	}
}

// liveFunc makes one function consistent with what it calls.
func (ix *index) liveFunc(f *fn, live bits) bool {
	changed := false
	for again := true; again; {
		again = false
		for _, n := range f.nodes {
			if ix.liveNode(n, live) {
				again, changed = true, true
			}
		}
	}
	if f.entry == nil || !changed {
		return false
	}
	copy(f.needs, f.entry.liveIn)
	for _, v := range f.params {
		f.needs.drop(v)
	}
	for _, v := range f.locals {
		f.needs.drop(v)
	}
	return true
}

// liveNode goes through a block from its end.
func (ix *index) liveNode(n *node, live bits) bool {
	n.liveEnd(ix, live)
	for i := len(n.b.Ops) - 1; i >= 0; i-- {
		ix.liveBefore(n, i, live)
	}
	changed := false
	for i, w := range live {
		if n.liveIn[i]|w != n.liveIn[i] {
			n.liveIn[i] |= w
			changed = true
		}
	}
	return changed
}

// liveEnd is what matters behind the last operation of a block.
func (n *node) liveEnd(ix *index, live bits) {
	clear(live)
	for _, to := range n.succ {
		live.union(to.liveIn)
	}
	if n.catch != nil {
		live.union(n.catch.liveIn)
	}
	switch t := n.b.Term.(type) {
	case Branch:
		if !n.idle {
			ix.asks(live, t.Cond.Of.Var)
		}
	case Return:
		ix.asks(live, t.Value.Var)
	}
}

// asks says that the value of a variable matters; of one that no decision depends on, only a promise in it does.
func (ix *index) asks(live bits, v *Var) {
	switch id := ix.id(v); {
	case id < 0:
	case ix.rel.vars[id]:
		live.add(id)
	default:
		live.hold(id)
	}
}

func (ix *index) liveBefore(n *node, op int, live bits) {
	ix.liveOp(n.fn, n.b.Ops[op], live)
	if n.catch != nil {
		live.union(n.catch.liveIn)
	}
}

// liveAt is what matters to a frame that goes on at an operation of a block.
func (ix *index) liveAt(n *node, op int32) bits {
	if op == 0 {
		return n.liveIn
	}
	if n.liveBehind == nil {
		n.liveBehind = make([]bits, len(n.b.Ops)+1)
		live := make(bits, len(n.liveIn))
		n.liveEnd(ix, live)
		for i := len(n.b.Ops); i > 0; i-- {
			n.liveBehind[i] = slices.Clone(live)
			ix.liveBefore(n, i-1, live)
		}
	}
	return n.liveBehind[op]
}

// liveOp turns what matters after an operation into what matters before it.
func (ix *index) liveOp(f *fn, op Op, live bits) {
	switch o := op.(type) {
	case Set:
		if to, from := ix.id(o.To), ix.id(o.From.Var); to >= 0 && live.has(to) {
			asked := live.asked(to)
			live.drop(to)
			if live.hold(from); asked {
				live.add(from)
			}
		}
		return
	case Record:
		to := ix.id(o.To)
		asked := live.asked(to)
		live.drop(to)
		for _, p := range o.Of {
			if asked && ix.remembers(f, p) {
				live.add(ix.id(p.Value.Var))
			}
		}
		return
	case Read:
		if live.asked(ix.id(o.To)) {
			live.add(ix.id(o.Of.Var))
		}
		return
	case Append:
		if live.has(ix.id(o.To)) {
			live.hold(ix.id(o.From.Var))
		}
		return
	case Call:
		live.drop(ix.id(o.Result))
		ix.liveCall(o.Funcs, o.Args, live)
		return
	case Start:
		live.drop(ix.id(o.Result))
		ix.liveCall(o.Then, nil, live)
		for _, args := range o.Args {
			ix.liveCall(o.Then, args, live)
		}
		return
	case Defer:
		live.drop(ix.id(o.Result))
		return
	case Continue:
		live.drop(ix.id(o.Result))
		live.hold(ix.id(o.Promise.Var))
		ix.liveCall(funcsOf(op), nil, live)
		return
	case Combine:
		live.drop(ix.id(o.Result))
		eachOperand(o.Inputs, func(v *Var) { ix.asks(live, v) })
		return
	case Wait:
		live.drop(ix.id(o.Result))
		ix.asks(live, o.Promise.Var)
		return
	case Escape:
		live.hold(ix.id(o.Of.Var))
		return
	case Drop:
		live.hold(ix.id(o.Of.Var))
		return
	}
	eachVar(op, func(v *Var) { ix.asks(live, v) })
}

// liveCall adds what functions need, and the arguments whose parameters they look at.
func (ix *index) liveCall(funcs []*Func, args []Operand, live bits) {
	for _, callee := range funcs {
		f := ix.funcs[callee]
		if f == nil {
			continue
		}
		live.union(f.needs)
		if f.entry == nil {
			continue
		}
		for i, a := range args {
			if i < len(f.params) {
				at := ix.id(a.Var)
				switch in := f.entry.liveIn; {
				case in.asked(f.params[i]):
					live.add(at)
				case in.has(f.params[i]):
					live.hold(at)
				}
			}
		}
	}
}
