package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// cloudflareGlobals are globals of workers that Node does not have.
var cloudflareGlobals = []string{"caches", "HTMLRewriter", "WebSocketPair", "addEventListener", "scheduler"}

// cloudflareDocs is the vendor's page on errors, hung code among them.
const cloudflareDocs = "https://developers.cloudflare.com/workers/observability/errors/"

// cloudflareModule is the `fetch` method of a worker's default export. There is no wall-clock limit while the caller is
// connected; only CPU time counts.
//
// Sources: cloudflare/workerd, src/workerd/api/global-scope.c++ (a promise that can never settle is found at once); docs,
// workers/platform/limits (waitUntil up to 30 s after the response), workers/observability/errors (1101, 1102).
var cloudflareModule = &Contract{
	ID: "cf.module", Platform: "Cloudflare Workers", Shape: "fetch(request, env, ctx)",
	Args:     []Role{RoleData, RoleData, RoleContext},
	ArgNames: []string{"request", "env", "ctx"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:  ResponseReturn,

	NoCompletion:         "Cloudflare cancels the request at once: \"code had hung and would never generate a response\"",
	NoCompletionSeverity: severe,
	Floating:             "Cloudflare logs it, and the caller is not told",
	FloatingSeverity:     notable,
	LostWork:             "Cloudflare cancels it once the response is sent, unless it is passed to ctx.waitUntil()",
	LostWorkSeverity:     severe,
	BadReturn:            "Cloudflare throws an exception and answers error 1101",
	BadReturnSeverity:    severe,

	Globals: cloudflareGlobals,
	Source:  cloudflareDocs,
}

// cloudflareEvent is a `scheduled`, `queue` or `email` method: it may return anything.
//
// Source: as cloudflareModule.
var cloudflareEvent = variant(cloudflareModule, func(c *Contract) {
	c.ID, c.Shape = "cf.event", "scheduled(controller, env, ctx)"
	c.ArgNames = []string{"controller", "env", "ctx"}
	c.Returns, c.BadReturn, c.BadReturnSeverity = AnyReturn, "", ""
	c.NoCompletion = "Cloudflare cancels the invocation"
	c.LostWork = "Cloudflare cancels it once the handler has returned, unless it is passed to ctx.waitUntil()"
})

// cloudflareServiceWorker is a listener of `addEventListener('fetch', …)`: event.respondWith() answers, and must be called before
// the listener returns.
//
// Source: cloudflare/workerd, global-scope.c++ ("FetchEvent handler did not call respondWith() before returning …").
var cloudflareServiceWorker = &Contract{
	ID: "cf.sw", Platform: "Cloudflare Workers", Shape: "addEventListener('fetch', (event) => …)",
	Args:           []Role{RoleContext},
	ArgNames:       []string{"event"},
	ContextMethods: []string{"respondWith"},
	Protocol:       flow.Protocol{Mode: flow.ReturnNever, ThrowAnswers: true},

	NoCompletion:             "Cloudflare sends the request on to the origin, as if there were no worker",
	NoCompletionSeverity:     notable,
	ErrorsOnly:               true,
	SecondCompletion:         "respondWith() throws InvalidStateError",
	SecondCompletionSeverity: notable,
	Floating:                 "Cloudflare logs it, and the caller is not told",
	FloatingSeverity:         notable,
	LostWork:                 "Cloudflare cancels it once the response is sent, unless it is passed to event.waitUntil()",
	LostWorkSeverity:         severe,

	Globals: cloudflareGlobals,
	Source:  cloudflareDocs,
}
