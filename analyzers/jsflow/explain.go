package jsflow

import (
	"fmt"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// Explanation is what a call is taken for, and why.
type Explanation struct {
	Range flow.Range
	Call  string // as the user wrote it, shortened
	Takes string // `a promise`, `unknown`, …
	Why   string
}

// ExplainCall says what the innermost call around an offset of a file is taken for when a handler runs it; false if
// the handler does not reach it.
func (l *Lowerer) ExplainCall(h *platform.Handler, file string, offset int) (Explanation, bool) {
	if h.Contract == nil {
		return Explanation{}, false
	}
	s := newSession(l, h.Contract)
	in := s.module(h.File)
	if in == nil {
		return Explanation{}, false
	}
	c, ok := s.entry(h, in).(*closure)
	if !ok {
		return Explanation{}, false
	}
	low := s.lowerHandler(c)
	flow.Solve(low.Func, low.Args, h.Contract.Protocol, flow.Limits{}) // which functions are reached comes out on the way
	m := l.module(file)
	if m == nil {
		return Explanation{}, false
	}
	call := callAt(m, offset)
	if call == nil {
		return Explanation{}, false
	}
	e := s.reached(m, enclosing(m, call))
	if e == nil {
		return Explanation{}, false
	}
	b := &builder{s: s, e: e}
	takes, why := s.takenFor(call, s.eval(call.Callee, e), e)
	return Explanation{Range: e.rng(call), Call: b.calleeText(call), Takes: takes, Why: why}, true
}

// callAt is the innermost call around an offset.
func callAt(m *module, offset int) *jsparse.Call {
	var found *jsparse.Call
	for _, stmt := range m.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			sp := n.Span()
			if sp.Start > offset || sp.End <= offset {
				return false
			}
			if c, ok := n.(*jsparse.Call); ok {
				found = c
			}
			return true
		})
	}
	return found
}

// reached is a context in which a function was entered, the module's own for code outside functions.
func (s *session) reached(m *module, fn *jsparse.Func) *env {
	if fn == nil {
		return s.modules[m.path]
	}
	for _, e := range s.envs {
		if e.fn == fn {
			return e
		}
	}
	return nil
}

func (s *session) takenFor(n *jsparse.Call, v value, e *env) (takes, why string) {
	switch c := v.(type) {
	case completer:
		return "the answer to the caller", "by the contract of " + s.contract.Platform
	case *settler:
		return "the end of a promise", "it is what the executor of `new Promise` was given"
	case *closure:
		if c.fn.Async {
			return "a promise", "it calls an async function of the project"
		}
		return "a call of the project's own code", "what it gives is found out by following it"
	case *union:
		return "a call of the project's own code", "one of several functions"
	case *promisified:
		return "a promise", "it calls what util.promisify made"
	case global:
		if c.path == "fetch" || c.path == "Promise.all" || c.path == "Promise.race" || c.path == "Promise.any" || c.path == "Promise.allSettled" {
			return "a promise", "`" + c.path + "` is the language's own"
		}
		if harmlessGlobal(c.path) {
			return "no promise", "`" + c.path + "` is the language's own"
		}
		return "unknown", "nothing declares `" + c.path + "`"
	case external:
		if nodePromise(c) {
			return "a promise", "`" + c.pkg + "` is Node's own"
		}
	}
	return s.takenByIndex(n, v, e)
}

func (s *session) takenByIndex(n *jsparse.Call, v value, e *env) (takes, why string) {
	of := "the type declarations of its package"
	if c, ok := v.(external); ok {
		of = "the type declarations of `" + c.pkg + "`"
	}
	if sh, ok := s.shapeOf(v); ok {
		r := sh.Call(kindsOf(s, n.Args, e)...)
		switch {
		case r.Promise && r.Lazy:
			return "a promise that begins its work when it is waited for", of + " say so"
		case r.Promise:
			return "a promise", of + " say so"
		case r.Callback >= 0:
			return fmt.Sprintf("work that calls argument %d back, with an error or a result", r.Callback+1), of + " say so"
		case r.Known:
			return "no promise", of + " say what it gives"
		}
	}
	if c, ok := v.(client); ok && clientPromise(c.path) {
		return "a promise", "requests of Twilio's client give one"
	}
	if v == nil {
		return "unknown", "what is called cannot be seen"
	}
	return "unknown", of + " are not in the promise index, or do not say"
}
