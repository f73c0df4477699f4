package flow

// effect is what running a function may do beyond returning a value or throwing.
type effect uint16

const (
	completes effect = 1 << iota
	settles
	escapes
	setsOuter
	starts
	waits
	raises
	promises // only promises feel it
	catches
	other

	// matters are the effects for which a listener is followed at all.
	matters = completes | settles | escapes | setsOuter | promises
)

// findEffects computes effects to a fixpoint over everything a function calls or registers.
func (ix *index) findEffects() {
	for _, f := range ix.list {
		for _, n := range f.nodes {
			for _, op := range n.b.Ops {
				f.effects |= ix.effectOf(f, op)
			}
			if _, ok := n.b.Term.(Raise); ok {
				f.effects |= raises
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for i := len(ix.list) - 1; i >= 0; i-- {
			f := ix.list[i]
			all := f.effects
			for _, u := range f.uses {
				all |= u.effects
			}
			if all != f.effects {
				f.effects = all
				changed = true
			}
		}
	}
}

func (ix *index) effectOf(f *fn, op Op) effect {
	switch o := op.(type) {
	case Complete:
		return completes
	case Settle:
		return settles
	case Escape:
		if o.What == PromiseEscapes {
			return promises
		}
		return escapes
	case Set:
		return ix.outer(f, o.To)
	case Record:
		return ix.outer(f, o.To)
	case Read:
		return ix.outer(f, o.To)
	case Append:
		return ix.outer(f, o.To) | promises
	case Start:
		return starts
	case Wait:
		if o.Maybe != nil {
			return waits | starts
		}
		return waits
	case Drop:
		return promises
	case Caught:
		return catches
	case Continue, Combine, Defer, Cancel, Note:
		return other
	case MayThrow:
		if !o.Weak || o.Always {
			return raises
		}
	case Call:
		for _, callee := range o.Funcs {
			if callee.Async || callee.Generator {
				return other
			}
		}
	}
	return 0
}

func (ix *index) outer(f *fn, v *Var) effect {
	if id := ix.id(v); id >= 0 && ix.owner[id] != f && ix.home[id] != f {
		return setsOuter
	}
	return 0
}

// alwaysCallsItself finds a function without a path that leaves it before it calls itself.
func alwaysCallsItself(f *fn) bool {
	if f.entry == nil {
		return false
	}
	seen := map[*node]bool{f.entry: true}
	work := []*node{f.entry}
	calls := false
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		self, throws := selfCall(f, n)
		if throws {
			return false
		}
		if self {
			calls = true
			continue
		}
		switch n.b.Term.(type) {
		case Return, Raise, Stop, nil:
			return false
		}
		for _, to := range n.succ {
			if !seen[to] {
				seen[to] = true
				work = append(work, to)
			}
		}
	}
	return calls
}

// selfCall tells whether a block calls its own function, or may throw before it does.
func selfCall(f *fn, n *node) (self, throws bool) {
	for _, op := range n.b.Ops {
		switch o := op.(type) {
		case Call:
			if len(o.Funcs) == 1 && o.Funcs[0] == f.f {
				return true, false
			}
		case MayThrow:
			if !o.Weak || o.Always {
				return false, true
			}
		case Wait:
			if o.Maybe != nil && o.Maybe.CanFail {
				return false, true
			}
		}
	}
	return false, false
}
