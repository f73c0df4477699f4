package jsflow

import (
	"slices"
	"strconv"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// largestSleeper bounds, in bytes, how long a function is that is looked at as one that waits for the time it is given.
const largestSleeper = 600

// sleeper is which parameter of a function says how long it waits (`ms => new Promise(r => setTimeout(r, ms))`), or -1.
// How long that is belongs to each call, so calls of such functions are told apart by their numbers.
func (s *session) sleeper(fn *jsparse.Func) int {
	if at, ok := s.sleepers[fn]; ok {
		return at
	}
	at := -1
	if sp := fn.Span(); fn.Body != nil && len(fn.Params) > 0 && sp.End-sp.Start <= largestSleeper {
		at = delayParameter(fn)
	}
	s.sleepers[fn] = at
	return at
}

// mostNumbers is how many calls of one function are told apart by their numbers.
const mostNumbers = 12

// numbered completes the key of a context by the numbers among the arguments, if how long the function waits depends on them.
// Where there are too many, as in a recursion that counts, the numbers are forgotten.
func (s *session) numbered(key *envKey, args []value) []value {
	if !s.waitsByNumber(key.fn) {
		return args
	}
	numbers := ""
	for i, a := range args {
		if f, ok := number(a); ok {
			numbers += "|" + strconv.Itoa(i) + "=" + strconv.FormatFloat(f, 'g', -1, 64)
		}
	}
	if numbers == "" {
		return args
	}
	with := *key
	with.args += numbers
	if s.envs[with] == nil {
		if s.variants[key.fn] >= mostNumbers {
			out := slices.Clone(args)
			for i, a := range out {
				if _, ok := number(a); ok {
					out[i] = nil
				}
			}
			key.args += "|any"
			return out
		}
		s.variants[key.fn]++
	}
	*key = with
	return args
}

// waitsByNumber tells whether a function waits for the time that it is given, or waits in a loop.
func (s *session) waitsByNumber(fn *jsparse.Func) bool {
	if s.sleeper(fn) >= 0 {
		return true
	}
	waits, known := s.loopsWaiting[fn]
	if !known {
		waits = fn.Body != nil && hasWaitingLoop(fn)
		s.loopsWaiting[fn] = waits
	}
	return waits
}

func hasWaitingLoop(fn *jsparse.Func) bool {
	found := false
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *jsparse.Func:
			return false
		case *jsparse.For: // what lies in a body is looked at with it
			found = mentionsWait(n.Body)
			return false
		case *jsparse.While:
			found = mentionsWait(n.Body)
			return false
		case *jsparse.DoWhile:
			found = mentionsWait(n.Body)
			return false
		}
		return true
	})
	return found
}

func delayParameter(fn *jsparse.Func) int {
	at := -1
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		c, ok := n.(*jsparse.Call)
		if !ok || len(c.Args) < 2 {
			return true
		}
		timer, ok := c.Callee.(*jsparse.Ident)
		delay, isName := c.Args[1].(*jsparse.Ident)
		if !ok || !isName || timer.Symbol.Name != "setTimeout" {
			return true
		}
		for i, p := range fn.Params {
			if name, ok := p.Target.(*jsparse.Name); ok && name.Symbol == delay.Symbol {
				at = i
			}
		}
		return true
	})
	return at
}
