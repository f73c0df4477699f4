package flow

import "slices"

// state is one configuration of the machine: what runs, what is queued and what is known. Everything it points to is
// shared with the states it was forked from and never changed in place, but for facts that it has made itself.
type state struct {
	cur   frame
	idle  bool // nothing runs: the event loop is next
	check bool // the state must be compared with the ones seen before it goes on
	dead  bool
	facts []fact // sorted by variable
	// alone means that the list of facts is this state's only, and may be changed in place.
	alone   bool
	proms   []*promise
	micro   []task
	macro   []task
	comps   []completion
	lost    []lost
	unhand  []unhandled
	handler int32 // the promise of the handler, -1 if there is none
	// returned is set when the handler has returned or its promise has settled.
	returned bool
	value    value
	returnAt place
	implicit bool
	end      End
	escaped  bool
	// several means that a promise was settled that stood for more than one: others of its place may be pending.
	several    bool
	inTimer    bool
	timerFirst bool
	// last is where the latest function ran out; lastImplicit without a return.
	last         Range
	lastImplicit bool
	// clock is the time that constant waits have taken, in ms; waited is where the longest of them began. Paths that
	// differ in nothing else, and in the time not much, are one.
	clock  int
	waited place
	slept  int
	held   []place
	// caughtAt is the catch block or rejection handler that the path has just come through, as long as nothing has
	// answered and nothing else was begun.
	caughtAt place
	// via is where an exception left the handler's own function.
	via   place
	trace *trace
	// number is the key's at the latest comparison, if the state has met one.
	number int32
	met    bool
	// swept is how many facts and promises were left when what cannot matter any more was last forgotten.
	swept int
	// cost is the number of steps, and more for what is only supposed: cheap paths go first and explain an outcome.
	cost int
}

// frame is a running or suspended function.
type frame struct {
	node *node
	op   int32
	end  endKind
	// prom is what the frame settles when it ends, -1 for nothing.
	prom int32
	// pass is the promise whose outcome a finally handler passes on.
	pass   int32
	result int32 // the caller's variable
	fresh  bool  // the result is an object whatever is returned
	caught *failure
	// examined means that the program looks at what was caught: it is in a catch block, not in a finally.
	examined bool
	// saved are the facts about the variables of this activation, while others may use the same variables.
	saved []fact
	kept  bool
	depth int32
	up    *frame
}

// endKind is what the end of a frame means.
type endKind uint8

const (
	endSync    endKind = iota // the caller goes on with the value
	endAsync                  // its promise settles
	endHandler                // the handler has returned
	endFinally                // the promise settles as the one before it
	endTask                   // nobody takes the value
	endSummary                // it is one of the results of a summary
)

// failure is an exception or the reason of a rejection.
type failure struct {
	site Site
	what string
	weak bool
	id   int32
	at   place
	// again is where a catch block throws on an error that is only supposed.
	again place
	// lacks is a property that the error may lack.
	lacks string
}

type fact struct {
	v int32
	value
}

type completion struct {
	at       place
	site     Site
	how      string
	implicit bool
	err      bool
	returned bool
	idle     bool
	inTimer  bool
	step     int32
	clock    int
	waited   place
}

// fork copies a state.
func (s *state) fork() *state {
	s.alone = false
	c := *s
	c.proms = slices.Clone(s.proms)
	return &c
}

// get is what is known of a variable.
func (s *state) get(v int32) value {
	if i, ok := s.find(v); ok {
		return s.facts[i].value
	}
	return unknown
}

func (s *state) find(v int32) (int, bool) {
	return slices.BinarySearchFunc(s.facts, v, func(f fact, v int32) int { return int(f.v) - int(v) })
}

// set records what is known of a variable; nothing, if the value is unknown.
func (s *state) set(v int32, val value) {
	if v < 0 {
		return
	}
	i, ok := s.find(v)
	switch {
	case val.isUnknown() && !ok:
		return
	case !s.alone:
		s.facts, s.alone = append(make([]fact, 0, len(s.facts)+roomForFacts), s.facts...), true
	}
	switch {
	case val.isUnknown():
		s.facts = slices.Delete(s.facts, i, i+1)
	case ok:
		s.facts[i].value = val
	default:
		s.facts = slices.Insert(s.facts, i, fact{v, val})
	}
}

// roomForFacts is for what a state is likely to learn before it is forked.
const roomForFacts = 4

// push adds to a list that may be shared.
func push[T any](list []T, x T) []T {
	return append(list[:len(list):len(list)], x)
}
