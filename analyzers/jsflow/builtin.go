package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// callGlobal is a call of a built-in of the language or of Node.
func (b *builder) callGlobal(n jsparse.Expr, g global, args []argument) flow.Operand {
	switch g.path {
	case "Promise.all":
		return b.combine(n, flow.All, args)
	case "Promise.allSettled":
		return b.combine(n, flow.AllSettled, args)
	case "Promise.race":
		return b.combine(n, flow.Race, args)
	case "Promise.any":
		return b.combine(n, flow.Any, args)
	case "Promise.resolve", "Promise.reject":
		return b.settledPromise(n, g.path == "Promise.reject", args)
	case "setTimeout", "setImmediate", "queueMicrotask", "process.nextTick", "setInterval":
		return b.timer(n, g.path, args)
	case "clearTimeout", "clearInterval", "clearImmediate":
		if len(args) > 0 {
			b.emit(flow.Cancel{Handle: args[0].op})
		}
		return known(flow.Undefined)
	case "fetch":
		return b.start(n, &flow.Work{Kind: flow.PromiseWork, CanFail: true, Sure: true, Upstream: true, Deadline: b.deadline(args, 1, "signal")})
	case "process.exit", "process.abort":
		b.end(flow.Stop{Range: b.rng(n), Exits: g.path})
		return unknownOperand()
	case "JSON.parse":
		b.emit(flow.MayThrow{Range: b.rng(n), What: "`JSON.parse` throws if the text is not JSON", Weak: true})
		return unknownOperand()
	case "Response.json", "Response.redirect", "Response.error", "NextResponse.json", "NextResponse.redirect", "NextResponse.next", "NextResponse.rewrite":
		return known(flow.Response)
	case "require":
		b.emit(flow.MayThrow{Range: b.rng(n), What: "`require` throws", Weak: true})
		return unknownOperand()
	}
	if sh, ok := b.s.globalShape(g); ok && sh.Call().Promise {
		if op, ok := b.callIndexed(n, g, args); ok {
			return op
		}
	}
	if harmlessGlobal(g.path) {
		for _, a := range args {
			if writesOut(g.path) && a.op.Var != nil && b.cur != nil {
				b.emit(flow.Escape{Range: b.rng(a.x), What: flow.PromiseEscapes}) // something is done here, but not with the promise
				continue
			}
			b.escapePromise(a)
		}
		return b.globalResult(g)
	}
	if b.s.missing(b.e.mod, rootOf(g.path)) {
		return unknownOperand() // reading the name has thrown
	}
	return b.callUnknown(n, args)
}

func (b *builder) globalResult(g global) flow.Operand {
	switch g.path {
	case "String", "JSON.stringify", "encodeURIComponent", "decodeURIComponent":
		return known(flow.Text)
	case "Object.keys", "Object.values", "Object.entries", "Array.from", "Object.assign":
		return known(flow.Object)
	}
	return unknownOperand()
}

func rootOf(path string) string {
	root, _, _ := strings.Cut(path, ".")
	return root
}

// harmlessGlobal are built-ins that neither call back, nor wait, nor throw in practice.
func harmlessGlobal(path string) bool {
	switch rootOf(path) {
	case "console", "Math", "Object", "Number", "String", "Boolean", "Array", "Date", "Symbol", "parseInt", "parseFloat",
		"isNaN", "isFinite", "Set", "Map", "WeakMap", "WeakSet", "Headers", "URLSearchParams", "FormData", "AbortController",
		"AbortSignal", "TextEncoder", "TextDecoder", "Intl", "encodeURIComponent", "process", "performance", "Reflect",
		"Buffer", "escape", "unescape", "Response", "Request", "Event", "CustomEvent", "crypto", "structuredClone", "RegExp",
		"Error", "BigInt", "Uint8Array", "Int8Array", "ArrayBuffer", "Blob", "JSON", "ReadableStream", "TransformStream", "Promise":
		return true
	}
	return false
}

// writesOut tells whether a global function makes text of what it is given and keeps nothing: a promise is no more waited for than before.
func writesOut(path string) bool {
	switch path {
	case "JSON.stringify", "String", "Number", "parseInt", "parseFloat", "isNaN", "encodeURIComponent":
		return true
	}
	return rootOf(path) == "console"
}

// harmless tells whether awaiting a call of v cannot fail.
func (s *session) harmless(v value) bool {
	switch v := v.(type) {
	case global:
		return harmlessGlobal(v.path) || v.path == "setTimeout" || v.path == "Promise.resolve" || v.path == "Promise.allSettled"
	case completer, responder, *settler, *closure, *union, *bound:
		return true // what can fail in it is seen
	case method:
		return true
	case external:
		return v.pkg == "timers/promises" || (v.pkg == "delay" && v.path == "")
	case *promisified:
		return isTimer(v.of)
	}
	return false
}

