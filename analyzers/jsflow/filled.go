package jsflow

import "github.com/handlervet/handlervet/analyzers/jsparse"

// filled is the value v of a name, with the functions that are assigned to its properties (`res.end = …`) and may answer or
// settle a promise: whoever is given the value can call them. Others do not matter.
func (s *session) filled(v value, sym *jsparse.Symbol, at *env) value {
	switch v.(type) {
	case nil, *object, *instance, plain, external, indexed:
	default: // what a platform passes is known better
		return v
	}
	props := map[string]value{}
	for _, w := range at.mod.propWrites[sym] {
		if f := s.answering(w, at); f != nil {
			props[w.name] = merge(f, orItself(props[w.name], f))
		}
	}
	if len(props) == 0 {
		return v
	}
	var own map[string]value
	switch v := v.(type) {
	case *object:
		own = v.props
	case *instance:
		own = v.props
	default:
		return &object{props: props, env: at}
	}
	for name, f := range props {
		if own[name] == nil {
			own[name] = f
		}
	}
	return v
}

func orItself(v, other value) value {
	if v == nil {
		return other
	}
	return v
}

// answering is the function that a property is given, if it may answer or settle a promise.
func (s *session) answering(w propWrite, at *env) value {
	switch w.from.(type) {
	case *jsparse.Func, *jsparse.Ident:
	default:
		return nil
	}
	in := s.scopeFor(w.in, at)
	if in == nil {
		return nil
	}
	if v := s.eval(w.from, in); v != nil && (s.completes(v) || len(s.settlers(v)) > 0) {
		return v
	}
	return nil
}
