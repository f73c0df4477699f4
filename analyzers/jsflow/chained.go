package jsflow

import "github.com/handlervet/handlervet/analyzers/jsparse"

// chained is what `.then(…)`, `.catch(…)` and `.finally(…)` give, nil if x is no such call of a promise that is known.
func (s *session) chained(x *jsparse.Call, m *jsparse.Member, e *env) value {
	if !continues(m.Name) {
		return nil
	}
	of := s.eval(m.Object, e)
	if !s.isPromise(of) {
		return nil
	}
	switch {
	case m.Name == "finally" || len(x.Args) == 0:
		return of
	case m.Name == "then" && len(x.Args) == 1:
		if f, ok := s.eval(x.Args[0], e).(*closure); ok {
			return s.promise(awaited(s.resultOf(f, given(awaited(of)))))
		}
	}
	return s.promise(nil)
}

// continues tells whether a method's name is that of a promise.
func continues(name string) bool { return name == "then" || name == "catch" || name == "finally" }

// settledWith is what the function in `.then(f)` is called with.
func (s *session) settledWith(promise jsparse.Expr, e *env) []value {
	if of := s.eval(promise, e); s.isPromise(of) {
		return given(awaited(of))
	}
	return nil
}

// given is a list of one value, or none if nothing is known of it.
func given(v value) []value {
	if v == nil {
		return nil
	}
	return []value{v}
}

// givenByType adds to functions among the arguments what the type of the called function says they are called with.
func (s *session) givenByType(args []argument, callee value) []argument {
	f, ok := callee.(typed)
	if !ok {
		return args
	}
	out := append([]argument(nil), args...)
	vals := make([]value, len(args))
	for i, a := range args {
		vals[i] = a.val
	}
	in := s.inferred(f.in, f.t.Generic, paramTypes(f.t.Params), vals, nil)
	for i := range out {
		if i >= len(f.t.Params) || f.t.Params[i].Rest {
			break
		}
		callback, ok := s.valueOf(f.t.Params[i].Type, in).(typed)
		if !ok {
			continue
		}
		for _, p := range callback.t.Params {
			if p.Rest {
				break
			}
			out[i].given = append(out[i].given, s.valueOf(p.Type, s.withFree(callback.in, callback.t.Generic)))
		}
	}
	return out
}
