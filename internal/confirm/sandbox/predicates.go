package sandbox

import (
	"strings"

	"github.com/dop251/goja"
)

// Libraries of small functions have questions about their argument that the language answers: what they say is not up to the world.

// asksType are those of lodash and underscore that ask for a type, by name.
var asksType = map[string]string{"isString": "string", "isNumber": "number", "isBoolean": "boolean", "isFunction": "function"}

// predicate answers such a question. False means that the function is none of them.
func (m *machine) predicate(u *unknown, args []goja.Value) (answer, ok bool) {
	name, found := strings.CutPrefix(u.label, "lodash.")
	if !found {
		if name, found = strings.CutPrefix(u.label, "lodash/"); !found {
			name, found = strings.CutPrefix(u.label, "underscore.")
		}
	}
	if !found || len(args) == 0 {
		return false, false
	}
	v := m.plainly(args[0])
	if kind := asksType[name]; kind != "" {
		return m.typeIs(v, kind), true
	}
	switch name {
	case "isObject", "isPlainObject", "isObjectLike":
		return m.isObject(v), true
	case "isNil", "isUndefined", "isNull":
		if of := m.as(v); of != nil {
			return m.isNullish(of, goja.Undefined(), false), true
		}
		return goja.IsUndefined(v) && name != "isNull" || goja.IsNull(v) && name != "isUndefined", true
	case "isArray":
		if o := asObject(v); m.as(v) == nil {
			return o != nil && o.ClassName() == "Array", true
		}
	}
	return false, false
}

// isObject tells whether a value is an object; of open data, a decision.
func (m *machine) isObject(v goja.Value) bool {
	u := m.as(v)
	switch {
	case u == nil:
		return asObject(v) != nil
	case u.sort == thing:
		return true
	}
	return m.typeIs(v, "object")
}
