package flow

// exit stands for the end of a function.
var exit = &node{}

// meetingPoints gives for each block the nearest one that every way from it to the end of the function comes through:
// exit, if they meet only there. A block without such a way has none.
//
// It is the immediate postdominator, by the algorithm of Cooper, Harvey and Kennedy.
func (f *fn) meetingPoints() map[*node]*node {
	into := map[*node][]*node{}
	for _, n := range f.nodes {
		next := after(n)
		for _, to := range next {
			into[to] = append(into[to], n)
		}
		if len(next) == 0 {
			into[exit] = append(into[exit], n)
		}
	}
	order, number := backwards(into)
	meets := map[*node]*node{exit: exit}
	for changed := true; changed; {
		changed = false
		for i := len(order) - 2; i >= 0; i-- { // the last is exit
			n := order[i]
			var best *node
			for _, to := range afterOrExit(n) {
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

func after(n *node) []*node {
	if n.catch == nil {
		return n.succ
	}
	return append(n.succ[:len(n.succ):len(n.succ)], n.catch)
}

func afterOrExit(n *node) []*node {
	if next := after(n); len(next) > 0 {
		return next
	}
	return []*node{exit}
}

// backwards lists the blocks from which the end can be reached, in postorder from there, and numbers them.
func backwards(into map[*node][]*node) (order []*node, number map[*node]int) {
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
