package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// shape is what is seen of the function behind an exported expression.
type shape struct {
	// fn is the function, nil if it cannot be seen.
	fn *jsparse.Func
	// in is the file that it stands in.
	in *source
	// opaque means that a wrapper that is not known lies around it: fn is a hint. Hidden says whose it is if it is no code of
	// the project, so that nobody can see what it does; it is empty otherwise.
	opaque bool
	hidden string
	// wrapper is the last known wrapper on the way, contract what the wrappers make of the contract.
	wrapper  *Wrapper
	contract string
	// app is set if the value is made of an HTTP application: its expression, and the function that does it.
	app   jsparse.Expr
	appBy string
	// steps counts what was looked at.
	steps *int
}

// shapeOf looks through names, wrappers and calls to the function.
func (f *finder) shapeOf(s *source, e Entry) shape {
	if e.Decl != nil {
		return shape{fn: e.Decl, in: s}
	}
	sh := shape{in: s, steps: new(int)}
	if e.Method != "" {
		sh.fn = s.method(e.Expr, e.Method)
		return sh
	}
	f.look(&sh, e.Expr, 0)
	return sh
}

// Bounds of the look: names and wrappers inside each other, and expressions in all.
const (
	maxLook      = 12
	maxLookSteps = 200
)

func (f *finder) look(sh *shape, x jsparse.Expr, depth int) {
	if *sh.steps++; depth > maxLook || *sh.steps > maxLookSteps {
		return
	}
	s := sh.in
	switch x := x.(type) {
	case *jsparse.Func:
		sh.fn = x
	case *jsparse.Ident:
		f.lookName(sh, x, depth)
	case *jsparse.Assign:
		f.look(sh, x.Value, depth+1)
	case *jsparse.Member:
		if fn := s.method(x.Object, x.Name); fn != nil {
			sh.fn = fn
			return
		}
		f.lookImported(sh, s.callee(x), depth)
	case *jsparse.Call:
		f.lookCall(sh, x, depth)
	}
}

func (f *finder) lookName(sh *shape, x *jsparse.Ident, depth int) {
	if _, ok := sh.in.imports[x.Symbol]; ok {
		f.lookImported(sh, sh.in.callee(x), depth)
		return
	}
	b := sh.in.bound[x.Symbol]
	if b.fn != nil {
		sh.fn = b.fn
		return
	}
	f.look(sh, b.expr, depth+1)
}

// lookImported goes to another file of the project.
func (f *finder) lookImported(sh *shape, c callee, depth int) {
	if !c.known || c.pkg == "" {
		return
	}
	file := f.resolve(sh.in.path, c.pkg)
	switch {
	case file == "" && strings.Contains(c.name, "("):
		sh.hidden = hiddenBy(c)
		return
	case strings.Contains(c.name, "("):
		return
	case file == "":
		sh.hidden = "its function is in " + c.pkg + ", which is not seen"
		return
	}
	in, e := f.followImport(sh.in, imported{c.pkg, c.name})
	if e == nil {
		return
	}
	sh.in = in
	if e.entry.Decl != nil {
		sh.fn = e.entry.Decl
		return
	}
	f.look(sh, e.entry.Expr, depth+1)
}

func (f *finder) lookCall(sh *shape, x *jsparse.Call, depth int) {
	s := sh.in
	c := s.callee(x.Callee)
	if isExpress(s.callee(x)) {
		sh.app, sh.appBy = x, c.pkg
		return
	}
	if w := wrapperFor(apps, c); w != nil && w.Arg < len(x.Args) {
		sh.app, sh.appBy = s.appOf(x.Args[w.Arg]), c.pkg
		return
	}
	if w := wrapperFor(wrappers, c); w != nil {
		f.lookWrapped(sh, w, x, depth)
		return
	}
	if m, ok := x.Callee.(*jsparse.Member); ok {
		if f.lookMethodCall(sh, m, x, depth) {
			return
		}
	}
	in, fn := f.projectFunction(s, x.Callee)
	if made := returnedFunction(fn); made != nil {
		sh.in, sh.fn = in, made
		return
	}
	sh.opaque = true
	if fn == nil && c.known && !strings.HasPrefix(c.name, "require()") { // Twilio's require(Runtime.getFunctions()….path) is the project's
		sh.hidden = hiddenBy(c)
	}
	f.lookHint(sh, x, depth)
}

// hiddenBy says that a call makes the handler, and that what it calls is not known.
func hiddenBy(c callee) string {
	name, _, _ := strings.Cut(c.name, "()")
	switch {
	case graphqlServers[c.pkg] != nil || strings.HasPrefix(c.pkg, "@as-integrations/"):
		return "made by `" + name + "` of " + c.pkg + "; its resolvers are checked instead"
	case c.pkg == "":
		return "made by `" + name + "`, which is not known"
	case name == "":
		return "made by " + c.pkg + ", which is not known"
	}
	return "made by `" + name + "` of " + c.pkg + ", which is not known"
}

