package flow

// relevance says which decisions can change what a handler does, and which variables they look at. What only chooses
// between values that nothing asks for, or between ways that meet again without having done anything, need not be
// remembered: it would multiply the states by all its combinations.
type relevance struct {
	ix *index
	// vars are relevant variables, results the functions whose result is asked for.
	vars    []bool
	results map[*fn]bool
	// idle are branches that make no difference, so far.
	idle map[*node]bool
	// bySet are the idle branches between whose ways a variable is set, byReturn those in a function that returns there.
	bySet    map[int32][]*node
	byReturn map[*fn][]*node
	// from are the variables that a variable gets its value from, called the functions.
	from   map[int32][]int32
	called map[int32][]*fn
	work   []int32
}

// findRelevant tells which variables matter for their values.
func (ix *index) findRelevant() {
	r := &relevance{
		ix: ix, vars: make([]bool, len(ix.owner)), results: map[*fn]bool{}, idle: map[*node]bool{},
		bySet: map[int32][]*node{}, byReturn: map[*fn][]*node{}, from: map[int32][]int32{}, called: map[int32][]*fn{},
	}
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
	if f == nil || r.results[f] {
		return
	}
	r.results[f] = true
	for _, n := range f.nodes {
		if t, ok := n.b.Term.(Return); ok {
			r.asks(r.ix.id(t.Value.Var))
		}
	}
	for _, n := range r.byReturn[f] {
		r.decides(n)
	}
}

// decides makes a branch relevant.
func (r *relevance) decides(n *node) {
	delete(r.idle, n)
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
		for i, a := range args {
			if u := r.ix.id(a.Var); u >= 0 && i < len(f.params) {
				r.from[f.params[i]] = append(r.from[f.params[i]], u)
			}
		}
	}
}

// branches finds the decisions of a function that make a difference by themselves.
func (r *relevance) branches(f *fn) {
	if f.entry == nil {
		return
	}
	meets := f.meetingPoints()
	for _, n := range f.nodes {
		if _, ok := n.b.Term.(Branch); !ok {
			continue
		}
		between := r.between(n, meets[n])
		if between == nil {
			r.decides(n)
			continue
		}
		r.idle[n] = true
		for _, v := range between.sets {
			if r.vars[v] {
				r.decides(n)
			}
			r.bySet[v] = append(r.bySet[v], n)
		}
		if between.returns {
			if r.results[f] {
				r.decides(n)
			}
			r.byReturn[f] = append(r.byReturn[f], n)
		}
	}
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
func (r *relevance) between(n *node, meet *node) *region {
	if meet == nil {
		return nil
	}
	found := &region{}
	seen := map[*node]bool{}
	work := append([]*node(nil), n.succ...)
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		if at == meet || seen[at] {
			continue
		}
		seen[at] = true
		if len(seen) > largestRegion || !r.harmless(at, found) {
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
