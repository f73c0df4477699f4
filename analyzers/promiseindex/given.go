package promiseindex

// Given says which argument of a call tells what a part of its result is: `pRetry(f)` promises what f does.
// The zero Given says nothing.
type Given struct {
	At  int // the argument's number, from 0
	How How
}

// How says what of an argument is meant.
type How uint8

// What of an argument may be meant. Numbers in files are these less one.
const (
	OfItself        How = iota + 1
	OfElement           // what iterating over it gives
	OfAwaited           // what it promises
	OfResult            // what calling it gives
	OfResultAwaited     // what calling it promises
)

// Given tells that the value is what an argument of the call says. The shape itself is what holds for every argument.
func (s Shape) Given() (Given, bool) { return s.given, s.given.How != 0 }

// Inside finds the argument that says what awaiting the value, iterating over it, or both give.
func (s Shape) Inside() (Given, bool) {
	if g, ok := s.Given(); ok {
		return g, true
	}
	in := s.Awaited()
	if in == s {
		in, _ = s.Element()
	}
	if g, ok := in.Given(); ok {
		return g, true
	}
	in, _ = in.Element()
	return in.Given()
}

// Listens reports whether the value is a method of an emitter that takes a listener, `on` and its kin.
func (s Shape) Listens() bool { return s.as == listening }

// Listener is what an emitter, or the emitter of such a method, calls the listeners of an event with; what is not known is left out at the end.
func (s Shape) Listener(event string) []Shape {
	if s.pack == nil {
		return nil
	}
	f, ok := s.pack.member(s.id, "on "+event)
	if !ok {
		return nil
	}
	calls := f.node().calls
	if len(calls) == 0 || len(calls[0].functions) == 0 {
		return nil
	}
	list := calls[0].functions[0].args
	args := make([]Shape, len(list))
	for i, a := range list {
		args[i] = f.pack.shape(a)
	}
	return args
}

// how reads a number of a file; one that no generator writes says nothing.
func how(n int) How {
	if n >= int(OfResultAwaited) {
		return 0
	}
	return How(n + 1)
}
