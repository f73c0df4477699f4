package flow

// shownSteps is how many steps of a path are told: the last ones. Nobody reads further back, and the paths of deeply
// nested code would take memory by the square of the nesting.
const shownSteps = 200

// trace is a step with the way that led to it. Paths share the ways they have in common.
type trace struct {
	step Step
	n    int32
	up   *trace
}

func (s *state) say(r Range, text string, caught *Caught) {
	s.cost++
	s.trace = &trace{step: Step{Range: r, Text: text, Caught: caught}, n: int32(s.depth()) + 1, up: s.trace}
}

// depth is the number of steps so far.
func (s *state) depth() int {
	if s.trace == nil {
		return 0
	}
	return int(s.trace.n)
}

// steps are the last steps of a path, in order; cut is how many before them are left out.
func (t *trace) steps() (list []Step, cut int) {
	if t == nil {
		return nil, 0
	}
	return t.since(max(0, int(t.n)-shownSteps)), max(0, int(t.n)-shownSteps)
}

// since are the steps of a path but for the first ones.
func (t *trace) since(first int) []Step {
	if t == nil || int(t.n) <= first {
		return nil
	}
	list := make([]Step, int(t.n)-first)
	for ; t != nil && int(t.n) > first; t = t.up {
		list[int(t.n)-first-1] = t.step
	}
	return list
}
