package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// value is what is known of an expression without following paths: which
// function it is, that it is the handler's callback, which package it comes
// from. nil means that nothing is known.
type value interface{}

type (
	// closure is a function of the project with the scope it was made in.
	closure struct {
		fn   *jsparse.Func
		env  *env
		this value
	}
	// completer answers the caller when it is called.
	completer struct{ how string }
	// responder is `res`: some of its methods answer.
	responder struct{ name string }
	// invocation is the context argument: some of its methods may answer, others make clients.
	invocation struct{ name string }
	// settler is the resolve or reject of a promise executor.
	settler struct {
		promise *flow.Var
		fails   bool
	}
	// object is an object literal, with what is assigned to its properties later.
	object struct {
		props map[string]value
		lit   *jsparse.Object
		env   *env
	}
	// list is an array literal.
	list struct{ items []value }
	// class is a class of the project, instance an object made by it.
	class struct {
		expr *jsparse.ClassExpr
		env  *env
	}
	instance struct {
		of    *class
		in    typeScope // of its members
		props map[string]value
		args  []value
	}
	// namespace is what a file of the project exports.
	namespace struct{ mod *module }
	// external is a package or a member of one; path is `fs.promises.readFile`.
	external struct {
		pkg  string
		path string
		// version is the range that the project asks for, "" if it does not say.
		version string
	}
	// global is a built-in: `Promise.all`, `setTimeout`.
	global struct{ path string }
	// client is an SDK object whose methods are known by name (Twilio's REST client).
	client struct {
		path  string
		shape promiseindex.Shape // if the index knows it
	}
	// promisified is what util.promisify returns.
	promisified struct{ of value }
	// bound is f.bind(this, args…).
	bound struct {
		fn   value
		args []value
	}
	// union is one of several functions.
	union struct{ of []value }
	// fileOf is a path at run time that names a file of the project (Twilio's Runtime.getFunctions().x.path).
	fileOf struct{ path string }
	// runtimeFiles is Twilio's Runtime.getFunctions() or getAssets(): an object of files.
	runtimeFiles struct{ assets bool }
	runtimeFile  struct{ path string }
	// constant is a primitive constant.
	constant struct {
		kind jsparse.LiteralKind
		text string
	}
	// promiseOf is the result of an async function: awaiting it gives the value.
	promiseOf struct{ of value }
	// element is the result of calling an array's method that we model, or anything else made by the language.
	plain struct{ what string }
)

// env is the scope of one function in one calling context; the module's own
// scope has a nil fn. Two contexts that pass the same interesting values share it.
type env struct {
	mod    *module
	fn     *jsparse.Func
	parent *env
	depth  int
	args   []value
	this   value
	vars   map[*jsparse.Symbol]*flow.Var
	values map[*jsparse.Symbol]value
	busy   map[*jsparse.Symbol]bool
	cache  map[jsparse.Node]value
	active map[jsparse.Node]bool
	paths  map[string]*flow.Var
	// result is the value that the function returns, once known.
	result     value
	resultDone bool
	fun        *flow.Func
	// marked is set once the function is known to be a rejection handler.
	marked bool
}

// scopeOf is the env that declares s, as seen from e.
func (e *env) scopeOf(s *jsparse.Symbol) *env {
	owner, ok := e.mod.owner[s]
	if !ok {
		return nil
	}
	for at := e; at != nil; at = at.parent {
		if at.fn == owner {
			return at
		}
	}
	return nil
}

// variable is the place that holds s in this context.
func (e *env) variable(s *jsparse.Symbol) *flow.Var {
	at := e.scopeOf(s)
	if at == nil {
		return nil
	}
	v := at.vars[s]
	if v == nil {
		v = &flow.Var{Name: s.Name}
		at.vars[s] = v
	}
	return v
}
