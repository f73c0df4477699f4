package goflow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// Start is a call that hands a function to a platform's runtime: lambda.Start and its family.
type Start struct {
	Call *ast.CallExpr
	// Name is how the call is written: `lambda.Start`.
	Name string
	// Handler is the argument that is served.
	Handler ast.Expr
	// Reflects means that the runtime looks at the function's signature when it is invoked.
	Reflects bool
	// Blocks means that the call never returns.
	Blocks bool
}

// starts are the functions that begin serving: the index of the handler argument, and whether its signature is
// looked at at run time.
//
// Source: aws/aws-lambda-go, lambda/entry.go ("Start … blocks, and does not return after being called"), lambdaurl.
var starts = map[string]struct {
	arg      int
	reflects bool
}{
	lambdaPath + ".Start":                   {0, true},
	lambdaPath + ".StartWithOptions":        {0, true},
	lambdaPath + ".StartWithContext":        {1, true},
	lambdaPath + ".StartHandlerFunc":        {0, false},
	lambdaPath + ".StartHandler":            {0, false},
	lambdaPath + ".StartHandlerWithContext": {1, false},
	lambdaURLPath + ".Start":                {0, false},
}

// registrations hand a function to Cloud Functions.
//
// Source: GoogleCloudPlatform/functions-framework-go, functions/functions.go.
var registrations = map[string]*contract.Contract{
	gcfPath + ".HTTP":       gcfHTTPGo,
	gcfPath + ".CloudEvent": gcfEventGo,
	gcfPath + ".Typed":      gcfTypedGo,
}

// finder collects the handlers of a package.
type finder struct {
	*source
	starts   []Start
	handlers []*Handler
	known    map[ast.Node]*Handler
	called   map[*types.Func]bool
	// overLambda means that the package's http.Handlers are served by Lambda.
	overLambda bool
}

func (f *finder) find() {
	f.known, f.called = map[ast.Node]*Handler{}, map[*types.Func]bool{}
	for _, file := range f.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				f.call(call)
			}
			return true
		})
	}
	for _, file := range f.files {
		ast.Inspect(file, func(n ast.Node) bool {
			f.byType(n)
			return true
		})
	}
}

func (f *finder) call(call *ast.CallExpr) {
	callee := Callee(f.info, call)
	if callee == nil {
		return
	}
	f.called[callee] = true
	name := FuncName(callee)
	if s, ok := starts[name]; ok && s.arg < len(call.Args) {
		arg := call.Args[s.arg]
		f.starts = append(f.starts, Start{
			Call: call, Name: callee.Pkg().Name() + "." + callee.Name(), Handler: arg, Reflects: s.reflects, Blocks: true,
		})
		f.overLambda = f.overLambda || strings.HasPrefix(name, lambdaURLPath)
		if s.reflects {
			f.register(arg, lambdaGo)
		}
	}
	if c := registrations[name]; c != nil && len(call.Args) == 2 {
		f.register(call.Args[1], c)
	}
}

// register takes the function that an expression names, if it is one of the package.
func (f *finder) register(e ast.Expr, c *contract.Contract) {
	node := f.function(e)
	if node == nil || f.known[node] != nil {
		return
	}
	if sig := f.signature(node); c == lambdaGo && sig != nil && sig.Results().Len() == 0 {
		c = lambdaVoid
	}
	f.add(node, c)
}

// function is the declaration or literal that an expression evaluates to, nil if that is not obvious.
func (s *source) function(e ast.Expr) ast.Node {
	switch x := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return x
	case *ast.Ident:
		if fn, ok := s.info.Uses[x].(*types.Func); ok {
			return s.decl(fn)
		}
		if lit := s.literals[s.info.Uses[x]]; lit != nil {
			return lit
		}
	case *ast.SelectorExpr:
		if fn, ok := s.info.Uses[x.Sel].(*types.Func); ok {
			return s.decl(fn)
		}
	}
	return nil
}

// byType takes every function with the parameters of a web handler. One that the package calls itself is a helper.
func (f *finder) byType(n ast.Node) {
	var name *ast.Ident
	switch x := n.(type) {
	case *ast.FuncDecl:
		fn, _ := f.info.Defs[x.Name].(*types.Func)
		if x.Body == nil || fn == nil || f.called[fn] && !x.Name.IsExported() {
			return
		}
		name = x.Name
	case *ast.FuncLit:
	default:
		return
	}
	sig := f.signature(n)
	if sig == nil || f.known[n] != nil {
		return
	}
	c := f.contractOf(sig)
	if c == netHTTP && name != nil && f.onVercel(name) {
		c = vercelGo
	} else if c == netHTTP && f.overLambda {
		c = lambdaURL
	}
	if c != nil {
		f.add(n, c)
	}
}

// eventsPath holds the types of what Lambda's event sources send.
const eventsPath = "github.com/aws/aws-lambda-go/events"

// takesEvent tells whether a function looks like what another package gives to lambda.Start: an event of the SDK, perhaps
// behind a context, and nothing else.
func takesEvent(params *types.Tuple) bool {
	n := params.Len()
	if n == 0 || n > 2 || n == 2 && !IsContext(params.At(0).Type()) {
		return false
	}
	named, ok := types.Unalias(params.At(n - 1).Type()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && samePath(named.Obj().Pkg().Path(), eventsPath) &&
		(strings.HasSuffix(named.Obj().Name(), "Event") || strings.HasSuffix(named.Obj().Name(), "Request"))
}

func (f *finder) contractOf(sig *types.Signature) *contract.Contract {
	params := sig.Params()
	if takesEvent(params) && isError(lastResult(sig)) {
		return lambdaGo
	}
	for p := range params.Variables() {
		if c := frameworkOf(p.Type()); c != nil && params.Len() == 1 {
			return c
		}
	}
	for i := range params.Len() - 1 {
		if !isResponse(params.At(i).Type()) || !IsNamed(params.At(i+1).Type(), "net/http", "Request") {
			continue
		}
		if params.Len() == 2 && sig.Results().Len() == 0 {
			return netHTTP
		}
		return errorHandler
	}
	return nil
}

// onVercel tells whether a function is what Vercel serves: exported, in a file under api/, not of package main.
func (f *finder) onVercel(name *ast.Ident) bool {
	return name.IsExported() && f.pkg.Name() != "main" && f.servedByVercel(name.Pos())
}

func lastResult(sig *types.Signature) types.Type {
	if n := sig.Results().Len(); n > 0 {
		return sig.Results().At(n - 1).Type()
	}
	return nil
}

func (f *finder) add(n ast.Node, c *contract.Contract) {
	at := f.fset.Position(n.Pos())
	h := &Handler{Node: n, source: f.source, Handler: contract.Handler{
		File: at.Filename, Line: at.Line, Name: f.nameOf(n), Contract: c, Budget: longest(c), Gateway: gatewayOf(f.signature(n)),
	}}
	f.known[n] = h
	f.handlers = append(f.handlers, h)
}
