package sandbox

import (
	"math"
	"strings"

	"github.com/dop251/goja"
)

// iterates are methods of arrays that call what they are given.
var iterates = map[string]bool{
	"map": true, "forEach": true, "filter": true, "find": true, "findIndex": true, "some": true, "every": true,
	"reduce": true, "reduceRight": true, "flatMap": true, "sort": true,
}

// pure are methods of strings, arrays and the like that have no effect.
var pure = names(`trim trimStart trimEnd toLowerCase toUpperCase slice substring substr split replace replaceAll padStart padEnd
	concat join charAt charCodeAt at repeat match matchAll normalize toString valueOf toFixed toISOString getTime
	includes startsWith endsWith indexOf lastIndexOf search test hasOwnProperty keys values entries flat reverse pop shift
	find filter toJSON localeCompare toLocaleString toLocaleUpperCase toLocaleLowerCase`)

// questions are those of them that answer yes or no.
var questions = names("includes startsWith endsWith test hasOwnProperty")

func names(s string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.Fields(s) {
		out[n] = true
	}
	return out
}

// purely is a method without effect: the same each time it is called in the same way.
func (m *machine) purely(of *unknown, name string, args []goja.Value) goja.Value {
	shown := make([]string, len(args))
	for i, a := range args {
		shown[i] = literalOf(m, a)
	}
	how := of.label + "." + name + "(" + strings.Join(shown, ", ") + ")"
	d := m.derived(of, how)
	switch {
	case questions[name]:
		return m.rt.ToValue(m.truth(d.proxy))
	case name == "indexOf" || name == "lastIndexOf" || name == "search":
		d.low, d.nullish, d.kind = math.Max(d.low, -1), no, map[string]fact{"number": yes}
	}
	return d.proxy
}

func literalOf(m *machine, v goja.Value) string {
	if _, ok := v.(*goja.Object); ok {
		if _, fn := goja.AssertFunction(v); fn && m.behind(v) == nil {
			return "function"
		}
		return m.show(v)
	}
	return literal(v)
}

// iterate makes an unknown an array and calls the real method.
func (m *machine) iterate(of *unknown, name string, args []goja.Value) goja.Value {
	list := m.array(m.materialise(of))
	method, _ := goja.AssertFunction(list.Get(name))
	out, err := method(list, args...)
	m.rethrow(err)
	return out
}
