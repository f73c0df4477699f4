package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// wrapper says which argument of a known function is the handler it wraps.
type wrapper struct{ arg int }

// wrapperOf looks a package's function up among the known wrappers.
func wrapperOf(c external) (wrapper, bool) {
	return wrapper{}, false
}

func (s *session) unwrap(w wrapper, x *jsparse.Call, e *env) value {
	if w.arg < len(x.Args) {
		return s.eval(x.Args[w.arg], e)
	}
	return nil
}
