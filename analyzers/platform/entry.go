package platform

import "github.com/handlervet/handlervet/analyzers/jsparse"

// Entry is where in its file a handler's function is: an expression that evaluates to it.
type Entry struct {
	// Expr is the exported or registered expression: a function, a name, or a call of wrappers around one. Nil if Decl is set.
	Expr jsparse.Expr
	// Decl is an exported function declaration.
	Decl *jsparse.Func
	// Method, if not empty, is the property of the object that Expr evaluates to (`export default { fetch() {} }`).
	Method string
	// Call, if not nil, is the call that registers Expr, one of its arguments: what is known of its callee says what Expr is called with.
	Call *jsparse.Call
	// Span is what to show: the expression or declaration.
	Span jsparse.Span
	// recalled means that the rest was known once.
	recalled bool
}
