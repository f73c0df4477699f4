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

	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// value is an expression for what a run decided about an unknown.
func value(k *sandbox.Known) string {
	switch {
	case k == nil:
		return "undefined"
	case k.Bound:
		return bound(k)
	case k.Nullish > 0:
		return "undefined"
	case k.Sized && !k.Types["string"]:
		return list(k.Elements)
	case k.Thing:
		return stub("stub", k)
	case k.Truthy < 0:
		return falsy(k)
	}
	if text, ok := derivedText(k); ok {
		return text
	}
	if number, ok := numeric(k); ok {
		return number
	}
	if len(k.Members) > 0 || len(k.Calls) > 0 || len(methods(k)) > 0 {
		if len(k.Calls) > 0 {
			return stub("stub", k)
		}
		return stub("unknown", k)
	}
	return ofType(k)
}

// ofType is a value of a type that was not ruled out.
func ofType(k *sandbox.Known) string {
	asked := func(name string, is bool) bool {
		decided, ok := k.Types[name]
		return ok && decided == is
	}
	switch {
	case asked("boolean", true):
		return "true"
	case asked("function", true):
		return stub("stub", k)
	case asked("object", true):
		return stub("unknown", k)
	case !asked("string", false):
		return quote(k.Label)
	case !asked("number", false):
		return "1"
	}
	return stub("unknown", k)
}

func bound(k *sandbox.Known) string {
	if k.Value == nil {
		if k.Null {
			return "null"
		}
		return "undefined"
	}
	text, err := json.Marshal(k.Value)
	if err != nil {
		return "undefined"
	}
	return string(text)
}

