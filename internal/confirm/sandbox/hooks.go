package sandbox

import (
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// hooks are the functions that the instrumented code calls, in its order.
func (m *machine) hooks() []goja.Value {
	by := map[string]func(goja.FunctionCall) goja.Value{
		instrument.Probe: m.probe,
		instrument.Test: func(c goja.FunctionCall) goja.Value {
			m.last = m.plainly(c.Argument(0))
			if m.as(m.last) == nil {
				m.half.truth(m, m.last)
			}
			return m.rt.ToValue(m.truth(m.last))
		},
		instrument.Last: func(goja.FunctionCall) goja.Value { return m.last },
		instrument.Equal: func(c goja.FunctionCall) goja.Value {
			return m.rt.ToValue(m.equal(c.Argument(0), c.Argument(1), c.Argument(2).ToBoolean()))
		},
		instrument.Relate: func(c goja.FunctionCall) goja.Value {
			return m.relate(c.Argument(0).String(), c.Argument(1), c.Argument(2))
		},
		instrument.TypeOf: func(c goja.FunctionCall) goja.Value { return m.rt.ToValue(m.typeOf(c.Argument(0))) },
		instrument.TypeIs: func(c goja.FunctionCall) goja.Value {
			return m.rt.ToValue(m.typeIs(c.Argument(0), c.Argument(1).String()))
		},
		instrument.Switch:     m.switchOn,
		instrument.Case:       m.caseOf,
		instrument.In:         m.in,
		instrument.InstanceOf: m.instanceOf,
		instrument.Object:     func(c goja.FunctionCall) goja.Value { m.object = m.plainly(c.Argument(0)); return m.object },
		instrument.Key:        m.key,
		instrument.Into:       m.into,
		instrument.Add:        m.add,
		instrument.Exec:       m.exec,
		instrument.Interop:    m.interop,
	}
	out := make([]goja.Value, 0, len(by))
	for _, name := range instrument.Hooks() {
		out = append(out, m.rt.ToValue(by[name]))
	}
	return out
}

// exec is x.exec(argument): of a pattern and an unknown text, a match or none.
func (m *machine) exec(c goja.FunctionCall) goja.Value {
	x, argument := m.plainly(c.Argument(0)), c.Argument(1)
	if o := asObject(x); o != nil && o.ClassName() == "RegExp" {
		if u := m.as(argument); u != nil {
			return m.derived(u, o.String()+".exec("+u.label+")").proxy
		}
	}
	if goja.IsNull(x) || goja.IsUndefined(x) {
		panic(m.rt.NewTypeError("Cannot read properties of " + x.String() + " (reading 'exec')"))
	}
	method, ok := goja.AssertFunction(x.ToObject(m.rt).Get("exec"))
	if !ok {
		panic(m.rt.NewTypeError("exec is not a function"))
	}
	out, err := method(x, argument)
	m.rethrow(err)
	return out
}

// probe counts what is executed and spends fuel.
func (m *machine) probe(c goja.FunctionCall) goja.Value {
	m.fuel--
	if m.fuel <= 0 {
		m.run.Progress = m.half.begin(m) && m.half.made(m)
		m.stop(Spin, "")
		return goja.Undefined()
	}
	n := int(c.Argument(0).ToInteger())
	if n < 0 || n >= len(m.run.Covers) || m.loading {
		return goja.Undefined()
	}
	m.site = n
	m.run.Covers[n] = true
	if n == m.job.Suspect && !m.run.Reached {
		m.run.Reached = true
		m.event(m.job.Script.Sites[n].Start, "the suspect line runs", true)
	}
	return goja.Undefined()
}

// truth decides whether a value is truthy.
func (m *machine) truth(v goja.Value) bool {
	u := m.as(v)
	if u != nil && u.sizeOf != nil {
		v, u = m.sized(u), nil
	}
	if u == nil {
		return m.plainly(v).ToBoolean()
	}
	if u.truthy == open {
		if u.nullish == yes {
			u.truthy = no
		} else {
			taken := m.decide("truthy", u.label, Option{Text: "truthy"}, Option{Text: "falsy"})
			u.truthy = factOf(taken == 0)
			if taken == 0 {
				u.nullish = no
			}
		}
	}
	return u.truthy == yes
}

// equal decides a === b or a == b.
func (m *machine) equal(a, b goja.Value, strict bool) bool {
	a, b = m.plainly(a), m.plainly(b)
	a = m.compared(a, "", b)
	b = m.compared(b, "", a)
	ua, ub := m.as(a), m.as(b)
	switch {
	case ua == nil && ub == nil:
		if strict {
			return a.StrictEquals(b)
		}
		return m.loosely(a, b)
	case ua == ub:
		return true
	case ua != nil && ub != nil:
		pair := m.derived(ua, ua.label+" = "+ub.label)
		if pair.truthy == open {
			pair.truthy = factOf(m.decide("equal", ua.label+" === "+ub.label, Option{Text: "different"}, Option{Text: "equal"}) == 1)
			if pair.truthy == yes {
				ua.same, ub.same = append(ua.same, ub), append(ub.same, ua)
			}
		}
		return pair.truthy == yes
	case ua == nil:
		ua, b = ub, a
	}
	return m.equals(ua, b, strict)
}

func (m *machine) loosely(a, b goja.Value) (equal bool) {
	return a.Equals(b)
}

// equals decides whether an unknown is a known value.
func (m *machine) equals(u *unknown, v goja.Value, strict bool) bool {
	if goja.IsNull(v) || goja.IsUndefined(v) {
		return m.isNullish(u, v, strict)
	}
	if o, ok := v.(*goja.Object); ok {
		return u.proxy == o
	}
	if u.sort == thing || u.truthy == no && v.ToBoolean() || u.truthy == yes && !v.ToBoolean() || u.nullish == yes {
		return false
	}
	if b, ok := v.Export().(bool); ok && (b || u.truthy != no) {
		return m.truth(u.proxy) == b && (!b || m.isTrue(u))
	}
	if m.ofOtherType(u, v) {
		return false
	}
	for _, other := range u.differs {
		if other.SameAs(v) {
			return false
		}
	}
	if n, ok := number(v); ok && (n < u.low || n > u.high) {
		return false
	}
	if m.decide("equal", u.label+" === "+literal(v), Option{Text: "equal"}, Option{Text: "different"}) == 0 {
		u.bind(v)
		return true
	}
	u.differs = append(u.differs, v)
	return false
}

// isTrue: what is truthy and compared with true is taken for a boolean.
func (m *machine) isTrue(u *unknown) bool {
	if u.sort == data {
		u.bind(m.rt.ToValue(true))
	}
	return true
}

// ofOtherType tells whether what was decided about an unknown's type keeps it from being a value.
func (m *machine) ofOtherType(u *unknown, v goja.Value) bool {
	is := m.typeOfKnown(v)
	for name, f := range u.kind {
		if f == yes && name != is || f == no && name == is {
			return true
		}
	}
	return false
}

func (m *machine) isNullish(u *unknown, v goja.Value, strict bool) bool {
	if u.nullish == open {
		if u.truthy == yes {
			u.nullish = no
		} else {
			is := "null or undefined"
			if strict {
				is = v.String()
			}
			u.nullish = factOf(m.decide("nullish", u.label, Option{Text: "there"}, Option{Text: is}) == 1)
			if u.nullish == yes {
				if strict {
					u.bind(v)
				} else {
					u.bind(goja.Undefined())
				}
			}
		}
	}
	return u.nullish == yes
}

func number(v goja.Value) (float64, bool) {
	switch n := v.Export().(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

func literal(v goja.Value) string {
	if s, ok := v.Export().(string); ok {
		if len(s) <= maxShown {
			return strconv.Quote(unmarked(s))
		}
		return strconv.Quote(clip(s))
	}
	return clip(v.String())
}

// relate decides a < b and its like.
func (m *machine) relate(op string, a, b goja.Value) goja.Value {
	a, b = m.plainly(a), m.plainly(b)
	a = m.compared(a, op, b)
	b = m.compared(b, mirrored(op), a)
	ua, ub := m.as(a), m.as(b)
	m.half.relation(m, a, b)
	if ua == nil && ub == nil {
		return m.rt.ToValue(m.compare(op, a, b))
	}
	if ua == nil || ub != nil && ua.sort == thing {
		ua, b, op = ub, a, mirrored(op)
		ub = m.as(b)
	}
	n, ok := number(b)
	if ub != nil || !ok {
		return m.rt.ToValue(m.decide("relation", ua.label+" "+op+" "+m.show(b), Option{Text: "yes"}, Option{Text: "no"}) == 0)
	}
	return m.rt.ToValue(m.narrow(ua, op, n))
}

// narrow decides u op n and keeps the interval.
func (m *machine) narrow(u *unknown, op string, n float64) bool {
	below := op == "<" || op == "<="
	edge := 0.0
	if op == "<" || op == ">=" {
		edge = 1
	}
	// left is the interval where u is below, right where it is above.
	left, right := n-edge, n-edge+1
	if below && u.high <= left || !below && u.low >= right {
		return true
	}
	if below && u.low >= right || !below && u.high <= left {
		return false
	}
	holds := m.decide("relation", u.label+" "+op+" "+strconv.FormatFloat(n, 'g', -1, 64), Option{Text: "yes"}, Option{Text: "no"}) == 0
	if holds == below {
		u.high = math.Min(u.high, left)
	} else {
		u.low = math.Max(u.low, right)
	}
	return holds
}

// compare is < and its like on known values.
func (m *machine) compare(op string, a, b goja.Value) bool {
	fn := m.operators[op]
	out, err := fn(goja.Undefined(), a, b)
	m.rethrow(err)
	return out.ToBoolean()
}
