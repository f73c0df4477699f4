package emit

import (
	"encoding/json"
	"strings"

	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// outcomes are what came of calls, in their order, "" if nothing that matters.
func (t *texts) outcomes(calls []*sandbox.Outcome) string {
	var items []string
	worth := false
	for _, o := range calls {
		items = append(items, t.outcome(o))
		worth = worth || o.How != "gives" || t.tells(o.Value, 0)
	}
	if !worth {
		return ""
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (t *texts) outcome(o *sandbox.Outcome) string {
	label := "'it'"
	if o.Value != nil {
		label = quote(o.Value.Label)
	}
	switch o.How {
	case "resolves":
		return t.promise(o, "resolves", label, t.value(o.Value))
	case "late":
		return t.promise(o, "late", label, t.value(o.Value))
	case "rejects":
		return t.promise(o, "rejects", label, t.errorProperties(o.Error))
	case "never":
		return t.promise(o, "never", label)
	case "throws":
		return "throws(" + arguments(label, t.errorProperties(o.Error)) + ")"
	case "fails back":
		return "failsBack(" + arguments(label, t.errorProperties(o.Error)) + ")"
	case "takes":
		return "takes()"
	case "calls back":
		return "callsBack(" + arguments(label, t.told(o.Args)) + ")"
	case "listens":
		return t.listener(o)
	}
	if o.Value != nil && !o.Value.Bound && o.Value.Truthy >= 0 && !o.Value.Sized && len(o.Value.Types) == 0 && o.Value.Nullish <= 0 && t.shared[o.Value] == nil {
		return "gives(" + t.stub("stub", o.Value) + ")"
	}
	return "gives(" + t.value(o.Value) + ")"
}

// promise is a promise with how it settles, and with what else was asked of it.
func (t *texts) promise(o *sandbox.Outcome, how, label string, more ...string) string {
	text := how + "(" + arguments(append([]string{label}, more...)...) + ")"
	if o.Own == nil {
		return text
	}
	if members := t.properties(o.Own); members != "" {
		return "having(" + members + ", " + text + ")"
	}
	return text
}

// arguments are a call's, without empty ones at the end.
func arguments(list ...string) string {
	for len(list) > 0 && list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return strings.Join(list, ", ")
}

func (t *texts) listener(o *sandbox.Outcome) string {
	switch {
	case !o.Fires:
		return "silent()"
	case o.Failed:
		return "fires(failure(" + quote(o.Event) + "))"
	}
	return "fires(" + t.told(o.Args) + ")"
}

func (t *texts) errorProperties(props map[string]*sandbox.Known) string {
	all := map[string]string{}
	for name, k := range props {
		all[name] = t.value(k)
	}
	return object(all)
}

// told is what a callback is told.
func (t *texts) told(args []*sandbox.Known) string {
	items := make([]string, len(args))
	for i, a := range args {
		items[i] = t.value(a)
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
	if !strings.ContainsAny(string(text[1:len(text)-1]), `'"\`) {
		return "'" + string(text[1:len(text)-1]) + "'"
	}
	return string(text)
}
