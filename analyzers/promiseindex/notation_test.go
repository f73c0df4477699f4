package promiseindex_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// The tests write code as a path: names of members, `(…)` and `new(…)` with one letter per argument
// (v a value, t a text, o an object literal with the property json, f a function, ? not known), `await`, `each` (an element), `callbackN` (argument N of the callback) and `heard:xN` (argument N of the listener of event x).
//
//	require(v,v).messages.create(v)

func arguments(list string) (args []promiseindex.Argument) {
	for _, letter := range strings.ReplaceAll(list, ",", "") {
		args = append(args, map[rune]promiseindex.Argument{
			'v': promiseindex.ValueArgument(), 't': promiseindex.TextArgument(), 'o': promiseindex.ObjectArgument("json"), 'f': promiseindex.FunctionArgument(), '?': promiseindex.AnyArgument(),
		}[letter])
	}
	return args
}

// follow walks the path from s and says in words what the last step gave.
func follow(t *testing.T, s promiseindex.Shape, path string) string {
	t.Helper()
	var last promiseindex.Result
	called := false
	for step := range strings.SplitSeq(path, ".") {
		name, list, calls := strings.Cut(step, "(")
		var ok bool
		switch {
		case name == "await":
			s, called = s.Awaited(), false
		case name == "each":
			s, _ = s.Element()
			called = false
		case name == "":
		case strings.HasPrefix(name, "heard:"):
			s, called = heard(s, strings.TrimPrefix(name, "heard:")), false
		case strings.HasPrefix(name, "callback"):
			s, called = callbackArgument(last, name), false
		case name != "new":
			s, ok = s.Member(name)
			called = false
			if !ok {
				return "unknown member " + name
			}
		}
		if calls {
			args := arguments(strings.TrimSuffix(list, ")"))
			if name == "new" {
				last = s.New(args...)
			} else {
				last = s.Call(args...)
			}
			s, called = last.Value, true
		}
	}
	if g, ok := s.Given(); ok {
		return "given by what argument " + strconv.Itoa(g.At) + " " + map[promiseindex.How]string{
			promiseindex.OfItself: "is", promiseindex.OfElement: "holds", promiseindex.OfAwaited: "is a promise of",
			promiseindex.OfResult: "gives", promiseindex.OfResultAwaited: "promises",
		}[g.How]
	}
	if !called {
		last = promiseindex.Result{Known: s.Known(), Promise: s.Promise(), Emitter: s.Emitter(), Lazy: s.Lazy(), Callback: -1}
	}
	return words(last)
}

// heard is what a listener is called with: `response0`.
func heard(s promiseindex.Shape, event string) promiseindex.Shape {
	at := int(event[len(event)-1] - '0')
	if args := s.Listener(event[:len(event)-1]); at < len(args) {
		return args[at]
	}
	return promiseindex.Shape{}
}

// callbackArgument is callback0, callback1 …: what the call's only function is called with.
func callbackArgument(r promiseindex.Result, name string) promiseindex.Shape {
	var n int
	if _, err := fmt.Sscanf(name, "callback%d", &n); err != nil {
		return promiseindex.Shape{}
	}
	for _, f := range r.Functions {
		if n < len(f.Args) {
			return f.Args[n]
		}
	}
	return promiseindex.Shape{}
}

func words(r promiseindex.Result) string {
	var out []string
	switch {
	case r.Lazy:
		out = append(out, "lazy promise")
	case r.Promise:
		out = append(out, "promise")
	case r.Known:
		out = append(out, "value")
	default:
		out = append(out, "unknown")
	}
	if r.Emitter {
		out = append(out, "emitter")
	}
	if r.Callback >= 0 {
		out = append(out, fmt.Sprintf("callback@%d", r.Callback))
	}
	if r.Timeout.Name != "" {
		out = append(out, fmt.Sprintf("%s@%d", r.Timeout.Name, r.Timeout.At))
	}
	if r.Signal.Name != "" {
		out = append(out, fmt.Sprintf("%s@%d", r.Signal.Name, r.Signal.At))
	}
	return strings.Join(out, ", ")
}
