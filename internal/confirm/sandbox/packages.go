package sandbox

import (
	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// Packages is what is known of packages by their type declarations: what their calls give. Nil knows nothing.
type Packages struct {
	Index *promiseindex.Index
	// Version is the range that the project asks for, "" if it names none.
	Version func(pkg string) string
}

// module is what `require` of a package gives, nil if nothing is known of it.
func (p *Packages) module(name string) *promiseindex.Module {
	if p == nil {
		return nil
	}
	if builtin, ok := p.Index.Builtin(name); ok {
		return builtin
	}
	version := ""
	if p.Version != nil {
		version = p.Version(name)
	}
	m, err := p.Index.Open(name, version)
	if err != nil {
		return nil // a package that the index does not have, or not as it should be, stays unknown
	}
	return m
}

// global is what is known of a value that code need not import.
func (p *Packages) global(name string) promiseindex.Shape {
	if p == nil {
		return promiseindex.Shape{}
	}
	sh, _ := p.Index.Global(name)
	return sh
}

// twilioClient is Twilio's REST client.
func (p *Packages) twilioClient() promiseindex.Shape {
	m := p.module("twilio")
	if m == nil {
		return promiseindex.Shape{}
	}
	return m.Require().Call(promiseindex.TextArgument(), promiseindex.TextArgument()).Value
}

// memberShape is what is known of a property of an unknown.
func (u *unknown) memberShape(key string) promiseindex.Shape {
	var sh promiseindex.Shape
	switch {
	case u.module != nil:
		sh, _ = u.module.Export(key)
	case u.shape.Known():
		sh, _ = u.shape.Member(key)
	}
	return sh
}

// own is what is known of an unknown itself, called or constructed.
func (u *unknown) own() promiseindex.Shape {
	if u.module != nil {
		return u.module.Require()
	}
	return u.shape
}

// arguments are what tells overloads apart.
func (m *machine) kinds(args []goja.Value) []promiseindex.Argument {
	out := make([]promiseindex.Argument, len(args))
	for i, a := range args {
		o := asObject(a)
		switch {
		case m.behind(a) != nil:
			out[i] = promiseindex.AnyArgument()
		case o == nil && a.ExportType() != nil && a.ExportType().Kind().String() == "string":
			out[i] = promiseindex.TextArgument()
		case o != nil && m.callable(o):
			out[i] = promiseindex.FunctionArgument()
		default:
			out[i] = promiseindex.ValueArgument()
		}
	}
	return out
}

// declared notes what the declarations say of a call's result. A promise of the language's own has no other properties
// than theirs; what is no promise is never waited for.
func (m *machine) declared(r *unknown, known promiseindex.Result) {
	if !known.Known {
		return
	}
	r.shape = known.Value
	switch {
	case known.Promise:
		r.isPromise = !known.Lazy
		r.mayBePromise = true
	case known.Callback < 0:
		r.plain = true
	}
}

// styleOf is how declarations say that a function is called back: known, and with an error first.
func styleOf(known promiseindex.Result, at int) (errorFirst, ok bool) {
	for _, f := range known.Functions {
		if f.At == at {
			return f.NodeStyle, true
		}
	}
	return false, false
}
