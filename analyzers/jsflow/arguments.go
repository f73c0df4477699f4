package jsflow

import (
	"strconv"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// allArguments is what `arguments` stands for at e: what the innermost function that is no arrow was called with.
func (s *session) allArguments(e *env) value {
	for ; e != nil && e.fn != nil; e = e.parent {
		if !e.fn.Arrow {
			return s.argumentsFrom(e.fn, e, 0)
		}
	}
	return nil
}

// argumentsFrom is the list of the arguments of a call from number i on; at tells it from others of the same call.
func (s *session) argumentsFrom(at jsparse.Node, e *env, i int) value {
	if i > len(e.args) {
		return nil
	}
	key := objectKey{at, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	l := &list{e.args[i:]}
	s.objects[key] = l
	return l
}

// follow is what destructuring along path gets out of v.
func (s *session) follow(v value, path []step) value {
	for _, st := range path {
		if st.name == "" {
			v = s.item(v, st.nth)
		} else {
			v = s.member(v, st.name)
		}
	}
	return v
}

// item is an element of a list: the one at nth, from 1; any of them, if nth is 0.
func (s *session) item(v value, nth int) value {
	l, ok := v.(*list)
	if t, isTyped := v.(typed); isTyped && nth >= 0 {
		return s.typedItem(t, nth)
	}
	switch {
	case nth < 0: // the rest of a pattern
		return nil
	case !ok:
		return s.element(v)
	case nth > 0 && nth <= len(l.items):
		return l.items[nth-1]
	case nth == 0 && len(l.items) == 1:
		return l.items[0]
	}
	return nil
}

// itemNamed is an element of a list by the key that stands in brackets.
func (s *session) itemNamed(l *list, key value) value {
	if c, ok := key.(constant); ok {
		if i, err := strconv.Atoi(c.text); err == nil && i >= 0 {
			return s.item(l, i+1)
		}
	}
	return s.item(l, 0)
}

// evalArgs are the values of arguments; those from a spread on that is not known are left out.
func (s *session) evalArgs(args []jsparse.Expr, e *env) []value {
	out := make([]value, 0, len(args))
	for _, a := range args {
		sp, spread := a.(*jsparse.Spread)
		if !spread {
			out = append(out, s.eval(a, e))
			continue
		}
		l, ok := s.eval(sp.X, e).(*list)
		if !ok {
			break
		}
		out = append(out, l.items...)
	}
	return out
}

// spread takes lists of arguments apart, up to one that is not known.
func (b *builder) spread(args []argument) []argument {
	var out []argument
	for _, a := range args {
		sp, ok := a.x.(*jsparse.Spread)
		if !ok {
			out = append(out, a)
			continue
		}
		l, ok := b.s.eval(sp.X, b.e).(*list)
		if !ok {
			break
		}
		out = append(out, b.elements(sp.X, l)...)
	}
	return out
}

// applied are the arguments that the list in the second argument of apply() holds.
func (b *builder) applied(a argument) []argument {
	if l, ok := a.val.(*list); ok {
		return b.elements(a.x, l)
	}
	return nil
}

// elements are the elements of a list as arguments.
func (b *builder) elements(x jsparse.Expr, l *list) []argument {
	out := make([]argument, len(l.items))
	for i, v := range l.items {
		op := unknownOperand()
		if c, ok := v.(constant); ok {
			op = flow.Operand{Value: c.value()}
		}
		out[i] = argument{x: x, op: op, val: v}
	}
	return out
}
