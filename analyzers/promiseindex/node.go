package promiseindex

// The marks with which a node begins, in the order in which what they announce follows.
const (
	hasAwaited  = 1 << iota // a node: the value that awaiting gives
	hasElement              // a node: what iterating gives
	hasIndex                // a node: any member that is not named
	isReference             // two strings: the package and the name under which it is found there
	isEmitter
	isLazy
	isAsyncIterable
	hasCalls   // signatures
	hasNews    // signatures
	hasMembers // count, names (differences of their numbers), nodes
	isGiven    // an argument's number, how it says what the value is, a node for where that is not known; before the signatures
)

// node is a shape, read up to its members; those are looked up one by one.
type node struct {
	marks                   int
	awaited, element, index int
	pkg, key                string
	given                   Given
	otherwise               int
	calls, news             []signature
	members                 reader
}

// signature is one overload.
type signature struct {
	least, most     int // numbers of arguments; most is -1 if there is no limit
	result          int
	functions       []function
	timeout, signal Option
	needs           Option // a property with a certain value, without which another overload is meant
}

// function is a parameter that takes a function.
type function struct {
	at        int
	nodeStyle bool
	required  bool
	rest      bool // the arguments behind it, too
	args      []int
}

func (p *pack) node(id int) node {
	r := reader{data: p.bytesOf(id)}
	if r.data == "" {
		return node{}
	}
	n := node{marks: r.number()}
	n.awaited = r.numberIf(n.marks & hasAwaited)
	n.element = r.numberIf(n.marks & hasElement)
	n.index = r.numberIf(n.marks & hasIndex)
	if n.marks&isReference != 0 {
		n.pkg, n.key = p.text(r.number()), p.text(r.number())
	}
	if n.marks&isGiven != 0 {
		n.given, n.otherwise = Given{At: r.number(), How: how(r.number())}, r.number()
	}
	if n.marks&hasCalls != 0 {
		n.calls = p.signatures(&r)
	}
	if n.marks&hasNews != 0 {
		n.news = p.signatures(&r)
	}
	if r.failed {
		return node{}
	}
	n.members = r
	return n
}

func (r *reader) numberIf(mark int) int {
	if mark == 0 {
		return 0
	}
	return r.number()
}

func (p *pack) signatures(r *reader) []signature {
	list := make([]signature, r.count())
	for i := range list {
		s := &list[i]
		s.least, s.most, s.result = r.number(), r.number()-1, r.number()
		s.functions = make([]function, r.count())
		for j := range s.functions {
			s.functions[j] = readFunction(r)
		}
		s.timeout, s.signal, s.needs = p.option(r), p.option(r), p.option(r)
	}
	return list
}

func readFunction(r *reader) function {
	f := function{at: r.number()}
	kind := r.number()
	f.nodeStyle, f.required, f.rest = kind&1 != 0, kind&2 != 0, kind&4 != 0
	f.args = make([]int, r.count())
	for i := range f.args {
		f.args[i] = r.number()
	}
	return f
}

func (p *pack) option(r *reader) Option {
	at := r.number() - 1
	if at < 0 {
		return Option{At: -1}
	}
	return Option{At: at, Name: p.text(r.number())}
}

// memberOf finds the member with a string's number among those of n.
func (n node) memberOf(name int) (id int, ok bool) {
	if n.marks&hasMembers == 0 || name < 0 {
		return 0, false
	}
	r := n.members
	count, at, current := r.count(), -1, -1
	for i := range count {
		current += r.number() + 1
		if current == name {
			at = i
		}
	}
	if at < 0 {
		return 0, false
	}
	for range at {
		r.number()
	}
	id = r.number()
	return id, !r.failed
}
