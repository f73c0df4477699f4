package jsflow

import (
	"fmt"
	"math"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// shortestLimit is the time limit of a call, in ms, from which on it is asked what happens if it is used up.
const shortestLimit = 1000

// slowCall lets an awaited call be as slow as it may be: as its time limit allows, or until a package that tries again gives up.
func (b *builder) slowCall(x jsparse.Expr) {
	call, ok := x.(*jsparse.Call)
	if !ok || b.cur == nil || b.e.fn == nil {
		return
	}
	ms, supposing, says := b.timeLimit(call), limitsAreUsedUp, "takes as long as its time limit allows"
	if ms < shortestLimit {
		ms, supposing, says = b.retryTime(call), everyAttemptFails, "fails at every attempt"
	}
	if ms < shortestLimit || ms > math.MaxInt32 {
		return
	}
	usual, slow := b.block(), b.block()
	text := fmt.Sprintf("`%s` %s: %g s", b.calleeText(call), says, float64(ms)/1000)
	b.end(flow.Choose{Range: b.rng(call), To: []*flow.Block{usual, slow}, Says: []string{"", text}})
	b.cur = slow
	b.waits(call, ms, supposing)
	b.end(flow.Jump{To: usual})
	b.cur = usual
}

// waits is a wait that stands for something else; the site's text is what it supposes.
func (b *builder) waits(at jsparse.Node, ms int, supposing string) {
	site := b.site(at, "")
	site.Text = supposing
	v := b.temp()
	b.emit(flow.Start{Site: site, Work: &flow.Work{Kind: flow.PromiseWork, Name: b.calleeText(at), Sure: true, Delay: ms, Deadline: -1}, Result: v})
	b.emit(flow.Wait{Site: site, Promise: flow.Operand{Var: v}})
}

// timeLimit is the constant time limit of a request in ms, 0 if it has none.
func (b *builder) timeLimit(call *jsparse.Call) int {
	client, ok := requestClient(b.s.eval(call.Callee, b.e))
	if !ok {
		return 0
	}
	for _, x := range call.Args {
		options, ok := x.(*jsparse.Object)
		if !ok {
			continue
		}
		for _, p := range options.Props {
			switch {
			case p.Spread:
				return 0
			case p.Key == "timeout" && client.timeout:
				if f, ok := number(b.s.eval(p.Value, b.e)); ok {
					return int(f)
				}
			case p.Key == "signal" && client.signal:
				return b.signalLimit(p.Value)
			}
		}
	}
	return 0
}

func (b *builder) signalLimit(x jsparse.Expr) int {
	call, ok := x.(*jsparse.Call)
	if !ok || len(call.Args) != 1 {
		return 0
	}
	if g, ok := b.s.eval(call.Callee, b.e).(global); !ok || g.path != "AbortSignal.timeout" {
		return 0
	}
	f, _ := number(b.s.eval(call.Args[0], b.e))
	return int(f)
}

// limited says which options of a client limit a request as a whole.
type limited struct{ timeout, signal bool }

// requestClient tells the clients whose options are known: fetch (https://fetch.spec.whatwg.org), axios' `timeout`
// (https://axios-http.com/docs/req_config), node-fetch, and got's and ky's `timeout` as a number.
func requestClient(v value) (limited, bool) {
	switch c := v.(type) {
	case global:
		return limited{signal: true}, c.path == "fetch"
	case external:
		switch c.pkg {
		case "axios":
			return limited{timeout: true, signal: true}, c.path != "create"
		case "node-fetch", "got", "ky":
			return limited{timeout: true, signal: true}, true
		case "undici":
			return limited{signal: true}, c.path == "fetch" || c.path == "request"
		}
	}
	return limited{}, false
}

// retryTime is how long p-retry or async-retry wait between their attempts if all of them fail, in ms; 0 if that is not
// known. Both take node-retry's options: 10 retries, the first after 1 s, then twice as long each time
// (https://github.com/sindresorhus/p-retry#retriesoptions, https://github.com/vercel/async-retry#api).
func (b *builder) retryTime(call *jsparse.Call) int {
	c, ok := b.s.eval(call.Callee, b.e).(external)
	if !ok || c.pkg != "p-retry" && c.pkg != "async-retry" || c.path != "" && c.path != "default" || len(call.Args) == 0 {
		return 0
	}
	o := map[string]float64{"retries": 10, "minTimeout": 1000, "factor": 2, "maxTimeout": math.Inf(1)}
	if len(call.Args) > 1 {
		given, ok := b.s.eval(call.Args[1], b.e).(*object)
		if !ok {
			return 0
		}
		for _, p := range given.lit.Props {
			f, isNumber := number(given.props[p.Key])
			_, counts := o[p.Key]
			switch {
			case p.Spread, p.Key == "", p.Key == "maxRetryTime", p.Key == "forever", p.Key == "signal", counts && !isNumber:
				return 0
			case counts:
				o[p.Key] = f
			}
		}
	}
	sum := 0.0
	for k := range int(min(o["retries"], mostRounds)) {
		sum += min(o["minTimeout"]*math.Pow(o["factor"], float64(k)), o["maxTimeout"])
	}
	return int(min(sum, math.MaxInt32))
}
