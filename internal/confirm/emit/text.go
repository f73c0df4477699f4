package emit

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// texts finds texts of which everything is true that a run decided about an unknown: it tries some, and lets the language say
// what their methods give.
type texts struct {
	rt *goja.Runtime
	// shared are the values of unknowns that were decided to be equal: texts or numbers.
	shared map[*sandbox.Known]any
	// done are the expressions of unknowns that were written before.
	done map[*sandbox.Known]string
	// left is how many expressions may still be evaluated.
	left int
}

// trial bounds what trying one text may take.
const trial = 200 * time.Millisecond

// maxTried bounds how many texts are tried for one unknown, maxEvaluated how many expressions are evaluated for all, maxNested how deep what is made of them is looked at.
const (
	maxTried     = 200
	maxEvaluated = 5000
	maxNested    = 6
)

func newTexts() *texts {
	return &texts{rt: goja.New(), shared: map[*sandbox.Known]any{}, done: map[*sandbox.Known]string{}, left: maxEvaluated}
}

// samples are texts that handlers often ask for.
var samples = []string{"a", "1", "0", "text", "a b", "+15550100", "user@example.org", "https://example.org/a", "2026-06-03", "true", "AC0123456789abcdef0123456789abcdef", "{", ""}

// find is a text that fits, false if none of those tried does.
func (t *texts) find(k *sandbox.Known) (string, bool) {
	if s, ok := t.shared[k].(string); ok {
		return s, true
	}
	tried := append([]string{k.Label}, samples...)
	parts := literals(k, 0)
	for _, p := range parts {
		tried = append(tried, p, p+k.Label, k.Label+p, "a"+p+"b", "a"+p+"b"+p+"c", p+"1", "1"+p)
	}
	for _, p := range parts {
		for _, q := range parts {
			tried = append(tried, p+q, p+"a"+q, "a"+p+"b"+q+"c")
		}
	}
	for _, s := range tried[:min(len(tried), maxTried)] {
		if t.fits(t.rt.ToValue(s), k, 0) {
			return s, true
		}
	}
	return "", false
}

