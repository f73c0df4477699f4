package jsflow

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// emitters are the listeners that a function registers, grouped by the object
// they listen to: of the ends an emitter can come to, one happens.
type emitters struct {
	groups map[interface{}]*group // by symbol, or by the call that makes the emitter
	byCall map[*jsparse.Call]*group
}

type group struct {
	listeners []listener
	started   bool
}

type listener struct {
	event string
	fn    jsparse.Expr
	of    jsparse.Expr // what it listens to
}

func listens(name string) bool {
	switch name {
	case "on", "once", "addListener", "addEventListener", "prependListener", "onEnd":
		return true
	}
	return false
}

// passing are events that come any number of times before an emitter ends.
func passing(event string) bool {
	switch event {
	case "data", "readable", "drain", "progress", "connection", "socket", "connect", "lookup", "ready", "open", "pipe", "unpipe", "resume", "pause", "warning", "SIGTERM", "SIGINT", "uncaughtException", "unhandledRejection":
		return true
	}
	return false
}

// listeners finds what the function being lowered listens to.
func (b *builder) listeners() *emitters {
	if em := b.s.emitters[b.e]; em != nil {
		return em
	}
	em := &emitters{groups: map[interface{}]*group{}, byCall: map[*jsparse.Call]*group{}}
	b.s.emitters[b.e] = em
	for _, st := range b.e.fn.Body.Body {
		jsparse.Walk(st, func(n jsparse.Node) bool {
			switch n := n.(type) {
			case *jsparse.Func:
				return false
			case *jsparse.Declarator:
				em.declared(n)
			case *jsparse.Call:
				em.add(n)
			}
			return true
		})
	}
	return em
}

// declared links `const req = https.get(…)` with the listeners of req.
func (em *emitters) declared(d *jsparse.Declarator) {
	name, ok := d.Target.(*jsparse.Name)
	if !ok || d.Init == nil {
		return
	}
	if call, ok := source(d.Init).(*jsparse.Call); ok {
		em.byCall[call] = em.group(name.Symbol)
	}
}

func (em *emitters) group(key interface{}) *group {
	g := em.groups[key]
	if g == nil {
		g = &group{}
		em.groups[key] = g
	}
	return g
}

// source is the object at the start of a chain of .on(…).on(…).
func source(x jsparse.Expr) jsparse.Expr {
	for {
		call, ok := x.(*jsparse.Call)
		if !ok {
			return x
		}
		m, ok := call.Callee.(*jsparse.Member)
		if !ok || !listens(m.Name) {
			return x
		}
		x = m.Object
	}
}

func (em *emitters) add(n *jsparse.Call) {
	m, ok := n.Callee.(*jsparse.Member)
	if !ok || !listens(m.Name) || len(n.Args) < 2 {
		return
	}
	event, ok := n.Args[0].(*jsparse.Literal)
	if !ok {
		return
	}
	g := em.groupOf(m.Object)
	if g == nil {
		return
	}
	// a chain is visited from its end: keep the order of the source
	g.listeners = append([]listener{{event.Value, n.Args[1], m.Object}}, g.listeners...)
}

func (em *emitters) groupOf(object jsparse.Expr) *group {
	switch src := source(object).(type) {
	case *jsparse.Ident:
		return em.group(src.Symbol)
	case *jsparse.Call:
		if g := em.byCall[src]; g != nil {
			return g
		}
		g := em.group(src)
		em.byCall[src] = g
		return g
	}
	return nil
}

// listen lowers x.on('event', f): the first registration starts the emitter's
// work with all its listeners; the others are part of it.
func (b *builder) listen(n *jsparse.Call, m *jsparse.Member) (flow.Operand, bool) {
	if !listens(m.Name) || len(n.Args) < 2 || b.e.fn == nil {
		return unknownOperand(), false
	}
	if isResponder(b.s.eval(m.Object, b.e)) {
		return known(flow.Truthy), true
	}
	g := b.listeners().groupOf(m.Object)
	if g == nil || len(g.listeners) == 0 {
		return unknownOperand(), false
	}
	if !g.started {
		g.started = true
		b.startEvents(n, b.text(m.Object), g, nil)
	}
	return unknownOperand(), true
}

