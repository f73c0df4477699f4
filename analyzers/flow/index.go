package flow

import "slices"

// maxFuncs and maxBlocks bound what one handler may reach; what lies beyond is unknown.
const (
	maxFuncs  = 3000
	maxBlocks = 50000
	// maxCells is how many pairs of a block and a variable there may be: whether the one matters in the other is kept.
	maxCells = 64 << 20
)

// index is the graph of everything a handler reaches, numbered once before the search so that a state is small
// and its key cheap.
type index struct {
	funcs map[*Func]*fn
	list  []*fn
	vars  map[*Var]int32
	nodes []*node
	// owner tells for each variable the only function that mentions it, or nil if several do.
	owner []*fn
	// home is the function that declares a variable, nil if none does.
	home map[int32]*fn
	rel  *relevance
	// reads are the properties that a Read asks for; no other one is remembered.
	reads map[string]bool
	// onward are the effects of what follows a block, once asked for.
	onward map[*node]effect
	// cut is true if functions were left out.
	cut bool
}

// fn is a Func with what is found out about it.
type fn struct {
	f       *Func
	id      int32
	entry   *node
	nodes   []*node // in postorder
	uses    []*fn   // functions it calls or registers
	params  []int32
	locals  []int32
	needs   bits // outer variables that matter when it is called
	effects effect
	// resultMatters means that somebody asks for its result; returning are idle branches between whose ways it returns.
	resultMatters bool
	returning     []*node
	// loopsOnSelf means that no path leaves it without calling itself.
	loopsOnSelf bool
	// registered means that it is called later, by what was given it.
	registered bool
}

// node is a Block with its neighbours.
type node struct {
	b     *Block
	fn    *fn
	id    int32
	preds int
	succ  []*node
	catch *node
	// rethrows means that what was caught may be thrown again from here on, so that its origin must be remembered.
	rethrows bool
	// meet is where all ways from here meet again, as far as somebody asks; into are the blocks before, and back is the
	// number on the way there from the end of the function, from 1, if it leads there.
	meet *node
	into []*node
	back int32
	// idle means that the branch at its end makes no difference, so far; asked is the latest question in which it was met.
	idle  bool
	asked int32
	// liveIn are the variables that matter on entry; liveBehind, made when asked for, those behind each operation.
	liveIn     bits
	liveBehind []bits
}

// place is an operation (or, at the end of the list, the terminator) of the graph.
type place struct {
	node *node
	op   int32
}

func newIndex(handler *Func, depth int) *index {
	ix := &index{funcs: map[*Func]*fn{}, vars: map[*Var]int32{}, onward: map[*node]effect{}, home: map[int32]*fn{}, reads: map[string]bool{}}
	ix.addFunc(handler)
	level := 0
	for from := 0; from < len(ix.list); level++ {
		if level > depth {
			ix.cut = true
			break
		}
		to := len(ix.list)
		for _, f := range ix.list[from:to] {
			ix.expand(f)
		}
		from = to
	}
	ix.findEffects()
	ix.findRelevant()
	ix.findLive()
	return ix
}

func (ix *index) addFunc(f *Func) *fn {
	if known := ix.funcs[f]; known != nil {
		return known
	}
	if len(ix.list) >= maxFuncs || len(ix.nodes) >= maxBlocks || len(ix.nodes)*len(ix.owner) >= maxCells {
		ix.cut = true
		return nil
	}
	n := &fn{f: f, id: int32(len(ix.list))}
	ix.funcs[f] = n
	ix.list = append(ix.list, n)
	return n
}