// literal finds the texts that questions name.
var literal = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// literals are texts that what was made of an unknown asks for, or is.
func literals(k *sandbox.Known, depth int) []string {
	if k == nil || depth > maxNested {
		return nil
	}
	var out []string
	for _, how := range slices.Sorted(maps.Keys(k.Derived)) {
		for _, found := range literal.FindAllStringSubmatch(strings.ReplaceAll(how, k.Label, ""), -1) {
			if s, err := strconv.Unquote(`"` + found[1] + `"`); err == nil && s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		d := k.Derived[how]
		if d == nil {
			continue
		}
		if s, ok := d.Value.(string); ok && s != "" {
			out = append(out, s)
		}
		out = append(out, literals(d, depth+1)...)
		for _, e := range d.Elements {
			if e != nil {
				if s, ok := e.Value.(string); ok {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// fits tells whether a value is as a run decided an unknown to be.
func (t *texts) fits(v goja.Value, k *sandbox.Known, depth int) bool {
	if k == nil || depth > maxNested {
		return true
	}
	absent := goja.IsUndefined(v) || goja.IsNull(v)
	switch {
	case k.Bound && k.Value == nil:
		return absent
	case k.Bound && !v.StrictEquals(t.rt.ToValue(k.Value)):
		return false
	case k.Nullish != 0 && absent != (k.Nullish > 0), k.Truthy != 0 && v.ToBoolean() != (k.Truthy > 0):
		return false
	case absent:
		return len(k.Members) == 0 && len(k.Derived) == 0
	}
	if s, ok := t.shared[k]; ok && depth > 0 && !v.StrictEquals(t.rt.ToValue(s)) {
		return false
	}
	return t.typed(v, k) && t.made(v, k, depth)
}

// typed compares a value's type, range and size.
func (t *texts) typed(v goja.Value, k *sandbox.Known) bool {
	is := typeOf(v)
	for name, yes := range k.Types {
		if yes != (name == is) {
			return false
		}
	}
	if number(k) {
		if n := v.ToFloat(); is != "number" || !(n >= k.Low && n <= k.High) {
			return false
		}
	}
	return true
}

func typeOf(v goja.Value) string {
	switch v.Export().(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int64, float64:
		return "number"
	}
	return "object"
}

// made compares what a value's members and methods give.
func (t *texts) made(v goja.Value, k *sandbox.Known, depth int) bool {
	object := v.ToObject(t.rt)
	if k.Sized {
		n := object.Get("length")
		if n == nil || n.ToInteger() != int64(len(k.Elements)) {
			return false
		}
		for i, e := range k.Elements {
			if !t.fits(orUndefined(object.Get(strconv.Itoa(i))), e, depth+1) {
				return false
			}
		}
	}
	for name, m := range k.Members {
		if _, index := strconv.Atoi(name); index == nil && k.Sized || called(k, name) {
			continue
		}
		member := object.Get(name)
		if member == nil && m != nil && m.Truthy == 0 && m.Nullish == 0 && !m.Bound && typeOf(v) == "string" {
			return false // of a text, nobody would ask that
		}
		if !t.fits(orUndefined(member), m, depth+1) {
			return false
		}
	}
	for how, d := range k.Derived {
		if strings.Contains(how, " = ") || d == nil {
			continue
		}
		result, ok := t.evaluate(strings.ReplaceAll(how, k.Label, "$"), v)
		if !ok || !t.fits(result, d, depth+1) {
			return false
		}
	}
	return true
}

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// called tells whether a member is a method whose results are known.
func called(k *sandbox.Known, name string) bool {
	for how := range k.Derived {
		if strings.HasPrefix(how, k.Label+"."+name+"(") {
			return true
		}
	}
	return false
}

// evaluate is what an expression about $ gives, false if it gives nothing.
func (t *texts) evaluate(expression string, v goja.Value) (result goja.Value, ok bool) {
	if t.left--; t.left < 0 {
		return nil, false
	}
	guard := time.AfterFunc(trial, func() { t.rt.Interrupt("too long") })
	defer func() {
		guard.Stop()
		t.rt.ClearInterrupt()
	}()
	if err := t.rt.Set("$", v); err != nil {
		return nil, false
	}
	result, err := t.rt.RunString(expression)
	return result, err == nil
}

// share finds a text for each unknown that was decided to equal another.
func (t *texts) share(k *sandbox.Known, seen map[*sandbox.Known]bool) {
	if k == nil || seen[k] {
		return
	}
	seen[k] = true
	if len(k.Same) > 0 && t.shared[k] == nil {
		class := equals(k, nil)
		v := t.together(class)
		for _, c := range class {
			t.shared[c] = v
		}
	}
	for _, below := range parts(k) {
		t.share(below, seen)
	}
}

// together is a value that fits all of some unknowns, the first's label if none is found.
func (t *texts) together(class []*sandbox.Known) any {
	for _, k := range class {
		if k.Bound && k.Value != nil {
			return k.Value
		}
		if number(k) {
			n, _ := strconv.ParseFloat(numeric(k), 64) // it was written just now
			return n
		}
	}
	for _, k := range class {
		s, ok := t.find(k)
		if ok && !slices.ContainsFunc(class, func(o *sandbox.Known) bool { return !t.fits(t.rt.ToValue(s), o, 0) }) {
			return s
		}
	}
	return class[0].Label
}

// equals are an unknown and all that it equals.
func equals(k *sandbox.Known, class []*sandbox.Known) []*sandbox.Known {
	if k == nil || slices.Contains(class, k) {
		return class
	}
	class = append(class, k)
	for _, other := range k.Same {
		class = equals(other, class)
	}
	return class
}

// parts are the unknowns that belong to one, in a fixed order.
func parts(k *sandbox.Known) []*sandbox.Known {
	out := slices.Concat(k.Elements, k.News)
	for _, by := range []map[string]*sandbox.Known{k.Members, k.Derived} {
		for _, name := range slices.Sorted(maps.Keys(by)) {
			out = append(out, by[name])
		}
	}
	for _, o := range k.Calls {
		out = append(append(out, o.Value, o.Own), o.Args...)
		for _, name := range slices.Sorted(maps.Keys(o.Error)) {
			out = append(out, o.Error[name])
		}
	}
	return out
}