// startEvents starts an emitter: one of its listeners that can end it is called.
func (b *builder) startEvents(n jsparse.Expr, name string, g *group, extra []argument) {
	ends := b.ends(g.listeners, len(extra) > 0)
	var then []*flow.Func
	for _, a := range extra {
		if fn := b.callbackFunc(a, true); fn != nil {
			then = append(then, fn)
		}
	}
	for _, l := range ends {
		a := argument{x: l.fn, val: b.s.eval(l.fn, b.e), given: b.s.carried(b.s.eval(l.of, b.e), l.event)}
		if fn := b.callbackFunc(a, true); fn != nil {
			then = append(then, fn)
		} else {
			b.escape(n, a.val)
		}
	}
	b.passBy(g.listeners, ends)
	b.emit(flow.Start{Site: b.site(n, name), Work: &flow.Work{Kind: flow.EventWork, Name: name, CanFail: true}, Then: then})
}

// passBy forgets what listeners set that hear of the emitter on its way: they are called any number of times before it ends.
func (b *builder) passBy(all, ends []listener) {
	for _, l := range all {
		fn, ok := l.fn.(*jsparse.Func)
		if !ok || slices.Contains(ends, l) {
			continue
		}
		jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
			switch n := n.(type) {
			case *jsparse.Assign:
				b.forgotten(n.Target)
			case *jsparse.Update:
				b.forgotten(n.X)
			}
			return true
		})
	}
}

// forgotten is a variable that code sets which is not followed.
func (b *builder) forgotten(target jsparse.Node) {
	if x, ok := target.(*jsparse.Ident); ok {
		b.set(x.Symbol, unknownOperand())
	}
}

// ends are the listeners of which one is the last to hear of the emitter. Of events that nobody knows, those whose
// listeners answer or settle nothing just pass by, if others do.
func (b *builder) ends(all []listener, more bool) []listener {
	rest := terminal(all)
	if len(rest) == 0 && !more {
		return all
	}
	decisive := rest[:0:0]
	decided := false
	for _, l := range rest {
		does := b.decides(b.s.eval(l.fn, b.e))
		decided = decided || does
		if does || l.event == "error" {
			decisive = append(decisive, l)
		}
	}
	if decided {
		return withoutPassing(decisive)
	}
	return rest
}

// withoutPassing leaves out what an emitter tells on its way, if it also tells that it is done: a form parser's `file` before `finish`.
func withoutPassing(decisive []listener) []listener {
	if !slices.ContainsFunc(decisive, func(l listener) bool { return isEnd(l.event) }) {
		return decisive
	}
	return slices.DeleteFunc(decisive, func(l listener) bool { return !isEnd(l.event) && !isBreak(l.event) })
}

// isEnd knows events after which an emitter has nothing more to say, isBreak those that tell why it did not come that far.
func isEnd(event string) bool {
	switch event {
	case "end", "finish", "close", "exit", "done", "complete", "completed":
		return true
	}
	return false
}

func isBreak(event string) bool {
	switch event {
	case "error", "timeout", "abort", "aborted", "cancel", "fail", "failed":
		return true
	}
	return false
}

// decides tells whether calling v may answer or settle a promise.
func (b *builder) decides(v value) bool {
	return v == nil || b.s.completes(v) || isSettler(v) || len(b.s.settlers(v)) > 0
}

func terminal(all []listener) []listener {
	var out []listener
	for _, l := range all {
		if !passing(l.event) {
			out = append(out, l)
		}
	}
	return out
}

// ownEvents is a call that both takes a callback and gives an emitter with
// listeners (`https.get(url, f).on('error', g)`): one of them is called.
func (b *builder) ownEvents(n jsparse.Expr, callbacks []argument) bool {
	call, ok := n.(*jsparse.Call)
	if !ok || b.e.fn == nil {
		return false
	}
	g := b.listeners().byCall[call]
	if g == nil || g.started || len(terminal(g.listeners)) == 0 {
		return false
	}
	g.started = true
	b.startEvents(n, b.calleeText(n), g, callbacks)
	return true
}
