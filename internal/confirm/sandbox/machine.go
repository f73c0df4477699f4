package sandbox

import (
	"errors"
	"fmt"
	"math/rand"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

const (
	defaultFuel   = 30_000
	maxStack      = 1_500
	defaultBudget = 300_000
	// latencyMS is how long everything outside takes.
	latencyMS = 50
	// maxRun is how long a run may take on a real clock. Fuel bounds what is executed; what one step costs, only this does.
	maxRun = time.Second
	// slowMS is how long something takes that everything else should be faster than.
	slowMS = 2_000
)

// machine is one run.
type machine struct {
	rt  *goja.Runtime
	job *Job
	run *Run

	plan      []int
	stubborn  bool
	visits    map[asked][]int
	decisions int

	clock   clock
	budget  float64
	fuel    int
	fuelled int // fuel in the beginning
	site    int // the statement that runs
	loading bool
	stack   []goja.StackFrame

	target     *goja.Object // of all proxies
	unknowns   map[*goja.Object]*unknown
	marked     map[string]*unknown
	globals    map[string]goja.Value
	modules    map[string]goja.Value
	polyfill   *goja.Object
	private    map[string]goja.Value
	last       goja.Value            // what $test was given
	object     goja.Value            // what $object was given
	subjects   map[int]goja.Value    // of switch statements
	answers    map[*goja.Object]bool // functions and objects that answer
	loose      map[*goja.Promise]Loose
	looseSeq   []*goja.Promise
	inFlight   []*unknown // results somebody asked to settle, not settled yet
	wrapped    []wrapping
	resolvers  []*goja.Object // of GraphQL servers, as they were handed to what makes them
	known      []*unknown     // results that the static side knows to be promises
	playing    bool           // the sandbox calls a function of the handler's as its own
	half       progress
	handed     []goja.Value // the handler's arguments
	before     []goja.Value // those of the request before
	env        *unknown     // process.env
	late       atomic.Bool  // a real clock has run out
	exports    *goja.Object // what an ES module calls `exports`: TypeScript makes it CommonJS
	requests   int          // answered before the one that runs
	asked      bool         // whether the next request comes at once was decided
	overlapped bool         // the next request came at once
	taken      bool         // the handler was handed to a wrapper or a registration

	operators       map[string]goja.Callable
	failures        map[*goja.Object][]instrument.Place // where injected failures come from
	injected        map[*goja.Object]*unknown           // the rest of injected failures
	errorClass      *goja.Object
	promiseClass    *goja.Object
	classes         map[*goja.Object]*goja.Object // builtin classes by what stands in for them
	objectPrototype *goja.Object
	asyncIterator   *goja.Symbol
}

// Execute runs a job once, with the given decisions; all others take their first alternative.
func Execute(job *Job, plan []int, stubborn bool) (run *Run) {
	return newMachine(job, plan, stubborn).complete()
}

// complete runs the module and its handler until nothing is left to do, or a bound is hit.
func (m *machine) complete() (run *Run) {
	defer func() {
		if r := recover(); r != nil {
			m.run.End, m.run.Reason = Guard, fmt.Sprint("the sandbox failed: ", r)
			run = m.run
		}
	}()
	guard := time.AfterFunc(maxRun, func() {
		m.late.Store(true)
		m.rt.Interrupt(Guard)
	})
	defer guard.Stop()
	if m.load() {
		m.serve()
	}
	if m.late.Load() {
		m.run.End, m.run.Reason, m.run.Slow = Guard, "a run takes longer than "+maxRun.String(), true
	}
	m.run.At, m.run.Steps = m.clock.now, m.fuelled-m.fuel
	return m.run
}

func newMachine(job *Job, plan []int, stubborn bool) *machine {
	m := &machine{
		rt: goja.New(), job: job, plan: plan, stubborn: stubborn,
		run:      &Run{Covers: make([]bool, len(job.Script.Sites))},
		visits:   map[asked][]int{},
		unknowns: map[*goja.Object]*unknown{}, classes: map[*goja.Object]*goja.Object{}, marked: map[string]*unknown{},
		globals: map[string]goja.Value{}, modules: map[string]goja.Value{}, private: map[string]goja.Value{},
		subjects: map[int]goja.Value{}, answers: map[*goja.Object]bool{}, loose: map[*goja.Promise]Loose{},
		failures: map[*goja.Object][]instrument.Place{}, injected: map[*goja.Object]*unknown{},
		budget: float64(job.BudgetMS), fuel: job.Fuel, loading: true,
	}
	if m.budget == 0 {
		m.budget = float64(job.Contract.BudgetMS)
	}
	if m.budget == 0 {
		m.budget = defaultBudget
	}
	if m.fuel == 0 {
		m.fuel = defaultFuel
	}
	m.fuelled = m.fuel
	m.half.from = m.fuel / 2
	m.rt.SetMaxCallStackSize(maxStack)
	m.rt.SetTimeSource(m.read)
	random := rand.New(rand.NewSource(1)) //nolint:gosec // runs must repeat
	m.rt.SetRandSource(random.Float64)
	m.rt.SetPromiseRejectionTracker(m.track)
	m.install()
	return m
}

// load runs the module. False means that there is nothing to call.
func (m *machine) load() bool {
	v, err := m.rt.RunProgram(m.job.Script.Program)
	if err == nil {
		define, ok := goja.AssertFunction(v)
		if !ok {
			return m.refuse("the bundle is not a function")
		}
		module, exports := m.rt.NewObject(), m.rt.NewObject()
		m.exports = exports
		m.set(module, "exports", exports)
		args := append([]goja.Value{exports, m.rt.ToValue(m.require), module, m.rt.ToValue("/handler.js"), m.rt.ToValue("/"), m.rt.ToValue(m.register)}, m.hooks()...)
		_, err = define(goja.Undefined(), args...)
		if err == nil && m.run.End == "" {
			m.modules["."] = m.awaited(module.Get("exports"))
			m.settleLoose()
			m.run.Loose = nil
			return m.run.End == ""
		}
	}
	if m.run.End == "" {
		return m.refuse("its module cannot be loaded: " + m.describe(err))
	}
	return false
}

// awaited is what a module exports that awaits at its top level: its promise is waited for.
func (m *machine) awaited(exports goja.Value) goja.Value {
	o := asObject(exports)
	if o == nil || m.unknowns[o] != nil {
		return exports
	}
	p, ok := o.Export().(*goja.Promise)
	if !ok {
		return exports
	}
	for p.State() == goja.PromiseStatePending && m.run.End == "" && m.tick() {
	}
	switch {
	case m.run.End != "":
		m.run.End, m.run.Reason = NoStart, "its module waits for ever at its top level"
	case p.State() == goja.PromiseStateRejected:
		m.refuse("its module cannot be loaded: " + m.show(p.Result()))
	}
	return p.Result()
}

func (m *machine) refuse(reason string) bool {
	m.run.End, m.run.Reason = NoStart, reason
	return false
}

// stop ends the run from inside the code.
func (m *machine) stop(end End, reason string) {
	if m.run.End == "" {
		m.run.End, m.run.Reason = end, reason
	}
	m.rt.Interrupt(end)
}

// finish ends the run between two tasks.
func (m *machine) finish(end End, reason string) {
	if m.run.End == "" {
		m.run.End, m.run.Reason = end, reason
	}
}

// enter runs a function of the code as a task of its own.
func (m *machine) enter(fn goja.Callable, this goja.Value, args ...goja.Value) {
	if m.run.End != "" {
		return
	}
	_, err := fn(this, args...)
	m.after(err)
}

// after is the end of a task: an exception is loose, and so is a rejection that got no handler by now.
func (m *machine) after(err error) {
	if err != nil && m.run.End == "" {
		if through, what, ok := m.thrown(err); ok {
			l := m.looseAt(what, through)
			l.Thrown = true
			m.looseEnd(l)
		}
	}
	m.settleKnown()
	m.settleLoose()
}

// thrown is what an error of goja's says: where, innermost call first, and what. False means that the run was stopped.
func (m *machine) thrown(err error) ([]instrument.Place, string, bool) {
	var stopped *goja.InterruptedError
	if errors.As(err, &stopped) {
		return nil, "", false
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		m.finish(Guard, "the stack overflows")
		return nil, "", false
	}
	var ex *goja.Exception
	if !errors.As(err, &ex) {
		return nil, err.Error(), true
	}
	through := m.origin(ex.Value())
	for _, f := range ex.Stack() {
		if p := instrument.PlaceOf(f.Position()); p.Line > 0 {
			through = append(through, p)
		}
	}
	return through, m.show(ex.Value()), true
}

func (m *machine) describe(err error) string {
	if err == nil {
		return "it was stopped"
	}
	through, what, ok := m.thrown(err)
	if !ok {
		return "it was stopped"
	}
	if len(through) > 0 {
		return fmt.Sprintf("%s (%s:%d)", what, through[0].File, through[0].Line)
	}
	return what
}

// track hears of rejections without a handler, and of handlers that come later.
func (m *machine) track(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionHandle {
		delete(m.loose, p)
		return
	}
	through := m.origin(p.Result())
	if len(through) == 0 {
		through = m.frames()
	}
	m.loose[p] = m.looseAt(m.show(p.Result()), through)
	m.looseSeq = append(m.looseSeq, p)
}

func (m *machine) settleLoose() {
	for _, p := range m.looseSeq {
		l, still := m.loose[p]
		if !still {
			continue
		}
		delete(m.loose, p)
		l.What = "rejected: " + l.What
		m.looseEnd(l)
	}
	m.looseSeq = m.looseSeq[:0]
}

func (m *machine) looseEnd(l Loose) {
	l.AfterAnswer = len(m.run.Answers) > 0
	m.run.Loose = append(m.run.Loose, l)
	m.run.Events = append(m.run.Events, Event{At: m.clock.now, Place: l.Place, Text: "nothing handles this: " + l.What})
	if m.job.Contract.Protocol.FloatingAnswers {
		m.answer(Answer{How: "the platform's handler of uncaught errors", Implicit: true, Error: true})
	}
}

// show is a value in a few words; it runs no code of the handler's.
func (m *machine) show(v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return clip(v.String())
	}
	if u := m.unknowns[o]; u != nil {
		return u.label
	}
	text := ""
	if ex := m.rt.Try(func() {
		name, message := o.Get("name"), o.Get("message")
		if message != nil && !goja.IsUndefined(message) {
			text = fmt.Sprintf("%v: %s", name, inNode(message.String()))
		}
	}); ex != nil || text == "" {
		return "a value of class " + o.ClassName()
	}
	return clip(text)
}

