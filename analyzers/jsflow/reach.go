package jsflow

import "github.com/handlervet/handlervet/analyzers/jsparse"

// reacher asks whether a value, handed to code that cannot be seen, could let it answer the caller.
type reacher struct {
	s    *session
	seen map[value]bool
	envs map[*jsparse.Func]bool
	// collect gathers the settlers met instead of stopping at the first.
	collect bool
	found   []*settler
}

// completes tells whether v is or holds a completion.
func (s *session) completes(v value) bool {
	return (&reacher{s: s, seen: map[value]bool{}, envs: map[*jsparse.Func]bool{}}).value(v)
}

func (r *reacher) value(v value) bool {
	if v == nil || r.seen[v] {
		return false
	}
	r.seen[v] = true
	switch v := v.(type) {
	case completer, responder:
		return !r.collect
	case *settler:
		if r.collect {
			r.found = append(r.found, v)
		}
		return false
	case invocation:
		return !r.collect && len(r.s.contract.ContextMethods) > 0
	case plain:
		return !r.collect && v.what == "next"
	case method:
		return r.value(v.of)
	case *bound:
		if r.value(v.fn) {
			return true
		}
		for _, a := range v.args {
			if r.value(a) {
				return true
			}
		}
	case *union:
		for _, f := range v.of {
			if r.value(f) {
				return true
			}
		}
	case *list:
		for _, it := range v.items {
			if r.value(it) {
				return true
			}
		}
	case *object:
		for _, p := range v.props {
			if r.value(p) {
				return true
			}
		}
	case *instance:
		for _, p := range v.props {
			if r.value(p) {
				return true
			}
		}
		for _, a := range v.args {
			if r.value(a) {
				return true
			}
		}
	case *promiseOf:
		return r.value(v.of)
	case *closure:
		return r.closure(v)
	}
	return false
}

// closure looks at every name that the function mentions.
func (r *reacher) closure(c *closure) bool {
	if r.envs[c.fn] {
		return false
	}
	r.envs[c.fn] = true
	found := false
	jsparse.Walk(c.fn.Body, func(n jsparse.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *jsparse.Ident:
			if owner := c.env.mod.owner[n.Symbol]; owner != c.fn || owner == nil {
				found = r.value(r.s.symbol(n.Symbol, c.env))
			}
		case *jsparse.This:
			found = r.value(c.this)
		case *jsparse.Member:
			if _, ok := n.Object.(*jsparse.Ident); ok {
				found = r.value(r.s.eval(n, c.env))
			}
		}
		return !found
	})
	return found
}