func (f *finder) lookWrapped(sh *shape, w *Wrapper, x *jsparse.Call, depth int) {
	sh.wrapper = w
	if w.Contract != "" {
		sh.contract = w.Contract
	}
	at := w.Arg
	if at < 0 {
		at = len(x.Args) - 1
	}
	if at >= len(x.Args) || at < 0 {
		sh.opaque = true
		return
	}
	if w.Factory {
		inner := shape{in: sh.in, steps: sh.steps}
		f.look(&inner, x.Args[at], depth+1)
		if inner.fn != nil {
			sh.fn = returnedFunction(inner.fn)
		}
		return
	}
	f.look(sh, x.Args[at], depth+1)
}

// lookMethodCall knows `f.bind(…)` and chains on a wrapper: `middy(handler).use(…)`, `middy().handler(handler)`.
func (f *finder) lookMethodCall(sh *shape, m *jsparse.Member, x *jsparse.Call, depth int) bool {
	if m.Name == "bind" {
		f.look(sh, m.Object, depth+1)
		return true
	}
	c := sh.in.callee(m)
	i := strings.Index(c.name, "()")
	if !c.known || i < 0 {
		return false
	}
	w := wrapperFor(wrappers, callee{c.pkg, c.name[:i], true})
	if w == nil {
		return false
	}
	if m.Name == "handler" && len(x.Args) == 1 {
		sh.wrapper = w
		f.look(sh, x.Args[0], depth+1)
		return true
	}
	f.look(sh, m.Object, depth+1)
	return true
}

// lookHint takes the function among the arguments of an unknown wrapper.
func (f *finder) lookHint(sh *shape, x *jsparse.Call, depth int) {
	for i := len(x.Args) - 1; i >= 0; i-- {
		try := *sh
		f.look(&try, x.Args[i], depth+1)
		if try.fn != nil || try.app != nil {
			*sh = try
			sh.opaque = true
			return
		}
	}
}

// projectFunction is the function of this file, or of another file of the project, that a callee names.
func (f *finder) projectFunction(s *source, x jsparse.Expr) (*source, *jsparse.Func) {
	sh := shape{in: s, steps: new(int)}
	switch x := x.(type) {
	case *jsparse.Func:
		return s, x
	case *jsparse.Ident, *jsparse.Member:
		f.look(&sh, x, maxLook-2)
	}
	if sh.opaque {
		return s, nil
	}
	return sh.in, sh.fn
}

// returnedFunction is the function that a factory returns, if that is all it does at its end.
func returnedFunction(fn *jsparse.Func) *jsparse.Func {
	if fn == nil || fn.Body == nil || len(fn.Body.Body) == 0 {
		return nil
	}
	r, ok := fn.Body.Body[len(fn.Body.Body)-1].(*jsparse.Return)
	if !ok {
		return nil
	}
	made, _ := r.X.(*jsparse.Func)
	return made
}

// method is the function behind `object.name`: of an object literal, or of an instance of a class of this file.
func (s *source) method(object jsparse.Expr, name string) *jsparse.Func {
	if sym := symbolOf(object); sym != nil {
		b := s.bound[sym]
		if b.class != nil {
			return memberFunc(b.class.Members, name)
		}
		object = b.expr
	}
	switch o := object.(type) {
	case *jsparse.Object:
		return s.propertyFunc(o.Props, name)
	case *jsparse.ClassExpr:
		return memberFunc(o.Members, name)
	case *jsparse.New:
		if sym := symbolOf(o.Callee); sym != nil && s.bound[sym].class != nil {
			return memberFunc(s.bound[sym].class.Members, name)
		}
	}
	return nil
}

func memberFunc(members []*jsparse.Property, name string) *jsparse.Func {
	for _, m := range members {
		if fn, ok := m.Value.(*jsparse.Func); ok && m.Key == name {
			return fn
		}
	}
	return nil
}

func (s *source) propertyFunc(props []*jsparse.Property, name string) *jsparse.Func {
	for _, p := range props {
		if p.Key != name || p.Value == nil {
			continue
		}
		if fn, ok := p.Value.(*jsparse.Func); ok {
			return fn
		}
		if sym := symbolOf(p.Value); sym != nil {
			b := s.bound[sym]
			if b.fn != nil {
				return b.fn
			}
			fn, _ := b.expr.(*jsparse.Func)
			return fn
		}
	}
	return nil
}
