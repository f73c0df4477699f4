package flow

import "slices"

// relevance says which decisions can change what a handler does, and which variables they look at. What only chooses
// between values that nothing asks for, or between ways that meet again without having done anything, need not be
// remembered: it would multiply the states by all its combinations.
type relevance struct {
	ix *index
	// vars says by variable what is relevant.
	vars []bool
	// bySet are the idle branches between whose ways a variable is set.
	bySet [][]*node
	// from are the variables that a variable gets its value from, called the functions.
	from   [][]int32
	called [][]*fn
	work   []int32
	// question is the number of the latest look between the ways of a branch.
	question int32
}

// findRelevant tells which variables matter for their values.
func (ix *index) findRelevant() {
	n := len(ix.owner)
	r := &relevance{ix: ix, vars: make([]bool, n), bySet: make([][]*node, n), from: make([][]int32, n), called: make([][]*fn, n)}
	ix.rel = r
	for _, f := range ix.list {
		r.flows(f)
	}
	for _, f := range ix.list {
		r.branches(f)
	}
	for i, f := range ix.list {
		if i == 0 || f.f.Async || f.f.Generator || f.registered {
			r.asksResult(f)
		}
	}
	for len(r.work) > 0 {
		v := r.work[len(r.work)-1]
		r.work = r.work[:len(r.work)-1]
		for _, u := range r.from[v] {
			r.asks(u)
		}
		for _, f := range r.called[v] {
			r.asksResult(f)
		}
		for _, n := range r.bySet[v] {
			r.decides(n)
		}
	}
}

// asks makes a variable relevant.
func (r *relevance) asks(v int32) {
	if v >= 0 && !r.vars[v] {
		r.vars[v] = true
		r.work = append(r.work, v)
	}
}

func (r *relevance) asksResult(f *fn) {
	if f == nil || f.resultMatters {
		return
	}
	f.resultMatters = true
	for _, n := range f.nodes {
		if t, ok := n.b.Term.(Return); ok {
			r.asks(r.ix.id(t.Value.Var))
		}
	}
	for _, n := range f.returning {
		r.decides(n)
	}
}

// decides makes a branch relevant.
func (r *relevance) decides(n *node) {
	n.idle = false
	if t, ok := n.b.Term.(Branch); ok {
		r.asks(r.ix.id(t.Cond.Of.Var))
	}
}

// flows notes where values come from, and what is asked for in any case.
func (r *relevance) flows(f *fn) {
	for _, n := range f.nodes {
		for _, op := range n.b.Ops {
			switch o := op.(type) {
			case Set:
				r.derives(o.To, o.From)
			case Record:
				for _, p := range o.Of {
					if r.ix.remembers(f, p) {
						r.derives(o.To, p.Value)
					}
				}
			case Read:
				r.derives(o.To, o.Of)
			case Call:
				r.calls(o.Funcs, o.Args)
				if v := r.ix.id(o.Result); v >= 0 {
					for _, callee := range o.Funcs {
						r.called[v] = append(r.called[v], r.ix.funcs[callee])
					}
				}
			case Start:
				for _, args := range o.Args {
					r.calls(o.Then, args)
				}
			case Append, Escape, Drop, Continue, Defer:
			default:
				eachVar(op, func(v *Var) { r.asks(r.ix.id(v)) })
			}
			if _, isCall := op.(Call); !isCall {
				for _, callee := range funcsOf(op) {
					if g := r.ix.funcs[callee]; g != nil {
						g.registered = true
					}
				}
			}
		}
	}
}

func (r *relevance) derives(to *Var, from Operand) {
	if v, u := r.ix.id(to), r.ix.id(from.Var); v >= 0 && u >= 0 {
		r.from[v] = append(r.from[v], u)
	}
}

// calls notes that parameters get their values from arguments.
func (r *relevance) calls(funcs []*Func, args []Operand) {
	for _, callee := range funcs {
		f := r.ix.funcs[callee]
		if f == nil {
			continue
		}
		for i, a := range args[:min(len(args), len(f.params))] {
			if v, u := f.params[i], r.ix.id(a.Var); v >= 0 && u >= 0 {
				r.from[v] = append(r.from[v], u)
			}
		}
	}
}

// branches finds the decisions of a function that make a difference by themselves.
func (r *relevance) branches(f *fn) {
	if !slices.ContainsFunc(f.nodes, isBranch) {
		return
	}
	f.findMeetingPoints()
	for _, n := range f.nodes {
		if !isBranch(n) {
			continue
		}
		between := r.between(n)
		if between == nil {
			r.decides(n)
			continue
		}
		n.idle = true
		for _, v := range between.sets {
			if r.vars[v] {
				r.decides(n)
			}
			r.bySet[v] = append(r.bySet[v], n)
		}
		if between.returns {
			if f.resultMatters {
				r.decides(n)
			}
			f.returning = append(f.returning, n)
		}
	}
}

func isBranch(n *node) bool {
	_, ok := n.b.Term.(Branch)
	return ok
}

// region is what lies between a branch and the block where its ways meet again.
type region struct {
	sets    []int32
	returns bool
}

func (g *region) set(v int32) {
	if v >= 0 {
		g.sets = append(g.sets, v)
	}
}

// largestRegion is how many blocks are looked at before a branch is taken to make a difference.
const largestRegion = 300

// between looks at the ways from a branch to where they meet. It is nil if something happens there that matters.
func (r *relevance) between(n *node) *region {
	if n.meet == nil {
		return nil
	}
	r.question++
	found, seen := &region{}, 0
	work := append([]*node(nil), n.succ...)
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		if at == n.meet || at.asked == r.question {
			continue
		}
		at.asked = r.question
		if seen++; seen > largestRegion || !r.harmless(at, found) {
			return nil
		}
		work = append(work, at.succ...)
	}
	return found
}

// harmless tells whether a block does nothing but set variables or return.
func (r *relevance) harmless(n *node, into *region) bool {
	if l := n.b.Loop; n.catch != nil || l != nil && (l.Endless || l.Unchanged || l.Receding != "" || l.Polls || l.Retries) {
		return false
	}
	for _, op := range n.b.Ops {
		switch o := op.(type) {
		case Set:
			into.set(r.ix.id(o.To))
			continue
		case Record:
			into.set(r.ix.id(o.To))
			continue
		case Read:
			into.set(r.ix.id(o.To))
			continue
		case Call:
			into.set(r.ix.id(o.Result))
			for _, callee := range o.Funcs {
				g := r.ix.funcs[callee]
				if g == nil || g.entry == nil || g.f.Async || g.f.Generator || g.effects&^(promises|catches) != 0 {
					return false
				}
			}
			continue
		case Note:
			continue
		}
		if r.ix.effectOf(n.fn, op)&^(promises|catches) != 0 {
			return false
		}
	}
	switch n.b.Term.(type) {
	case Jump, Branch, Choose:
		return true
	case Return:
		into.returns = true
		return true
	}
	return false
}