// said are errors as goja words them, with Node's words.
var said = []struct {
	goja *regexp.Regexp
	node string
}{
	{regexp.MustCompile(`^Cannot read property '(.*)' of (undefined|null)`), "Cannot read properties of $2 (reading '$1')"},
	{regexp.MustCompile(`^Value is not object coercible`), "Cannot destructure a value that is undefined or null"},
	{regexp.MustCompile(`^Object has no member '(.*)'`), "$1 is not a function"},
}

func inNode(message string) string {
	for _, s := range said {
		if s.goja.MatchString(message) {
			return s.goja.ReplaceAllString(message, s.node)
		}
	}
	return message
}

// maxShown bounds what is shown of a text, in bytes.
const maxShown = 160

func unmarked(s string) string { return strings.NewReplacer("‹", "", "›", "").Replace(s) }

func clip(s string) string {
	s = strings.Join(strings.Fields(unmarked(s)), " ")
	if len(s) > maxShown {
		return s[:maxShown] + "…"
	}
	return s
}

// number is a value as a number; what is no number is 0.
func (m *machine) number(v goja.Value) (n float64) {
	if u := m.as(v); u != nil {
		v = m.primitive(u, "number")
	}
	m.quietly(func() { n = v.ToFloat() })
	return n
}

func (m *machine) set(o *goja.Object, name string, value any) {
	if err := o.Set(name, value); err != nil {
		panic(err)
	}
}

func (m *machine) hide(o *goja.Object, name string, value goja.Value) {
	_ = o.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) // fails only on frozen objects
}
