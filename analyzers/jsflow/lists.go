package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// listOf is a list with any number of elements of which the same is known.
type listOf struct{ of value }

// common is what all elements of an array literal are; nil if they differ.
func (l *list) common() value {
	var out value
	for i, v := range l.items {
		v = lasting(v)
		if v == nil || i > 0 && v != out {
			return nil
		}
		out = v
	}
	return out
}

// mapped is what `list.map(f)` gives: a list of what f gives.
func (s *session) mapped(x *jsparse.Call, m *jsparse.Member, e *env) value {
	if m.Name == "reduce" && len(x.Args) == 2 {
		return s.reduced(x, e)
	}
	if m.Name != "map" && m.Name != "flatMap" || len(x.Args) == 0 {
		return nil
	}
	of := s.eval(m.Object, e)
	switch of.(type) {
	case nil, *list, listOf, typed, indexed:
	default:
		return nil
	}
	if s.member(of, m.Name) != nil {
		return nil // not a list's
	}
	f, ok := s.eval(x.Args[0], e).(*closure)
	if !ok {
		return nil
	}
	v := lasting(s.resultOf(f, given(s.element(of))))
	if v == nil || m.Name == "flatMap" && !s.isPromise(v) {
		return nil
	}
	return listOf{v}
}

// reduced is a chain of promises: `list.reduce((chain, x) => chain.then(…), Promise.resolve())`.
func (s *session) reduced(x *jsparse.Call, e *env) value {
	start := s.eval(x.Args[1], e)
	f, ok := s.eval(x.Args[0], e).(*closure)
	if !ok || !s.isPromise(start) || !s.isPromise(s.resultOf(f, given(start))) {
		return nil
	}
	return s.promise(nil)
}

// combined is what Promise.all and its kin give.
func (s *session) combined(how string, x *jsparse.Call, e *env) value {
	if len(x.Args) == 0 || how == "Promise.allSettled" {
		return s.promise(nil)
	}
	of := s.eval(x.Args[0], e)
	if l, ok := of.(*list); ok && how == "Promise.all" {
		key := objectKey{x, e}
		all, ok := s.objects[key].(*list)
		if !ok {
			all = &list{}
			for _, v := range l.items {
				all.items = append(all.items, awaited(v))
			}
			s.objects[key] = all
		}
		return s.promise(all)
	}
	el := awaited(s.element(of))
	switch {
	case el == nil:
		return s.promise(nil)
	case how == "Promise.all":
		return s.promise(listOf{el})
	}
	return s.promise(el)
}

// heard adds to a listener among the arguments of `emitter.on('event', listener)` what the emitter calls it with.
func (s *session) heard(sh promiseindex.Shape, args []argument) []argument {
	if !sh.Listens() || len(args) < 2 || args[1].given != nil {
		return args
	}
	if event, ok := args[0].val.(constant); ok && event.kind == jsparse.String {
		out := append([]argument(nil), args...)
		out[1].given = described(sh.Listener(event.text))
		return out
	}
	return args
}

// carried is what the listeners of an event of a value are called with.
func (s *session) carried(emitter value, event string) []value {
	if x, ok := emitter.(indexed); ok {
		return described(x.shape.Listener(event))
	}
	return nil
}
