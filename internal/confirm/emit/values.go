package emit

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// value is an expression for what a run decided about an unknown.
func (t *texts) value(k *sandbox.Known) string {
	text, ok := t.done[k]
	if !ok {
		text = t.expression(k)
		t.done[k] = text
	}
	return text
}

func (t *texts) expression(k *sandbox.Known) string {
	switch {
	case k == nil:
		return "undefined"
	case k.Bound:
		return bound(k)
	case t.shared[k] != nil:
		return written(t.shared[k])
	case k.Nullish > 0:
		return "undefined"
	case k.Sized && !k.Types["string"]:
		return t.list(k.Elements)
	case k.Thing:
		return t.stub("stub", k)
	case k.Truthy < 0:
		return t.falsy(k)
	case number(k):
		return numeric(k)
	}
	if text, ok := t.text(k); ok {
		return text
	}
	if asked(k, "function", true) || len(k.Calls) > 0 {
		return t.stub("stub", k)
	}
	return t.stub("unknown", k)
}

// text is data as a text, or as what its type asks for. False means that it must be an object.
func (t *texts) text(k *sandbox.Known) (string, bool) {
	switch {
	case asked(k, "boolean", true):
		return "true", true
	case asked(k, "object", true), asked(k, "function", true), len(k.Calls) > 0:
		return "", false
	case asked(k, "string", false) && !asked(k, "number", false):
		return "1", true
	case asked(k, "string", false):
		return "", false
	}
	for how, d := range k.Derived {
		switch {
		case d == nil:
		case how == "JSON.parse("+k.Label+")" && d.Nullish == 0:
			return "'{'", true // no JSON
		case how == "JSON.parse("+k.Label+")":
			return "JSON.stringify(" + t.plain(d, true) + ")", true
		case how == "Array.isArray("+k.Label+")" && d.Truthy > 0:
			return "[]", true
		}
	}
	if s, ok := t.find(k); ok {
		return quote(s), true
	}
	if asked(k, "string", true) {
		return quote(k.Label), true
	}
	return "", false
}

func asked(k *sandbox.Known, name string, is bool) bool {
	decided, ok := k.Types[name]
	return ok && decided == is
}

// plain is data as a literal without behaviour: it survives JSON. What a text was parsed to is an object if nothing else was asked.
func (t *texts) plain(k *sandbox.Known, parsed bool) string {
	switch {
	case k == nil:
		return "null"
	case k.Bound, t.shared[k] != nil, k.Nullish > 0, k.Thing, k.Truthy < 0, number(k):
		return t.value(k)
	case k.Sized && !k.Types["string"]:
		items := make([]string, len(k.Elements))
		for i, e := range k.Elements {
			items[i] = t.plain(e, false)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	members := map[string]string{}
	for name, m := range k.Members {
		if !called(k, name) {
			members[name] = t.plain(m, false)
		}
	}
	if len(members) > 0 {
		return object(members)
	}
	text, ok := t.text(k)
	switch {
	case ok && (!parsed || len(k.Derived)+len(k.Types) > 0):
		return text
	case parsed:
		return "{}"
	}
	return quote(k.Label)
}

func bound(k *sandbox.Known) string {
	if k.Value == nil {
		if k.Null {
			return "null"
		}
		return "undefined"
	}
	return written(k.Value)
}

// written is a text, number or truth as JavaScript.
func written(v any) string {
	if s, ok := v.(string); ok {
		return quote(s)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "undefined"
	}
	return string(text)
}

func (t *texts) list(elements []*sandbox.Known) string {
	items := make([]string, len(elements))
	for i, e := range elements {
		items[i] = t.value(e)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// falsy is a falsy value that fits.
func (t *texts) falsy(k *sandbox.Known) string {
	for _, expression := range []string{"undefined", "''", "0", "false", "null"} {
		if v, ok := t.evaluate(expression, goja.Undefined()); ok && t.fits(v, k, 0) {
			return expression
		}
	}
	return "''"
}

// number tells whether an unknown was decided to be a number.
func number(k *sandbox.Known) bool {
	return !math.IsInf(k.Low, -1) || !math.IsInf(k.High, 1) || k.Types["number"]
}

// numeric is a number within what was decided about it.
func numeric(k *sandbox.Known) string {
	low, high := k.Low, k.High
	switch {
	case low <= 1 && 1 <= high && k.Truthy >= 0:
		return "1"
	case math.IsInf(low, -1):
		return strconv.FormatFloat(high, 'g', -1, 64)
	}
	return strconv.FormatFloat(low, 'g', -1, 64)
}

// methods are derived values that a method of the unknown gives, by the method's name.
func (t *texts) methods(k *sandbox.Known) map[string]string {
	out := map[string]string{}
	for how, d := range k.Derived {
		rest, ok := strings.CutPrefix(how, k.Label+".")
		name, _, call := strings.Cut(rest, "(")
		if !ok || !call || d == nil || !plainName.MatchString(name) {
			continue
		}
		result := t.value(d)
		if questions[name] {
			result = strconv.FormatBool(d.Truthy > 0)
		}
		out[name] = "() => " + arrowBody(result)
	}
	return out
}

var plainName = regexp.MustCompile(`^[A-Za-z_$][\w$]*$`)

var questions = map[string]bool{"includes": true, "startsWith": true, "endsWith": true, "test": true, "hasOwnProperty": true}

func arrowBody(expr string) string {
	if strings.HasPrefix(expr, "{") {
		return "(" + expr + ")"
	}
	return expr
}

// stub is a call of one of the test's own functions with what matters of an unknown.
func (t *texts) stub(function string, k *sandbox.Known) string {
	var parts []string
	if props := t.properties(k); props != "" {
		parts = append(parts, "members: "+props)
	}
	if calls := t.outcomes(k.Calls); calls != "" {
		parts = append(parts, "calls: "+calls)
	}
	if len(k.News) > 0 {
		parts = append(parts, "news: "+t.list(k.News))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("%s(%s)", function, quote(k.Label))
	}
	return fmt.Sprintf("%s(%s, { %s })", function, quote(k.Label), strings.Join(parts, ", "))
}

// properties are the members and methods of an unknown as an object, "" if there is nothing to say.
func (t *texts) properties(k *sandbox.Known) string {
	all := t.methods(k)
	for name, m := range k.Members {
		if all[name] == "" && m != nil && t.tells(m, 0) {
			all[name] = t.value(m)
		}
	}
	return object(all)
}

func object(all map[string]string) string {
	if len(all) == 0 {
		return ""
	}
	var items []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		key := name
		if !plainName.MatchString(name) {
			key = quote(name)
		}
		items = append(items, key+": "+all[name])
	}
	return "{ " + strings.Join(items, ", ") + " }"
}

// tells reports whether a run decided anything about an unknown that a test must repeat.
func (t *texts) tells(k *sandbox.Known, depth int) bool {
	if k == nil || depth > 12 {
		return false
	}
	if !k.Thing || k.Bound || t.shared[k] != nil {
		return true
	}
	return slices.ContainsFunc(k.Calls, func(o *sandbox.Outcome) bool { return o.How != "gives" || t.tells(o.Value, depth+1) }) ||
		slices.ContainsFunc(k.News, func(n *sandbox.Known) bool { return t.tells(n, depth+1) }) ||
		slices.ContainsFunc(slices.Collect(maps.Values(k.Members)), func(m *sandbox.Known) bool { return t.tells(m, depth+1) })
}
