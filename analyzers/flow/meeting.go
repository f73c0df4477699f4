package flow

// findMeetingPoints notes for each block the nearest one that every way from it to the end of the function comes through:
// a block of no function, if they meet only at the end. A block without such a way has none.
//
// It is the immediate postdominator, by the algorithm of Cooper, Harvey and Kennedy.
func (f *fn) findMeetingPoints() {
	exit := &node{}
	exit.meet = exit
	for _, n := range f.nodes {
		for _, to := range afterOr(n, exit) {
			to.into = append(to.into, n)
		}
	}
	order := backwards(exit, len(f.nodes)+1)
	for changed := true; changed; {
		changed = false
		for i := len(order) - 2; i >= 0; i-- { // the last is exit
			n := order[i]
			var best *node
			for _, to := range afterOr(n, exit) {
				switch {
				case to.meet == nil:
				case best == nil:
					best = to
				default:
					best = common(best, to)
				}
			}
			if n.meet != best {
				n.meet = best
				changed = true
			}
		}
	}
}

// after are the blocks that a block leads to, the catch block included.
func after(n *node) []*node {
	if n.catch == nil {
		return n.succ
	}
	return append(n.succ[:len(n.succ):len(n.succ)], n.catch)
}

func afterOr(n, exit *node) []*node {
	if next := after(n); len(next) > 0 {
		return next
	}
	return []*node{exit}
}

// backwards lists the blocks from which the end can be reached, in postorder from there, and numbers them from 1.
func backwards(exit *node, most int) []*node {
	type visit struct {
		n    *node
		next int
	}
	order := make([]*node, 0, most)
	stack := []visit{{n: exit}}
	exit.back = -1
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(top.n.into) {
			order = append(order, top.n)
			top.n.back = int32(len(order))
			stack = stack[:len(stack)-1]
			continue
		}
		to := top.n.into[top.next]
		top.next++
		if to.back == 0 {
			to.back = -1 // on its way
			stack = append(stack, visit{n: to})
		}
	}
	return order
}

// common is the nearest block that comes after both.
func common(a, b *node) *node {
	for a != b {
		for a.back < b.back {
			a = a.meet
		}
		for b.back < a.back {
			b = b.meet
		}
	}
	return a
}
