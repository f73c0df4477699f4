package sandbox

import (
	"math"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// maxElements bounds what is made of a collection.
const maxElements = 2000

// length is how many elements there are: not decided before somebody wants to know.
func (m *machine) length(u *unknown) goja.Value {
	if u.elements != nil {
		return m.rt.ToValue(len(u.elements))
	}
	if u.size == nil {
		u.size = m.unknownOf(data, u.label+".length")
		u.size.sizeOf, u.size.low, u.size.nullish, u.size.kind = u, 0, no, map[string]fact{"number": yes}
	}
	return u.size.proxy
}

// materialise decides on the elements of a collection: one, none, or two.
func (m *machine) materialise(u *unknown) []goja.Value { return m.materialiseOr(u) }

// materialiseOr is materialise with further sizes to choose from.
func (m *machine) materialiseOr(u *unknown, sizes ...int) []goja.Value {
	if u.elements != nil {
		return u.elements
	}
	options := []Option{{Text: "1 element"}, {Text: "empty"}, {Text: "2 elements"}}
	for _, n := range sizes {
		options = append(options, Option{Text: strconv.Itoa(n)})
	}
	n := slices.Concat([]int{1, 0, 2}, sizes)[m.decide("size", u.label+".length", options...)]
	u.elements = make([]goja.Value, 0, n)
	for i := range n {
		u.elements = append(u.elements, m.child(u, strconv.Itoa(i)))
	}
	if u.size != nil {
		u.size.bind(m.rt.ToValue(n))
	}
	if u.sort == result {
		u.plain = true
	}
	return u.elements
}

// sized is the number behind the size of a collection.
func (m *machine) sized(size *unknown) goja.Value {
	return m.rt.ToValue(len(m.materialise(size.sizeOf)))
}

// compared is a value that is compared with another: the size of a collection is decided, and may be what it is compared with.
// The operator is "" for equality.
func (m *machine) compared(v goja.Value, op string, with goja.Value) goja.Value {
	u := m.as(v)
	if u == nil || u.sizeOf == nil {
		return v
	}
	var sizes []int
	if n, ok := number(with); ok && n > 1 && n < maxElements {
		switch op {
		case "":
			sizes = beyond(n)
		case "<", ">=":
			sizes = beyond(math.Ceil(n))
		default:
			sizes = beyond(math.Floor(n) + 1)
		}
	}
	return m.rt.ToValue(len(m.materialiseOr(u.sizeOf, sizes...)))
}

// beyond is a size that is not one of the usual, if it is one.
func beyond(n float64) []int {
	if n <= 2 || n != math.Trunc(n) {
		return nil
	}
	return []int{int(n)}
}

// mirrored is an operator with its sides changed.
func mirrored(op string) string {
	return map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[op]
}
