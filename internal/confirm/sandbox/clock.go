package sandbox

import (
	"container/heap"
	"strconv"
	"time"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// epoch is when every run begins: a weekday in summer, so that neither midnight nor a change of clocks is near.
var epoch = time.Date(2026, 6, 3, 10, 0, 0, 0, time.UTC)

// Reading the clock costs time, more with each reading in one task: a loop that waits for a moment gets there.
const (
	readCostMS = 0.2
	readGrowth = 1.125
	maxReadMS  = 50
)

// longWaitMS is how long a wait must be to be told.
const longWaitMS = 500

// Milliseconds writes a time in groups of three digits.
func Milliseconds(at float64) string {
	digits := strconv.Itoa(int(at))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + " " + digits[i:]
	}
	return digits
}

// timer is something that happens later.
type timer struct {
	at    float64
	order int
	every float64 // 0: once
	do    func()
	// user means that the code itself set it; fields for what to call it are set then.
	user bool
	id   int
	gone bool
	// through are the places of the calls that set it, innermost first.
	through []instrument.Place
}

// queue is a heap of timers by time, then by order of arrival.
type queue []*timer

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].order < q[j].order
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is heap.Interface's.
func (q *queue) Push(x any) { *q = append(*q, x.(*timer)) }

// Pop is heap.Interface's.
func (q *queue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	*q = (*q)[:last]
	return t
}

// clock is virtual time in ms since the handler was called.
type clock struct {
	now    float64
	cost   float64
	queue  queue
	orders int
	timers map[int]*timer
}

// after plans something.
func (c *clock) after(ms float64, do func()) *timer {
	c.orders++
	t := &timer{at: c.now + max(ms, 0), order: c.orders, do: do}
	heap.Push(&c.queue, t)
	return t
}

// next is what happens first, nil if nothing will.
func (c *clock) next() *timer {
	for len(c.queue) > 0 {
		if t := heap.Pop(&c.queue).(*timer); !t.gone {
			return t
		}
	}
	return nil
}

// read is what the code sees of the time.
func (m *machine) read() time.Time {
	c := &m.clock
	if !m.loading {
		c.cost = min(max(c.cost*readGrowth, readCostMS), maxReadMS)
		c.now += c.cost
		if c.now > m.budget {
			m.stop(Budget, "")
		}
	}
	return epoch.Add(time.Duration(c.now * float64(time.Millisecond)))
}

// setTimer is setTimeout and setInterval.
func (m *machine) setTimer(repeat bool) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		fn, ok := goja.AssertFunction(call.Argument(0))
		if !ok {
			panic(m.rt.NewTypeError(`The "callback" argument must be of type function`))
		}
		ms := m.number(call.Argument(1))
		if !(ms >= 1) || ms > 1<<31-1 {
			ms = 1
		}
		var args []goja.Value
		if len(call.Arguments) > 2 {
			args = call.Arguments[2:]
		}
		return m.handle(m.planTimer(ms, repeat, func() { m.enter(fn, goja.Undefined(), args...) }))
	}
}

func (m *machine) planTimer(ms float64, repeat bool, do func()) *timer {
	t := m.clock.after(ms, do)
	t.user, t.id, t.through = true, t.order, m.frames()
	if repeat {
		t.every = ms
	}
	if m.clock.timers == nil {
		m.clock.timers = map[int]*timer{}
	}
	m.clock.timers[t.id] = t
	return t
}

// handle is what setTimeout returns in Node.
func (m *machine) handle(t *timer) goja.Value {
	o := m.rt.NewObject()
	same := func(goja.FunctionCall) goja.Value { return o }
	for _, name := range []string{"ref", "unref", "refresh"} {
		m.set(o, name, same)
	}
	m.set(o, "hasRef", func(goja.FunctionCall) goja.Value { return m.rt.ToValue(true) })
	m.hide(o, "id", m.rt.ToValue(t.id))
	return o
}

func (m *machine) clearTimer(call goja.FunctionCall) goja.Value {
	id := call.Argument(0)
	if o, ok := id.(*goja.Object); ok && m.unknowns[o] == nil {
		id = o.Get("id")
	}
	if id == nil || goja.IsUndefined(id) || goja.IsNull(id) {
		return goja.Undefined()
	}
	if _, unknown := id.(*goja.Object); unknown {
		return goja.Undefined()
	}
	if t := m.clock.timers[int(id.ToInteger())]; t != nil {
		t.gone = true
		delete(m.clock.timers, t.id)
	}
	return goja.Undefined()
}

// tick runs what is due next; false if nothing is.
func (m *machine) tick() bool {
	if m.late.Load() {
		return false
	}
	t := m.clock.next()
	if t == nil {
		m.finish(Idle, "")
		return false
	}
	if t.at > m.budget {
		if t.user {
			m.event(instrument.Place{}, "a timer would fire at t = "+Milliseconds(t.at)+" ms, after the time limit", false)
		}
		m.clock.now = m.budget
		m.finish(Budget, "")
		return false
	}
	if late := t.at - m.clock.now; t.user && late >= longWaitMS {
		m.clock.now = t.at
		m.event(instrument.Place{}, Milliseconds(late)+" ms pass until a timer fires", false)
	}
	m.clock.now = max(m.clock.now, t.at)
	m.clock.cost = 0
	if t.every > 0 {
		again := *t
		again.at = m.clock.now + t.every
		m.clock.orders++
		again.order = m.clock.orders
		m.clock.timers[t.id] = &again
		heap.Push(&m.clock.queue, &again)
	} else if t.user {
		delete(m.clock.timers, t.id)
	}
	t.do()
	return m.run.End == ""
}
