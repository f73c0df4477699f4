package jsflow

import (
	"errors"
	"fmt"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// What calls are taken for.
const (
	takesPromise = "a promise"
	takesLazy    = "a promise that begins its work when it is waited for"
	takesNone    = "no promise"
	takesUnknown = "unknown"
)

const (
	byProject  = "the types in the project's files say so"
	byLanguage = "`%s` is the language's own"
)

// taken says what a call is taken for, and why.
func (s *session) taken(x jsparse.Expr, e *env) (takes, why string) {
	switch n := x.(type) {
	case *jsparse.New:
		return s.takenForNew(n, e)
	case *jsparse.Call:
		if m, ok := n.Callee.(*jsparse.Member); ok {
			if takes, why := s.takenForMethod(n, m, e); takes != "" {
				return takes, why
			}
		}
		return s.takenFor(n, s.eval(n.Callee, e), e)
	}
	return takesUnknown, "nothing is known of what is called"
}

// takenForMethod is about methods of the language: of promises, lists and texts; "" for others.
func (s *session) takenForMethod(n *jsparse.Call, m *jsparse.Member, e *env) (takes, why string) {
	if continues(m.Name) && len(n.Args) > 0 {
		return s.takenForChain(m, e)
	}
	switch of := s.eval(m.Object, e).(type) {
	case *list, listOf:
		if s.isPromise(s.call(n, e)) {
			return takesPromise, "each step of `." + m.Name + "` gives one"
		}
		return takesNone, "`." + m.Name + "` is a method of arrays"
	case constant:
		if of.kind == jsparse.String {
			return takesNone, "`." + m.Name + "` is a method of texts"
		}
	case typed:
		if (of.t.Kind == jstype.List || of.t.Kind == jstype.Tuple) && !s.isPromise(s.call(n, e)) {
			return takesNone, "`." + m.Name + "` is a method of arrays"
		}
	case *wrapped:
		return takesNone, "`." + m.Name + "` belongs to a wrapper around a handler; the handler in it is followed"
	}
	return "", ""
}

// takenForChain is about `.then(…)` and its kin; nothing if the object has such a method of its own that is none of a promise.
func (s *session) takenForChain(m *jsparse.Member, e *env) (takes, why string) {
	of := s.eval(m.Object, e)
	if s.isPromise(of) {
		return takesPromise, "`." + m.Name + "` of a promise gives the next one"
	}
	if of == nil {
		return takesPromise, "whoever writes `." + m.Name + "` knows that what is before it is one"
	}
	if before, _ := s.taken(m.Object, e); before == takesPromise || before == takesLazy {
		return takesPromise, "`." + m.Name + "` of a promise gives the next one"
	}
	return "", ""
}

func (s *session) takenForNew(n *jsparse.New, e *env) (takes, why string) {
	callee := s.eval(n.Callee, e)
	switch c := callee.(type) {
	case global:
		if c.path == "Promise" {
			return takesPromise, "`new Promise` makes one"
		}
		if harmlessGlobal(c.path) || isErrorClass(c.path) {
			return takesNone, fmt.Sprintf(byLanguage, c.path)
		}
		return takesUnknown, "nothing declares `" + c.path + "`"
	case *class:
		return "an object of the project's own class", "its constructor (" + c.env.where(c.expr) + ") is followed"
	}
	if sh, ok := s.shapeOf(callee); ok {
		if r := sh.New(kindsOf(s, n.Args, e)...); r.Known {
			return "an object, no promise", declarationsOf(sh) + " say so"
		}
	}
	return takesUnknown, s.unseen(n.Callee, callee, e)
}

func (s *session) takenFor(n *jsparse.Call, v value, e *env) (takes, why string) {
	switch c := v.(type) {
	case completer:
		return "the answer to the caller", "by the contract of " + s.contract.Platform
	case *settler:
		return "the end of a promise", "it is what the executor of `new Promise` was given"
	case *closure:
		return s.takenForOwn(n, c, e)
	case *union:
		return "a call of the project's own code", "it is one of several functions"
	case *promisified:
		return takesPromise, "it calls what util.promisify made"
	case global:
		return s.takenForGlobal(c)
	case external:
		if nodePromise(c) {
			return takesPromise, "`" + c.pkg + "` is Node's own"
		}
	case typed, methodOf:
		return s.takenByType(n, c, e)
	case lookup:
		return takesNone, fmt.Sprintf(byLanguage, c.of.t.Name+".prototype."+c.name)
	}
	return s.takenByIndex(n, v, e)
}

// takenForOwn is about a function of the project: what it returns is found out by following it.
func (s *session) takenForOwn(n *jsparse.Call, c *closure, e *env) (takes, why string) {
	at := c.env.where(c.fn)
	if c.fn.Async {
		return takesPromise, "it calls an async function of the project (" + at + ")"
	}
	switch v := s.call(n, e); {
	case s.isPromise(v):
		return takesPromise, "the function (" + at + ") returns one"
	case !s.opaque(v):
		return takesNone, "the function (" + at + ") returns something else"
	case len(returnsOf(c.fn)) == 0 && !c.fn.ExprBody:
		return takesNone, "the function (" + at + ") returns nothing"
	}
	return "a call of the project's own code", "the function (" + at + ") is followed, but what it returns is not known"
}

func (s *session) takenForGlobal(c global) (takes, why string) {
	if promiseGlobal(c.path) {
		return takesPromise, fmt.Sprintf(byLanguage, c.path)
	}
	if sh, ok := s.globalShape(c); ok && sh.Call().Promise {
		return takesPromise, "`" + c.path + "` is the runtime's own"
	}
	if harmlessGlobal(c.path) {
		return takesNone, fmt.Sprintf(byLanguage, c.path)
	}
	if knownGlobal(rootOf(c.path)) {
		return takesUnknown, "`" + c.path + "` is the runtime's own; handlervet does not follow it"
	}
	return takesUnknown, "nothing declares `" + c.path + "`"
}

// promiseGlobal are the language's own functions that give promises.
func promiseGlobal(path string) bool {
	switch path {
	case "fetch", "Promise.all", "Promise.race", "Promise.any", "Promise.allSettled", "Promise.resolve", "Promise.reject", "Promise.try":
		return true
	}
	return false
}

// takenByType is about a function of which the project's files say the type.
func (s *session) takenByType(n *jsparse.Call, f value, e *env) (takes, why string) {
	result := s.resultGiven(f, s.evalArgs(n.Args, e), s.explicit(n, e))
	switch {
	case lazy(result):
		return takesLazy, byProject
	case s.isPromise(result):
		return takesPromise, byProject
	case result != nil || s.givesPlain(f):
		return takesNone, "the types in the project's files say what it gives"
	}
	return takesUnknown, "the types in the project's files do not say that it gives a promise"
}

// givesPlain tells whether a type says that a function gives nothing, a text, a number or the like.
func (s *session) givesPlain(f value) bool {
	var result *jstype.Type
	switch f := f.(type) {
	case typed:
		result = f.t.Result
	case methodOf:
		if m := f.of.env.mod; m.typescript() && f.fn.Body != nil {
			result = m.annotation(f.fn.ParamsSpan.End, f.fn.Body.Span().Start)
		}
	}
	return result != nil && (result.Kind == jstype.Nothing || result.Kind == jstype.Primitive)
}

// takenByIndex is about a function of a package.
func (s *session) takenByIndex(n *jsparse.Call, v value, e *env) (takes, why string) {
	if sh, ok := s.shapeOf(v); ok {
		of := declarationsOf(sh)
		r := sh.Call(kindsOf(s, n.Args, e)...)
		switch {
		case r.Promise && r.Lazy:
			return takesLazy, of + " say so"
		case r.Promise:
			return takesPromise, of + " say so"
		case r.Callback >= 0:
			return fmt.Sprintf("work that calls argument %d back, with an error or a result", r.Callback+1), of + " say so"
		case r.Known:
			return takesNone, of + " say what it gives"
		}
		return takesUnknown, of + " do not say what it gives"
	}
	if c, ok := v.(client); ok && clientPromise(c.path) {
		return takesPromise, "requests of Twilio's client give one"
	}
	return takesUnknown, s.unseen(n.Callee, v, e)
}

func declarationsOf(sh promiseindex.Shape) string {
	if sh.Package() == "node" {
		return "Node's type declarations"
	}
	return "the type declarations of `" + sh.Package() + "`"
}

// unseen says why nothing is known of a callee.
func (s *session) unseen(callee jsparse.Expr, v value, e *env) string {
	if c, ok := v.(external); ok {
		return s.notIndexed(c)
	}
	m, ok := callee.(*jsparse.Member)
	if !ok {
		return "nothing is known of `" + e.text(callee) + "`"
	}
	of := s.eval(m.Object, e)
	if c, ok := of.(external); ok {
		return s.notIndexed(c)
	}
	if sh, ok := s.shapeOf(of); ok {
		return declarationsOf(sh) + " say nothing of `" + m.Name + "`"
	}
	return "nothing is known of `" + (&builder{s: s, e: e}).calleeText(m.Object) + "`"
}

// notIndexed says why the index does not know a member of a package.
func (s *session) notIndexed(c external) string {
	_, err := s.l.index.Open(c.pkg, c.version)
	if !errors.Is(err, promiseindex.ErrUnknown) {
		return "the type declarations of `" + c.pkg + "` do not say what it gives"
	}
	if from, ok := s.l.index.Oldest(c.pkg); ok {
		return fmt.Sprintf("the promise index knows `%s` from version %d on; the project asks for %s", c.pkg, from, strings.TrimSpace(c.version))
	}
	if strings.HasPrefix(c.pkg, ".") {
		return "`" + c.pkg + "` is no file that handlervet reads"
	}
	return "`" + c.pkg + "` is not in the promise index"
}

// where is the place of a part of a file: `lib/send.js:12`.
func (e *env) where(n jsparse.Node) string {
	at := min(max(n.Span().Start, 0), len(e.mod.file.Text))
	return fmt.Sprintf("%s:%d", e.mod.path, strings.Count(e.mod.file.Text[:at], "\n")+1)
}
