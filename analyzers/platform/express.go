package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// router is an Express application or router: the file and the name that stands for it.
type router struct {
	in  *source
	sym *jsparse.Symbol
}

// appRoutes are the routes of the Express application that a handler is made of. Host gives them its limits; it may be nil.
func (f *finder) appRoutes(s *source, sh shape, host *Handler) []*Handler {
	app := sh.app
	in := sh.in
	if app == nil && in != nil {
		app = in.servedApp()
	}
	if app == nil {
		return nil
	}
	r := f.routerOf(in, app, 0)
	if r == nil {
		return nil
	}
	w := &routeWalk{f: f, host: host, from: s.path, seen: map[*jsparse.Symbol]bool{}}
	w.routes(*r)
	return w.out
}

// appOf is the application in the argument of a wrapper, which may be an object of options: `{ app }`.
func (s *source) appOf(x jsparse.Expr) jsparse.Expr {
	if app := propertyValue(s.objectOf(x), "app"); app != nil {
		return app
	}
	return x
}

// servedApp is the application that a file makes a server of at its top level, for a handler that hands events on to it:
// `const server = awsServerlessExpress.createServer(app)`.
func (s *source) servedApp() jsparse.Expr {
	for _, stmt := range s.file.Body {
		d, ok := stmt.(*jsparse.VarDecl)
		if !ok {
			continue
		}
		for _, v := range d.Decls {
			if call, ok := v.Init.(*jsparse.Call); ok {
				if w := wrapperFor(apps, s.callee(call.Callee)); w != nil && w.Arg < len(call.Args) {
					return s.appOf(call.Args[w.Arg])
				}
			}
		}
	}
	return nil
}

// routerOf is the application or router that an expression names: `const app = express()`, here or in another file.
func (f *finder) routerOf(s *source, x jsparse.Expr, depth int) *router {
	id, ok := x.(*jsparse.Ident)
	if call, made := x.(*jsparse.Call); made {
		return s.routerMade(call)
	}
	if !ok {
		if path, member, isRequire := requirePath(x); isRequire {
			return f.importedRouter(s, imported{path, member}, depth)
		}
		return nil
	}
	if in, ok := s.imports[id.Symbol]; ok {
		return f.importedRouter(s, in, depth)
	}
	if isExpress(s.calleeOnce(s.bound[id.Symbol].expr, 0)) {
		return &router{s, id.Symbol}
	}
	return nil
}

func isExpress(c callee) bool {
	switch {
	case !c.known:
		return false
	case c.pkg == "express":
		return c.name == "()" || c.name == "Router()"
	}
	return c.pkg == "express-promise-router" && c.name == "()"
}

func (f *finder) importedRouter(s *source, in imported, depth int) *router {
	if depth > maxFollow {
		return nil
	}
	at, e := f.followImport(s, in)
	if e == nil || e.entry.Expr == nil {
		return nil
	}
	return f.routerOf(at, e.entry.Expr, depth+1)
}

// routerMade is the router that a call makes: `const app = express()`, which `export const app` and `export { app }` show as the call.
func (s *source) routerMade(call *jsparse.Call) *router {
	if !isExpress(s.callee(call)) {
		return nil
	}
	for sym, b := range s.bound {
		if b.expr == jsparse.Expr(call) {
			return &router{s, sym}
		}
	}
	return nil
}

// routeWalk collects the routes of an application and of the routers mounted in it.
type routeWalk struct {
	f    *finder
	host *Handler
	from string
	seen map[*jsparse.Symbol]bool
	out  []*Handler
}

func (w *routeWalk) routes(r router) {
	if w.seen[r.sym] {
		return
	}
	w.seen[r.sym] = true
	for _, stmt := range r.in.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			if call, ok := n.(*jsparse.Call); ok {
				w.call(r, call)
			}
			return true
		})
	}
}

// call looks at `app.get(path, …handlers)`, `app.use(…)` and `app.route(path).get(…handlers)`.
func (w *routeWalk) call(r router, call *jsparse.Call) {
	m, ok := call.Callee.(*jsparse.Member)
	if !ok {
		return
	}
	at, chained := routeRoot(m.Object, r.sym)
	if !at {
		return
	}
	switch m.Name {
	case "get", "post", "put", "patch", "delete", "options", "head", "all":
		if chained != nil {
			w.handlers(r, m.Name, chained, call.Args)
		} else if len(call.Args) > 1 {
			w.handlers(r, m.Name, call.Args[0], call.Args[1:])
		}
	case "use":
		for _, a := range call.Args {
			if mounted := w.f.routerOf(r.in, a, 0); mounted != nil {
				w.routes(*mounted)
			}
		}
		w.middleware(r, call.Args)
	}
}

// routeRoot tells whether x is the router, or a chain on its route(path); then chained is the path.
func routeRoot(x jsparse.Expr, sym *jsparse.Symbol) (at bool, chained jsparse.Expr) {
	for {
		if symbolOf(x) == sym {
			return true, chained
		}
		call, ok := x.(*jsparse.Call)
		if !ok {
			return false, nil
		}
		m, ok := call.Callee.(*jsparse.Member)
		if !ok {
			return false, nil
		}
		if m.Name == "route" && len(call.Args) == 1 {
			chained = call.Args[0]
		}
		x = m.Object
	}
}

// handlers notes the functions of one route.
func (w *routeWalk) handlers(r router, method string, path jsparse.Expr, args []jsparse.Expr) {
	for _, a := range args {
		if list, ok := a.(*jsparse.Array); ok {
			w.handlers(r, method, path, list.Items)
			continue
		}
		w.handler(r, r.sym.Name+"."+method+"("+quoted(path)+")", a)
	}
}

// middleware notes functions written in place: `app.use((req, res) => …)`.
func (w *routeWalk) middleware(r router, args []jsparse.Expr) {
	for _, a := range args {
		if fn, ok := a.(*jsparse.Func); ok && len(fn.Params) >= 2 {
			w.handler(r, r.sym.Name+".use()", a)
		}
	}
}

func (w *routeWalk) handler(r router, name string, x jsparse.Expr) {
	entry := entryOf(x)
	sh := w.f.shapeOf(r.in, entry)
	if sh.fn == nil || sh.opaque || len(sh.fn.Params) > 3 || len(sh.fn.Params) == 0 { // four are an error handler
		return
	}
	contract := expressRoute
	if w.f.express5(r.in.path) || sh.wrapper != nil && sh.wrapper.Rejects {
		contract = express5Route
	}
	h := r.in.found(name, entry, contract, "a route of the application in "+w.from)
	h.HTTP = true
	if w.host != nil {
		h.Runtime, h.Budget, h.Gateway, h.NodeOptions, h.Bundle = w.host.Runtime, w.host.Budget, w.host.Gateway, w.host.NodeOptions, w.host.Bundle
		if w.host.Contract != nil {
			h.Loading = w.host.Contract.Loading
		}
	}
	w.out = append(w.out, h)
}

// express5 tells whether the nearest package.json asks for Express 5.
func (f *finder) express5(file string) bool {
	m, _ := f.manifestOf(file)
	if m == nil {
		return false
	}
	return strings.HasPrefix(strings.TrimLeft(m.deps["express"], "^~>=v "), "5")
}
