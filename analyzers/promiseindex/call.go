package promiseindex

import "slices"

// Argument is what is known of an argument of a call: enough to tell overloads apart. The zero Argument is not known.
type Argument struct {
	kind  argumentKind
	names []string
}

type argumentKind uint8

const (
	anyArgument argumentKind = iota
	functionArgument
	valueArgument
	objectArgument
	textArgument
)

// AnyArgument is one of which nothing is known.
func AnyArgument() Argument { return Argument{} }

// FunctionArgument is certainly a function.
func FunctionArgument() Argument { return Argument{kind: functionArgument} }

// ValueArgument is certainly no function.
func ValueArgument() Argument { return Argument{kind: valueArgument} }

// ObjectArgument is an object with exactly these properties; use ValueArgument if it may have others.
func ObjectArgument(names ...string) Argument { return Argument{objectArgument, names} }

// TextArgument is a string.
func TextArgument() Argument { return Argument{kind: textArgument} }

// noFunction reports whether the argument is certainly no function.
func (a Argument) noFunction() bool { return a.kind >= valueArgument }

// Option says where a call takes something by name: the argument's number from 0 and the property's name in it.
// At is -1 if it does not; Name is "" if the argument itself is it.
type Option struct {
	At   int
	Name string
}

// Result is what is known of a call.
type Result struct {
	// Known reports whether the declarations settle what the call gives. If they do and Promise is false, it is no promise.
	Known bool
	// Promise reports whether the call gives a promise with these arguments.
	Promise bool
	// Lazy reports whether that promise may begin its work only when it is waited for.
	Lazy bool
	// Emitter reports whether the call gives an event emitter.
	Emitter bool
	// Value is what the call gives: the promise, if it gives one.
	Value Shape
	// Callback is the number of the argument that is a node-style callback, `(err, value) => …`; -1 if there is none.
	// The call takes it over: it calls it once, with the error or the value.
	Callback int
	// Functions are the parameters of the call that take functions.
	Functions []Function
	// Timeout and Signal are where a deadline or an AbortSignal can be given.
	Timeout, Signal Option
}

// Function is a parameter that takes a function.
type Function struct {
	At        int     // the argument's number
	NodeStyle bool    // called once: (err, value) => …
	Args      []Shape // what it is called with; what is not known is left out at the end
}

func noResult() Result {
	return Result{Callback: -1, Timeout: Option{At: -1}, Signal: Option{At: -1}}
}

// Call is what calling the value with args gives.
func (s Shape) Call(args ...Argument) Result {
	if s.as == listening {
		r := noResult()
		if len(args) > 1 { // without a listener, `once` of some packages gives a promise
			r.Known, r.Emitter, r.Value = true, true, Shape{pack: s.pack, id: s.id}
		}
		return r
	}
	f := s.callee(hasCalls | hasNews)
	n := f.node()
	if len(n.calls) == 0 {
		return f.pack.result(n.news, args) // `require("stripe")(key)`: a class that goes without new, or else it throws
	}
	return f.pack.result(n.calls, args)
}

// New is what `new` with the value and args gives.
func (s Shape) New(args ...Argument) Result {
	f := s.callee(hasNews)
	return f.pack.result(f.node().news, args)
}

// result unites what the overloads that args may mean say. A promise is one only if all of them give one.
func (p *pack) result(overloads []signature, args []Argument) Result {
	r := noResult()
	fitting := choosing(overloads, args)
	for i, s := range fitting {
		value := p.shape(s.result)
		if i == 0 {
			r.Known, r.Value = value.Known(), value
		} else if value.given != r.Value.given {
			r.Value.given = Given{}
		} else if value.Known() && value != r.Value {
			r.Known = r.Known && value.Promise() == r.Value.Promise()
		} // an overload after a known one that does not say what it gives is there for callers who know no better
		r.takes(p, s, args)
	}
	if !r.Known {
		r.Value = Shape{given: r.Value.given}
	}
	r.Promise, r.Lazy, r.Emitter = r.Value.Promise(), r.Value.Lazy(), r.Value.Emitter()
	return r
}

// takes adds what s says of its parameters.
func (r *Result) takes(p *pack, s signature, args []Argument) {
	for _, f := range s.functions {
		last := f.at
		if f.rest {
			last = len(args) - 1
		}
		for at := f.at; at <= last; at++ {
			r.takesFunction(p, f, at, args)
		}
	}
	if r.Timeout.At < 0 {
		r.Timeout = s.timeout
	}
	if r.Signal.At < 0 {
		r.Signal = s.signal
	}
}

// takesFunction adds what is said of the function that is argument at.
func (r *Result) takesFunction(p *pack, f function, at int, args []Argument) {
	if at < len(args) && args[at].noFunction() || r.has(at) {
		return
	}
	known := Function{At: at, NodeStyle: f.nodeStyle}
	for _, a := range f.args {
		known.Args = append(known.Args, p.shape(a))
	}
	r.Functions = append(r.Functions, known)
	if f.nodeStyle && at < len(args) {
		r.Callback = at
	}
}

func (r *Result) has(at int) bool {
	for _, f := range r.Functions {
		if f.At == at {
			return true
		}
	}
	return false
}

// choosing gives the overloads that args fit. If none does, what they need is not asked for, and if that does not
// help either, all of them are possible, because the code may know better.
func choosing(overloads []signature, args []Argument) []signature {
	if len(overloads) < 2 {
		return overloads
	}
	var fitting, nearly []signature
	for _, s := range overloads {
		if !s.fits(args) {
			continue
		}
		nearly = append(nearly, s)
		if !s.lacks(args) {
			fitting = append(fitting, s)
		}
	}
	switch {
	case len(fitting) > 0:
		return fitting
	case len(nearly) > 0:
		return nearly
	}
	return overloads
}

func (s signature) fits(args []Argument) bool {
	if len(args) < s.least || s.most >= 0 && len(args) > s.most {
		return false
	}
	taken := map[int]bool{}
	for _, f := range s.functions {
		taken[f.at] = true
		if f.required && (f.at >= len(args) || args[f.at].noFunction()) {
			return false
		}
	}
	for i, a := range args {
		if a.kind == functionArgument && !taken[i] && s.most >= 0 {
			return false
		}
	}
	return true
}

// lacks reports whether a property that s needs is not there.
func (s signature) lacks(args []Argument) bool {
	if s.needs.At < 0 {
		return false
	}
	if s.needs.At >= len(args) {
		return true
	}
	a := args[s.needs.At]
	return a.kind == textArgument || a.kind == objectArgument && !slices.Contains(a.names, s.needs.Name)
}
