package flow

// meetingPoints gives for each block the nearest one that every way from it to the end of the function comes through:
// a block of no function, if they meet only at the end. A block without such a way has none.
//
// It is the immediate postdominator, by the algorithm of Cooper, Harvey and Kennedy.
func (f *fn) meetingPoints() map[*node]*node {
	exit := &node{}
	into := map[*node][]*node{}
	for _, n := range f.nodes {
		for _, to := range afterOr(n, exit) {
			into[to] = append(into[to], n)
		}
	}
	order, number := backwards(into, exit)
	meets := map[*node]*node{exit: exit}
	for changed := true; changed; {
		changed = false
		for i := len(order) - 2; i >= 0; i-- { // the last is exit
			n := order[i]
			var best *node
			for _, to := range afterOr(n, exit) {
				if meets[to] == nil {
					continue
				}
				if best == nil {
					best = to
					continue
				}
				best = common(best, to, meets, number)
			}
			if meets[n] != best {
				meets[n] = best
				changed = true
			}
		}
	}
	return meets
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

// backwards lists the blocks from which the end can be reached, in postorder from there, and numbers them.
func backwards(into map[*node][]*node, exit *node) (order []*node, number map[*node]int) {
	number = map[*node]int{}
	type visit struct {
		n    *node
		next int
	}
	seen := map[*node]bool{exit: true}
	stack := []visit{{n: exit}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(into[top.n]) {
			number[top.n] = len(order)
			order = append(order, top.n)
			stack = stack[:len(stack)-1]
			continue
		}
		to := into[top.n][top.next]
		top.next++
		if !seen[to] {
			seen[to] = true
			stack = append(stack, visit{n: to})
		}
	}
	return order, number
}

// common is the nearest block that comes after both.
func common(a, b *node, meets map[*node]*node, number map[*node]int) *node {
	for a != b {
		for number[a] < number[b] {
			a = meets[a]
		}
		for number[b] < number[a] {
			b = meets[b]
		}
	}
	return a
}
