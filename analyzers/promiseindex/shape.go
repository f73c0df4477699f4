package promiseindex

// Shape is what is known of a value. The zero Shape knows nothing.
type Shape struct {
	pack *pack
	id   int
	as   role
	// given is set if an argument of the call says more; id is what holds whatever the argument is.
	given Given
}

// role is what a shape stands for, apart from its node.
type role uint8

const (
	itself    role = iota
	listening      // `emitter.on`: calling it gives the emitter
	namespace      // what `require` gives for an ES module: often its default export at run time
)

// Known reports whether anything is known: if so, a value that is no promise is certainly none.
func (s Shape) Known() bool { return s.pack != nil && s.id != unknown }

// Package is the package whose declarations describe the value, "" if nothing is known of it.
func (s Shape) Package() string {
	if s.pack == nil {
		return ""
	}
	return s.pack.name
}

// Promise reports whether the value has a `then`, so that awaiting it waits.
func (s Shape) Promise() bool { return s.node().marks&hasAwaited != 0 && s.as == itself }

// Lazy reports whether a promise is one of the package's own making, which may begin its work only when it
// is waited for, as queries of mongoose and knex do.
func (s Shape) Lazy() bool { return s.Promise() && s.node().marks&isLazy != 0 }

// MoreThanPromise reports whether a promise is good for more than waiting: it has members of its own, as the reference that
// `push()` of a Firebase database gives.
func (s Shape) MoreThanPromise() bool {
	return s.Promise() && s.node().marks&(hasMembers|isEmitter) != 0
}

// Emitter reports whether the value has listeners (`on`, `once`).
func (s Shape) Emitter() bool { return s.node().marks&isEmitter != 0 && s.as == itself }

// Awaited is the value that awaiting gives; of what is no promise it is the value itself.
func (s Shape) Awaited() Shape {
	n := s.node()
	if n.marks&hasAwaited == 0 || s.as != itself {
		return s
	}
	return s.pack.shape(n.awaited)
}

// Element is what iterating over the value gives; async tells that `for await` is needed.
func (s Shape) Element() (element Shape, async bool) {
	n := s.node()
	return s.pack.shape(n.element), n.marks&isAsyncIterable != 0
}

// Callable reports whether the declarations have the value called, by itself or with `new`.
func (s Shape) Callable() bool {
	return s.as == listening || s.node().marks&(hasCalls|hasNews) != 0
}

// Constructs reports whether the declarations have the value called with `new`.
func (s Shape) Constructs() bool {
	return s.callee(hasNews).node().marks&hasNews != 0 && s.as != listening
}

// Member gives a property; false if the declarations do not know it or nothing is worth knowing of it.
func (s Shape) Member(name string) (Shape, bool) {
	if s.pack == nil || s.as == listening {
		return Shape{}, false
	}
	if m, ok := s.pack.member(s.id, name); ok {
		return m, true
	}
	if s.as == namespace {
		if d, ok := s.pack.member(s.id, "default"); ok {
			return d.Member(name)
		}
	}
	return Shape{}, false
}

// Same reports whether both are the same shape.
func (s Shape) Same(t Shape) bool { return s == t }

func (s Shape) node() node {
	if s.pack == nil {
		return node{}
	}
	return s.pack.node(s.id)
}

// callee is the shape whose signatures count when s is called.
func (s Shape) callee(mark int) Shape {
	if s.as == namespace && s.node().marks&mark == 0 {
		if d, ok := s.pack.member(s.id, "default"); ok {
			return d
		}
	}
	return s
}

// shape is the shape of a node of p, or of another package's if the node refers to it.
func (p *pack) shape(id int) Shape {
	if p == nil || id == unknown {
		return Shape{}
	}
	if n := p.node(id); n.marks&isReference != 0 {
		if n.pkg == p.name {
			return Shape{} // no file refers to itself
		}
		return p.index.foreign(n.pkg, n.key)
	}
	if n := p.node(id); n.marks&isGiven != 0 {
		out := Shape{}
		if p.node(n.otherwise).marks&isGiven == 0 { // nodes that lead to each other come from a damaged file
			out = p.shape(n.otherwise)
		}
		out.given = n.given
		return out
	}
	return Shape{pack: p, id: id}
}

func (p *pack) member(id int, name string) (Shape, bool) {
	n := p.node(id)
	if to, ok := n.memberOf(p.find(name)); ok {
		return p.shape(to), true
	}
	if n.marks&isEmitter != 0 && listens(name) {
		return Shape{pack: p, id: id, as: listening}, true
	}
	if n.marks&hasIndex != 0 {
		return p.shape(n.index), true
	}
	return Shape{}, false
}

// listens tells the methods of emitters that give the emitter itself; files do not name them.
func listens(name string) bool {
	switch name {
	case "on", "once", "off", "addListener", "prependListener", "prependOnceListener", "removeListener", "removeAllListeners":
		return true
	}
	return false
}
