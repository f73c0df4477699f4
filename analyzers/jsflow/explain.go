package jsflow

import (
	"fmt"
	"strings"

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

// Explainer says what calls are taken for when a handler runs them. It is used by one goroutine.
type Explainer struct {
	l *Lowerer
	s *session
}

// Explainer goes through a handler once; nil if it cannot be followed.
func (l *Lowerer) Explainer(h *platform.Handler) *Explainer {
	if h.Contract == nil {
		return nil
	}
	s := newSession(l, h.Contract)
	in := s.module(h.File)
	if in == nil {
		return nil
	}
	c, ok := s.entry(h, in).(*closure)
	if !ok {
		return nil
	}
	low := s.lowerHandler(c, s.handed(h.Entry, in))
	flow.Solve(low.Func, low.Args, h.Contract.Protocol, flow.Limits{}) // which functions are reached comes out on the way
	return &Explainer{l, s}
}

// Call says what the innermost call (or `new`) around an offset of a file is taken for; false if the handler does not reach it.
func (x *Explainer) Call(file string, offset int) (Explanation, bool) {
	if x == nil {
		return Explanation{}, false
	}
	s, m := x.s, x.l.module(file)
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
	takes, why := s.taken(call, e)
	return Explanation{Range: e.rng(call), Call: b.calleeText(call), Takes: takes, Why: why}, true
}

// callAt is the innermost *jsparse.Call or *jsparse.New around an offset.
func callAt(m *module, offset int) jsparse.Expr {
	var found jsparse.Expr
	for _, stmt := range m.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			sp := n.Span()
			if sp.Start > offset || sp.End <= offset {
				return false
			}
			switch n.(type) {
			case *jsparse.Call, *jsparse.New:
				found = n
			}
			return true
		})
	}
	return found
}

// reached is a context in which a function was entered, the one that knows most; the module's own for code outside functions.
func (s *session) reached(m *module, fn *jsparse.Func) *env {
	if fn == nil {
		return s.modules[m.path]
	}
	var best *env
	for _, e := range s.envs {
		if e.fn == fn && (best == nil || e.knows() > best.knows()) {
			best = e
		}
	}
	return best
}

// knows counts what a context knows: that the function was called at all, and arguments, its own and those of the functions around it.
func (e *env) knows() int {
	n := 0
	for at := e; at != nil; at = at.parent {
		if at.fun != nil {
			n += 100
		}
		for _, a := range at.args {
			if a != nil {
				n++
			}
		}
	}
	return n
}

func (s *session) taken(x jsparse.Expr, e *env) (takes, why string) {
	switch n := x.(type) {
	case *jsparse.New:
		return s.takenForNew(n, e)
	case *jsparse.Call:
		if m, ok := n.Callee.(*jsparse.Member); ok && continues(m.Name) && len(n.Args) > 0 {
			if takes, why := s.takenForChain(m, e); takes != "" {
				return takes, why
			}
		}
		return s.takenFor(n, s.eval(n.Callee, e), e)
	}
	return "unknown", "what is called cannot be seen"
}

// takenForChain is about `.then(…)` and its kin; nothing if the object has such a method of its own that is none of a promise.
func (s *session) takenForChain(m *jsparse.Member, e *env) (takes, why string) {
	of := s.eval(m.Object, e)
	if s.isPromise(of) {
		return "a promise", "`." + m.Name + "` of a promise gives the next one"
	}
	if of == nil {
		return "a promise", "whoever writes `." + m.Name + "` knows that what is before it is one"
	}
	if before, _ := s.taken(m.Object, e); before == "a promise" || strings.HasPrefix(before, "a promise that") {
		return "a promise", "`." + m.Name + "` of a promise gives the next one"
	}
	return "", ""
}

func (s *session) takenForNew(n *jsparse.New, e *env) (takes, why string) {
	callee := s.eval(n.Callee, e)
	switch c := callee.(type) {
	case global:
		if c.path == "Promise" {
			return "a promise", "`new Promise` makes one"
		}
		if harmlessGlobal(c.path) || isErrorClass(c.path) {
			return "no promise", "`" + c.path + "` is the language's own"
		}
		return "unknown", "nothing declares `" + c.path + "`"
	case *class:
		return "an object of the project's own class", "its constructor is followed"
	}
	if sh, ok := s.shapeOf(callee); ok {
		if r := sh.New(kindsOf(s, n.Args, e)...); r.Known {
			return "an object, no promise", "the type declarations of its package say so"
		}
	}
	return "unknown", "what is called cannot be seen"
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
		if promiseGlobal(c.path) {
			return "a promise", "`" + c.path + "` is the language's own"
		}
		if sh, ok := s.globalShape(c); ok && sh.Call().Promise {
			return "a promise", "`" + c.path + "` is the runtime's own"
		}
		if harmlessGlobal(c.path) {
			return "no promise", "`" + c.path + "` is the language's own"
		}
		return "unknown", "nothing declares `" + c.path + "`"
	case external:
		if nodePromise(c) {
			return "a promise", "`" + c.pkg + "` is Node's own"
		}
	case typed, methodOf:
		if result := s.resultOfType(c); lazy(result) {
			return "a promise that begins its work when it is waited for", "the types in the project's files say so"
		} else if s.isPromise(result) {
			return "a promise", "the types in the project's files say so"
		}
		return "unknown", "the types in the project's files do not say that it gives a promise"
	case lookup:
		return "no promise", "`" + c.of.t.Name + ".prototype." + c.name + "` is the language's own"
	}
	return s.takenByIndex(n, v, e)
}

// promiseGlobal are the language's own functions that give promises.
func promiseGlobal(path string) bool {
	switch path {
	case "fetch", "Promise.all", "Promise.race", "Promise.any", "Promise.allSettled", "Promise.resolve", "Promise.reject", "Promise.try":
		return true
	}
	return false
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
