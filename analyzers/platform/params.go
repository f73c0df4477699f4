package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// length is a function's `length`, as JavaScript counts it: up to the first parameter with a default, and without a rest parameter.
func length(fn *jsparse.Func) int {
	for i, p := range fn.Params {
		if p.Default != nil || p.Rest {
			return i
		}
	}
	return len(fn.Params)
}

// paramName is the name of a parameter in lower case without leading underscores, "" if it has none (a pattern) or is missing.
func paramName(fn *jsparse.Func, i int) string {
	if fn == nil || i >= len(fn.Params) {
		return ""
	}
	n, ok := fn.Params[i].Target.(*jsparse.Name)
	if !ok {
		return ""
	}
	return strings.ToLower(strings.Trim(n.Symbol.Name, "_"))
}

// usual tells which words start the usual names of an argument.
func usual(name string, words ...string) bool {
	for _, w := range words {
		if name == w || len(w) > 2 && (strings.HasPrefix(name, w) || strings.HasSuffix(name, w)) {
			return true
		}
	}
	return false
}

func eventLike(name string) bool { return usual(name, "event", "evt", "e", "ev") }

func contextLike(name string) bool { return usual(name, "context", "ctx", "c") }

func callbackLike(name string) bool { return usual(name, "callback", "cb", "done", "next") }

func requestLike(name string) bool { return usual(name, "request", "req") }

func responseLike(name string) bool { return usual(name, "response", "res") }