func (b *builder) settledPromise(n jsparse.Expr, fails bool, args []argument) flow.Operand {
	r := b.temp()
	b.emit(flow.Defer{Site: b.site(n, b.calleeText(n)), Result: r, Name: b.calleeText(n)})
	v := known(flow.Undefined)
	if len(args) > 0 {
		v = args[0].op
	}
	b.emit(flow.Settle{Site: b.site(n, b.calleeText(n)), Promise: r, Fails: fails, Value: v})
	return flow.Operand{Var: r}
}

// timer is setTimeout and its kin.
func (b *builder) timer(n jsparse.Expr, name string, args []argument) flow.Operand {
	if len(args) == 0 {
		return unknownOperand()
	}
	outer := b.at
	b.at = b.rng(args[0].x)
	fn := b.s.target(args[0].val, nil, b)
	b.at = outer
	if fn == nil {
		b.escape(n, args[0].val)
		return known(flow.Truthy)
	}
	w := &flow.Work{Kind: flow.TimerWork, Name: b.calleeText(n), Sure: true, Delay: b.delay(n, args, 1)}
	if len(args) > 1 {
		w.Watchdog = readsTimeLeft(args[1].x)
	}
	if name == "setInterval" {
		w.Kind = flow.IntervalWork
	}
	r := b.temp()
	b.emit(flow.Start{Site: b.site(n, b.calleeText(n)), Work: w, Result: r, Then: []*flow.Func{fn}})
	return flow.Operand{Var: r}
}

// leavesByThrowing are the functions of next/navigation that never return.
func leavesByThrowing(name string) bool {
	switch name {
	case "redirect", "permanentRedirect", "notFound", "forbidden", "unauthorized":
		return true
	}
	return false
}

// callExternal is a call of a package.
func (b *builder) callExternal(n jsparse.Expr, c external, args []argument) flow.Operand {
	switch {
	case assertion(c):
		b.emit(flow.MayThrow{Range: b.rng(n), What: "`" + b.calleeText(n) + "` throws if it does not hold"})
		return unknownOperand()
	case nodePromise(c):
		for _, a := range args {
			b.escapePromise(a)
		}
		w := &flow.Work{Kind: flow.PromiseWork, CanFail: c.pkg != "timers/promises", Sure: true}
		if !w.CanFail {
			w.Delay = b.delay(n, args, 0)
		}
		return b.start(n, w)
	case c.pkg == "util" && c.path == "promisify":
		return known(flow.Truthy)
	case c.pkg == "next/server" && strings.HasPrefix(c.path, "NextResponse."):
		return known(flow.Response)
	case c.pkg == "next/navigation" && leavesByThrowing(c.path):
		b.end(flow.Stop{Range: b.rng(n)}) // Next.js answers for what it throws
		return unknownOperand()
	case c.pkg == "process" && c.path == "exit":
		b.end(flow.Stop{Range: b.rng(n), Exits: "process.exit"})
		return unknownOperand()
	case c.pkg == "timers" && (c.path == "setTimeout" || c.path == "setInterval" || c.path == "setImmediate"):
		return b.timer(n, c.path, args)
	case harmlessPackage(c):
		return unknownOperand()
	}
	if op, ok := b.callIndexed(n, c, args); ok {
		return op
	}
	return b.callUnknown(n, args)
}

// assertion tells whether c throws unless its argument holds (Node's assert).
func assertion(c external) bool {
	if c.pkg != "assert" && c.pkg != "assert/strict" {
		return false
	}
	switch c.path {
	case "", "ok", "equal", "strictEqual", "notEqual", "notStrictEqual", "deepEqual", "deepStrictEqual", "match", "fail", "strict", "notDeepStrictEqual":
		return true
	}
	return false
}

// nodePromise are Node's own functions that return promises (nodejs.org/api).
func nodePromise(c external) bool {
	switch c.pkg {
	case "fs/promises", "timers/promises", "dns/promises", "stream/promises":
		return c.path != "" && !strings.Contains(c.path, "()")
	case "fs", "dns":
		return strings.HasPrefix(c.path, "promises.") && !strings.Contains(c.path, "()")
	case "stream":
		return c.path == "promises.pipeline" || c.path == "promises.finished"
	case "events":
		return c.path == "once"
	case "node-fetch", "cross-fetch", "isomorphic-fetch", "undici":
		return c.path == "" || c.path == "fetch" || c.path == "default"
	}
	return false
}

// harmlessPackage are functions of Node that neither call back nor throw in practice.
func harmlessPackage(c external) bool {
	switch c.pkg {
	case "path", "querystring", "url", "os":
		return true
	}
	return false
}
