package flow

import (
	"slices"
	"strconv"
	"strings"
)

// The solver's own kinds. Of nullish it is not known whether it is null or undefined.
const (
	nullish        Kind = 100 + iota
	maybeUndefined      // undefined in some of the runs that come here
)

// value is what is known of a variable on one path.
type value struct {
	kind    Kind
	text    string // of a Constant itself, of an Object what is known of its properties
	nonNull bool
	not     []string // constants that it is known not to be, sorted
	ids     []int32  // promises: of a Promise the alternatives, of an Object the elements of a list
}

var unknown = value{}

func (v value) isUnknown() bool {
	return v.kind == Unknown && !v.nonNull && len(v.not) == 0 && len(v.ids) == 0
}

// fromValue reads a value of the graph.
func fromValue(v Value) value {
	if v.Kind == Constant {
		return value{kind: Constant, text: constant(v.Text)}
	}
	return value{kind: v.Kind}
}

// public is the value as an Outcome shows it.
func (v value) public() Value {
	switch v.kind {
	case nullish:
		return Value{Kind: Falsy}
	case maybeUndefined:
		return Value{Kind: Unknown}
	case Constant:
		return Value{Kind: Constant, Text: v.text}
	}
	return Value{Kind: v.kind}
}

// constant makes equal constants equal texts: quotes do not matter.
func constant(text string) string {
	if n := len(text); n >= 2 && (text[0] == '\'' || text[0] == '`') && text[n-1] == text[0] &&
		!strings.ContainsAny(text[1:n-1], "\"\\$") {
		return `"` + text[1:n-1] + `"`
	}
	return text
}

// falsyConstant tells whether a constant counts as false.
func falsyConstant(text string) bool {
	switch text {
	case "false", `""`, "0", "-0", "0n", "NaN", "null", "undefined", "nil":
		return true
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return n == 0
	}
	return false
}

// answer is a decision: no, yes, or not known.
type answer int8

const (
	maybe answer = iota
	yes
	no
)

func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

// ask decides a condition about a value if it can.
func ask(v value, test Test, against value) answer {
	switch test {
	case IsTruthy:
		return v.truthy()
	case IsNullish:
		return v.nullish()
	case IsEqual:
		return v.equals(against)
	case IsResponse:
		return v.response()
	}
	return maybe
}

// response tells whether a value is a Response. A plain object is none.
func (v value) response() answer {
	switch v.kind {
	case Response:
		return yes
	case Unknown, Truthy:
		return maybe
	}
	return no
}

func (v value) truthy() answer {
	switch v.kind {
	case Undefined, Null, Falsy, nullish:
		return no
	case Truthy, Object, Response, Promise:
		return yes
	case Constant:
		return answerOf(!falsyConstant(v.text))
	}
	return maybe
}

func (v value) nullish() answer {
	switch v.kind {
	case Undefined, Null, nullish:
		return yes
	case Constant:
		return answerOf(v.text == "null" || v.text == "undefined" || v.text == "nil")
	case Truthy, Object, Response, Promise, Text:
		return no
	}
	if v.nonNull {
		return no
	}
	return maybe
}

// name is the value as a member of a list of excluded constants.
func (v value) name() string {
	switch v.kind {
	case Undefined:
		return "undefined"
	case Null:
		return "null"
	}
	return v.text
}

func (v value) equals(w value) answer {
	if v.kind == Constant && (w.kind == Constant || w.kind == Undefined || w.kind == Null) ||
		(v.kind == Undefined || v.kind == Null) && (w.kind == Constant || w.kind == Undefined || w.kind == Null) {
		return answerOf(sameConstant(v.name(), w.name()))
	}
	if slices.Contains(v.not, w.name()) {
		return no
	}
	if v.nullish() != maybe && w.nullish() != maybe && v.nullish() != w.nullish() {
		return no
	}
	if v.truthy() != maybe && w.truthy() != maybe && v.truthy() != w.truthy() {
		return no
	}
	switch v.kind {
	case Object, Response, Promise:
		return answerOf(false)
	case Text:
		if !strings.HasPrefix(w.name(), `"`) {
			return no
		}
	}
	return maybe
}

func sameConstant(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// refine is what is known of a value after a condition turned out one way.
func refine(v value, test Test, against value, way bool) value {
	switch test {
	case IsTruthy:
		return v.refineTruth(way)
	case IsNullish:
		return v.refineNothing(way)
	case IsEqual:
		if way {
			return against
		}
		return v.without(against.name())
	case IsResponse:
		if way {
			return value{kind: Response}
		}
	}
	return v
}

func (v value) refineNothing(way bool) value {
	switch missing := v.kind == maybeUndefined; {
	case way && missing:
		return value{kind: Undefined}
	case way:
		return value{kind: nullish, not: v.not}
	case missing:
		v.kind = Unknown
	}
	v.nonNull = true
	return v
}

func (v value) refineTruth(way bool) value {
	if way {
		if v.kind == Unknown || v.kind == Text || v.kind == maybeUndefined {
			v.kind = Truthy
		}
		return v
	}
	switch v.kind {
	case Text:
		return value{kind: Constant, text: `""`}
	case maybeUndefined:
		return value{kind: Undefined}
	}
	v.kind = Falsy
	return v
}

// maxExcluded bounds how many constants a value is known not to be (a long switch).
const maxExcluded = 40

func (v value) without(name string) value {
	if slices.Contains(v.not, name) || len(v.not) >= maxExcluded {
		return v
	}
	if v.kind == maybeUndefined && name == "undefined" {
		v.kind = Unknown
	}
	v.not = append(slices.Clone(v.not), name)
	slices.Sort(v.not)
	if slices.Contains(v.not, "null") && slices.Contains(v.not, "undefined") {
		v.nonNull = true
	}
	return v
}
