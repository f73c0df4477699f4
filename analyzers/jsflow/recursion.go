package jsflow

// again is the scope of a call of c that is under way, if c is called from inside it with values that the same places of the
// program have made: `run(rest, { ...options, request })` in a `next` of `run`. Without it, each round would make a context of its
// own, and its values would make the next.
func (s *session) again(c *closure, args []value) *env {
	for _, a := range args {
		for at := madeIn(a); at != nil; at = at.parent {
			if at.fn == c.fn && at.parent == c.env && at.this == c.this && sameMakers(at.args, args) {
				return at
			}
		}
	}
	return nil
}

// madeIn is the scope that a value was made in, nil if that says nothing.
func madeIn(v value) *env {
	switch v := v.(type) {
	case *closure:
		return v.env
	case *object:
		return v.env
	}
	return nil
}

func sameMakers(a, b []value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameMaker(a[i], b[i]) {
			return false
		}
	}
	return true
}

// sameMaker tells whether two values are one, or come from the same place of the program.
func sameMaker(a, b value) bool {
	switch a := a.(type) {
	case *closure:
		c, ok := b.(*closure)
		return ok && a.fn == c.fn
	case *object:
		o, ok := b.(*object)
		return ok && a.lit == o.lit && a.lit != nil || a == b
	}
	return a == b
}