// expand builds the body of a function and numbers what is in it.
func (ix *index) expand(f *fn) {
	if f.f.Generator || f.f.Build == nil {
		return
	}
	if f.f.entry == nil {
		f.f.entry = f.f.Build()
	}
	if f.f.entry == nil {
		return
	}
	for _, p := range f.f.Params {
		f.params = append(f.params, ix.see(p, f))
	}
	for _, p := range f.params {
		ix.home[p] = f
	}
	// Building may have added some.
	for _, l := range f.f.Locals {
		f.locals = append(f.locals, ix.see(l, f))
	}
	for _, l := range f.locals {
		ix.home[l] = f
	}
	ix.walk(f)
	for _, n := range f.nodes {
		for _, op := range n.b.Ops {
			ix.seeOp(f, op)
		}
		ix.seeTerm(f, n.b.Term)
	}
	f.findRethrows()
	f.loopsOnSelf = alwaysCallsItself(f)
}

func (f *fn) findRethrows() {
	for changed := true; changed; {
		changed = false
		for _, n := range f.nodes {
			if n.rethrows {
				continue
			}
			raise, ok := n.b.Term.(Raise)
			n.rethrows = ok && raise.Rethrow || slices.ContainsFunc(n.succ, func(to *node) bool { return to.rethrows })
			changed = changed || n.rethrows
		}
	}
}

// walk lists the blocks in postorder without recursion: a chain of blocks may be long.
func (ix *index) walk(f *fn) {
	known := map[*Block]*node{}
	add := func(b *Block) (*node, bool) {
		n, ok := known[b]
		if !ok {
			n = &node{b: b, fn: f, id: int32(len(ix.nodes))}
			known[b] = n
			ix.nodes = append(ix.nodes, n)
		}
		return n, !ok
	}
	type visit struct {
		n       *node
		targets []*Block
		next    int
	}
	f.entry, _ = add(f.f.entry)
	f.entry.preds++
	stack := []visit{{n: f.entry, targets: targetsOf(f.f.entry)}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		targets := top.targets
		if top.next == len(targets) {
			if top.n.b.Catch != nil {
				top.n.catch = known[top.n.b.Catch]
				top.n.succ = top.n.succ[:len(targets)-1]
			}
			f.nodes = append(f.nodes, top.n)
			stack = stack[:len(stack)-1]
			continue
		}
		to, fresh := add(targets[top.next])
		top.next++
		to.preds++
		if top.next == len(targets) && top.n.b.Catch != nil {
			to.preds++ // any operation may lead there
		}
		top.n.succ = append(top.n.succ, to)
		if fresh {
			stack = append(stack, visit{n: to, targets: targetsOf(to.b)})
		}
	}
}

// targetsOf lists where a block leads, the catch block last.
func targetsOf(b *Block) []*Block {
	var to []*Block
	switch t := b.Term.(type) {
	case Jump:
		to = append(to, t.To)
	case Branch:
		to = append(to, t.Then, t.Else)
	case Choose:
		to = append(to, t.To...)
	}
	if b.Catch != nil {
		to = append(to, b.Catch)
	}
	return to
}

// see numbers a variable and remembers who mentions it.
func (ix *index) see(v *Var, f *fn) int32 {
	if v == nil {
		return -1
	}
	id, ok := ix.vars[v]
	if !ok {
		id = int32(len(ix.owner))
		ix.vars[v] = id
		ix.owner = append(ix.owner, f)
	} else if ix.owner[id] != f {
		ix.owner[id] = nil
	}
	return id
}

func (ix *index) seeOp(f *fn, op Op) {
	eachVar(op, func(v *Var) { ix.see(v, f) })
	if r, ok := op.(Read); ok {
		ix.reads[r.Name] = true
	}
	for _, callee := range funcsOf(op) {
		if c := ix.addFunc(callee); c != nil {
			f.uses = append(f.uses, c)
		}
	}
}

func (ix *index) seeTerm(f *fn, term Terminator) {
	switch t := term.(type) {
	case Branch:
		ix.see(t.Cond.Of.Var, f)
	case Return:
		ix.see(t.Value.Var, f)
	}
}

// id is the number of a variable, -1 for none.
func (ix *index) id(v *Var) int32 {
	if v == nil {
		return -1
	}
	if id, ok := ix.vars[v]; ok {
		return id
	}
	return -1
}