func list(elements []*sandbox.Known) string {
	items := make([]string, len(elements))
	for i, e := range elements {
		items[i] = value(e)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func falsy(k *sandbox.Known) string {
	switch {
	case k.Nullish == 0:
		return "undefined"
	case k.Types["number"]:
		return "0"
	case k.Types["boolean"]:
		return "false"
	}
	return "''"
}

// numeric is a number within what was decided about it.
func numeric(k *sandbox.Known) (string, bool) {
	low, high := math.IsInf(k.Low, -1), math.IsInf(k.High, 1)
	switch {
	case low && high:
		if k.Types["number"] {
			return "1", true
		}
		return "", false
	case low:
		return strconv.FormatFloat(k.High, 'g', -1, 64), true
	}
	return strconv.FormatFloat(k.Low, 'g', -1, 64), true
}

// sameText are methods after which a text that is as it should be is the same.
var sameText = []string{"trim", "trimStart", "trimEnd", "toString", "normalize", "toLowerCase", "toUpperCase"}

// derivedText is a text of which what was decided about its parts is true.
func derivedText(k *sandbox.Known) (string, bool) {
	for _, how := range slices.Sorted(maps.Keys(k.Derived)) {
		d := k.Derived[how]
		if d == nil {
			continue
		}
		switch {
		case how == "JSON.parse("+k.Label+")":
			if d.Nullish == 0 {
				return "'{'", true // no JSON
			}
			return "JSON.stringify(" + value(d) + ")", true
		case how == "Array.isArray("+k.Label+")":
			if d.Truthy > 0 {
				return "[]", true
			}
		case strings.HasPrefix(how, "parse") || strings.HasPrefix(how, "Number("):
			if text, ok := numeric(d); ok {
				return quote(text), true
			}
		case strings.Contains(how, "sNaN("):
			return map[bool]string{true: quote("no number"), false: "'1'"}[d.Truthy > 0], true
		case strings.HasPrefix(how, "/"):
			if text, ok := matching(how, d.Truthy > 0); ok {
				return quote(text), true
			}
		}
		for _, m := range sameText {
			if how != k.Label+"."+m+"()" {
				continue
			}
			if d.Bound {
				return bound(d), true
			}
			if text, ok := derivedText(d); ok {
				return text, true
			}
		}
	}
	if k.Types["string"] && len(k.Members) == 0 {
		return quote(k.Label), true
	}
	return "", false
}

// samples are texts that patterns in handlers often ask for.
var samples = []string{"", "a", "1", "text", "+15550100", "user@example.org", "https://example.org/a", "2026-06-03", "true", "a b", "AC0123456789abcdef0123456789abcdef"}

var tested = regexp.MustCompile(`^/(.*)/[a-z]*\.(?:test|exec)\(`)

// matching is a text that a pattern matches, or does not.
func matching(how string, yes bool) (string, bool) {
	found := tested.FindStringSubmatch(how)
	if found == nil {
		return "", false
	}
	pattern, err := regexp.Compile(found[1])
	if err != nil {
		return "", false
	}
	for _, s := range samples {
		if pattern.MatchString(s) == yes {
			return s, true
		}
	}
	return "", false
}

// methods are derived values that a method of the unknown gives, by the method's name.
func methods(k *sandbox.Known) map[string]string {
	out := map[string]string{}
	for how, d := range k.Derived {
		rest, ok := strings.CutPrefix(how, k.Label+".")
		name, _, call := strings.Cut(rest, "(")
		if !ok || !call || d == nil || !plainName.MatchString(name) {
			continue
		}
		result := value(d)
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
func stub(function string, k *sandbox.Known) string {
	var parts []string
	if props := properties(k); props != "" {
		parts = append(parts, "members: "+props)
	}
	if calls := outcomes(k.Calls); calls != "" {
		parts = append(parts, "calls: "+calls)
	}
	if len(k.News) > 0 {
		parts = append(parts, "news: "+list(k.News))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("%s(%s)", function, quote(k.Label))
	}
	return fmt.Sprintf("%s(%s, { %s })", function, quote(k.Label), strings.Join(parts, ", "))
}

// properties are the members and methods of an unknown as an object, "" if there is nothing to say.
func properties(k *sandbox.Known) string {
	all := methods(k)
	for name, m := range k.Members {
		if m != nil && tells(m, 0) {
			all[name] = value(m)
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
func tells(k *sandbox.Known, depth int) bool {
	if k == nil || depth > 12 {
		return false
	}
	if !k.Thing || k.Bound || len(k.Calls) > 0 && slices.ContainsFunc(k.Calls, func(o *sandbox.Outcome) bool { return o.How != "gives" || tells(o.Value, depth+1) }) {
		return true
	}
	for _, m := range k.Members {
		if tells(m, depth+1) {
			return true
		}
	}
	return slices.ContainsFunc(k.News, func(n *sandbox.Known) bool { return tells(n, depth+1) })
}

// outcomes are what came of calls, in their order, "" if nothing that matters.
func outcomes(calls []*sandbox.Outcome) string {
	var items []string
	worth := false
	for _, o := range calls {
		items = append(items, outcome(o))
		worth = worth || o.How != "gives" || tells(o.Value, 0)
	}
	if !worth {
		return ""
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func outcome(o *sandbox.Outcome) string {
	label := "'it'"
	if o.Value != nil {
		label = quote(o.Value.Label)
	}
	switch o.How {
	case "resolves":
		return "resolves(" + label + ", " + value(o.Value) + ")"
	case "late":
		return "resolves(" + label + ", " + value(o.Value) + ", late)"
	case "rejects", "throws", "fails back":
		name := map[string]string{"rejects": "rejects", "throws": "throws", "fails back": "failsBack"}[o.How]
		if props := errorProperties(o.Error); props != "" {
			return name + "(" + label + ", " + props + ")"
		}
		return name + "(" + label + ")"
	case "never":
		return "never(" + label + ")"
	case "takes":
		return "takes()"
	case "calls back":
		return "callsBack(" + arguments(o.Args) + ")"
	case "listens":
		return listener(o)
	}
	if o.Value != nil && !o.Value.Bound && o.Value.Truthy >= 0 && !o.Value.Sized && len(o.Value.Types) == 0 && o.Value.Nullish <= 0 {
		return "gives(" + stub("stub", o.Value) + ")"
	}
	return "gives(" + value(o.Value) + ")"
}

func listener(o *sandbox.Outcome) string {
	switch {
	case !o.Fires:
		return "silent()"
	case o.Failed:
		return "fires(failure(" + quote(o.Event) + "))"
	}
	return "fires(" + arguments(o.Args) + ")"
}

func errorProperties(props map[string]*sandbox.Known) string {
	all := map[string]string{}
	for name, k := range props {
		all[name] = value(k)
	}
	return object(all)
}

func arguments(args []*sandbox.Known) string {
	items := make([]string, len(args))
	for i, a := range args {
		items[i] = value(a)
		if a == nil {
			items[i] = "null"
		}
	}
	return strings.Join(items, ", ")
}

// quote writes a text as JavaScript.
func quote(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return "''"
	}
	if !strings.ContainsAny(s, `'"\`) {
		return "'" + strings.Trim(string(text), `"`) + "'"
	}
	return string(text)
}
