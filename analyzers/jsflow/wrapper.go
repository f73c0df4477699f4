package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// wrapped is what a known wrapper returns: calling it calls the function inside, its methods (`.use(…)`) give it back.
type wrapped struct{ of value }

// wrapperOf looks a package's function up among the known wrappers.
func wrapperOf(c external) (platform.Wrapper, bool) {
	name := strings.TrimPrefix(strings.TrimPrefix(c.path, "default"), ".")
	for _, w := range platform.Wrappers() {
		if w.Package == c.pkg && w.Name == name {
			return w, true
		}
	}
	return platform.Wrapper{}, false
}

// unwrap is what a wrapper makes of its arguments.
func (s *session) unwrap(w platform.Wrapper, x *jsparse.Call, e *env) value {
	at := w.Arg
	if at < 0 {
		at = len(x.Args) - 1
	}
	if at < 0 || at >= len(x.Args) {
		return s.keepWrapped(nil, x, e)
	}
	v := s.eval(x.Args[at], e)
	if w.Factory {
		c, ok := v.(*closure)
		if !ok {
			return nil
		}
		v = s.resultOf(c, nil)
	}
	return s.keepWrapped(v, x, e)
}

// keepWrapped makes one value for one call in one context, so that values stay comparable.
func (s *session) keepWrapped(of value, x *jsparse.Call, e *env) value {
	key := objectKey{x, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	v := &wrapped{of}
	s.objects[key] = v
	return v
}

// wrappedMethod is a method of what a wrapper returned: `middy().handler(f)` sets the function, the others keep it.
func (s *session) wrappedMethod(w *wrapped, name string, x *jsparse.Call, e *env) value {
	if name == "handler" && len(x.Args) == 1 {
		return s.keepWrapped(s.eval(x.Args[0], e), x, e)
	}
	return w
}

// inside looks through wrappers and bind.
func inside(v value) value {
	for {
		switch w := v.(type) {
		case *wrapped:
			v = w.of
		case *bound:
			v = w.fn
		default:
			return v
		}
	}
}
