package sandbox

import (
	"strings"

	"github.com/dop251/goja"
)

// asksText are methods of texts whose answer depends on what the text is.
var asksText = []string{
	"trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "slice", "substring", "substr", "split", "replace", "replaceAll",
	"charAt", "charCodeAt", "at", "match", "matchAll", "includes", "startsWith", "endsWith", "indexOf", "lastIndexOf", "search",
}

// patchTexts makes texts of unknowns unknown, too: what is cut out of one or found in it is not told by what stands for it.
func (m *machine) patchTexts() {
	m.proxyBuiltin("String", func(c goja.FunctionCall, of native) goja.Value {
		u := m.as(c.Argument(0))
		if _, object := c.Argument(0).(*goja.Object); u == nil || !object || u.sort == thing || u.sizeOf != nil {
			return of(c)
		}
		if u.kind["string"] == yes {
			return u.proxy
		}
		d := m.derived(u, "String("+u.label+")")
		d.nullish, d.kind = no, map[string]fact{"string": yes}
		return d.proxy
	})
	text := m.holder("String").Get("prototype").(*goja.Object)
	for _, name := range asksText {
		m.wrapIn(text, name, func(c goja.FunctionCall, of native) goja.Value {
			s, ok := c.This.(goja.String)
			if !ok || !strings.Contains(s.String(), mark) {
				return of(c)
			}
			if u := m.as(s); u != nil {
				return m.purely(u, name, c.Arguments)
			}
			return of(c)
		})
	}
}
