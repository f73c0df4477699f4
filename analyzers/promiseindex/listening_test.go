package promiseindex_test

import (
	"testing"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// TestOnceWithoutListener: a query of Firebase has `on` and `off` like an emitter, and a `once` that gives a promise if it is told no listener.
func TestOnceWithoutListener(t *testing.T) {
	module, err := promiseindex.Embedded().Open("firebase-admin", "^8.0.0")
	if err != nil {
		t.Fatal(err)
	}
	at := module.Require()
	for _, name := range []string{"database", "ref", "orderByChild"} {
		member, ok := at.Member(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		at = member.Call(promiseindex.TextArgument()).Value
	}
	once, ok := at.Member("once")
	if !ok {
		t.Fatal("there is no once")
	}
	if r := once.Call(promiseindex.TextArgument()); r.Known && !r.Promise {
		t.Error("once(event) is taken for no promise")
	}
	if r := once.Call(promiseindex.TextArgument(), promiseindex.FunctionArgument()); !r.Known || r.Promise {
		t.Error("once(event, listener) is not taken for the emitter")
	}
}
