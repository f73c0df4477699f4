package goflow

import (
	"fmt"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// Refused lists the handlers that their platform does not take, or does not find: the compiler does not mind.
func (p *Package) Refused() []*contract.Handler {
	p.read()
	list := p.vercelTraps()
	for _, s := range p.finder.starts {
		t := p.source.info.TypeOf(s.Handler)
		if !s.Reflects || t == nil {
			continue
		}
		if what, help := refuse(t, p.source.info.Types[s.Handler].IsNil()); what != "" {
			list = append(list, &contract.Handler{Contract: lambdaGo, Refused: &contract.Refusal{
				What: "every invocation fails: " + what, Help: help, Range: p.source.rangeOf(s.Handler),
			}})
		}
	}
	return list
}

const shapes = "write it as func(context.Context, In) (Out, error), or with fewer of these"

// refuse is what Lambda says about a handler, "" if it takes it.
//
// Source: aws/aws-lambda-go, lambda/handler.go (validateArguments, validateReturns: the errors are those of every invocation).
func refuse(t types.Type, isNil bool) (what, help string) {
	if isNil {
		return "handler is nil", "give it a function"
	}
	if implementsHandler(t) {
		return "", ""
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		if _, open := t.Underlying().(*types.Interface); open {
			return "", "" // what is in it is not known
		}
		return fmt.Sprintf("handler kind %s is not func", kind(t)), "give it the function itself"
	}
	if what = arguments(sig.Params()); what == "" {
		what = results(sig.Results())
	}
	return what, shapes
}

// implementsHandler: what has Invoke(context.Context, []byte) ([]byte, error) is served as it is.
func implementsHandler(t types.Type) bool {
	m, _, _ := types.LookupFieldOrMethod(t, true, nil, "Invoke")
	f, ok := m.(*types.Func)
	return ok && f.Signature().Params().Len() == 2 && f.Signature().Results().Len() == 2
}

func arguments(in *types.Tuple) string {
	switch {
	case in.Len() > 2:
		return fmt.Sprintf("handlers may not take more than two arguments, but handler takes %d", in.Len())
	case in.Len() == 2 && !takesContext(in.At(0).Type()):
		return "handler takes two arguments, but the first is not Context. got " + kind(in.At(0).Type())
	case in.Len() == 1 && isClosedInterface(in.At(0).Type()) && !takesContext(in.At(0).Type()):
		return fmt.Sprintf("handler takes an interface, but it is not context.Context: %q", types.TypeString(in.At(0).Type(), base))
	}
	return ""
}

// takesContext mirrors the runtime: context.Context must be assignable to the parameter, which is an interface with its methods.
func takesContext(t types.Type) bool {
	if IsContext(t) {
		return true
	}
	face, ok := t.Underlying().(*types.Interface)
	if !ok || face.NumMethods() == 0 {
		return false
	}
	for m := range face.Methods() {
		switch m.Name() {
		case "Deadline", "Done", "Err", "Value":
		default:
			return false
		}
	}
	return true
}

func isClosedInterface(t types.Type) bool {
	face, ok := t.Underlying().(*types.Interface)
	return ok && face.NumMethods() > 0
}

func results(out *types.Tuple) string {
	switch {
	case out.Len() > 2:
		return "handler may not return more than two values"
	case out.Len() == 2 && !isErrorLike(out.At(1).Type()):
		return "handler returns two values, but the second does not implement error"
	case out.Len() == 1 && !isErrorLike(out.At(0).Type()):
		return "handler returns a single value, but it does not implement error"
	}
	return ""
}

// isErrorLike is the question of the runtime: does it implement error?
func isErrorLike(t types.Type) bool {
	face, _ := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return types.Implements(t, face)
}

func base(p *types.Package) string { return p.Name() }

// kind is reflect's word for a type.
func kind(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return "ptr"
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	case *types.Map:
		return "map"
	case *types.Slice:
		return "slice"
	case *types.Array:
		return "array"
	case *types.Chan:
		return "chan"
	case *types.Signature:
		return "func"
	case *types.Basic:
		return u.Name()
	}
	return t.String()
}
