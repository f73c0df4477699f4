package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// vercelBudgetMS is Vercel's default on every plan with Fluid compute (docs, functions/limitations, 2025-12-18).
const vercelBudgetMS = 300_000

// nodeResponder are the methods that end a response of Node's http module.
func nodeResponder(more ...string) []string { return append([]string{"end"}, more...) }

// vercelNode is a (req, res) function under api/: ending the response answers, a returned value is ignored.
//
// Sources: docs, "What can I do about Vercel Functions timing out?" ("If no response is returned, the function will time out");
// vercel/vercel, packages/node/src/serverless-functions/helpers.ts (status, send, json and redirect are the helpers);
// @vercel/node-bridge 4.0.1 (an unhandled rejection exits with 1: 500 FUNCTION_INVOCATION_FAILED).
var vercelNode = &Contract{
	ID: "vercel.node", Platform: "Vercel Functions", Shape: "(req, res)",
	Args:             []Role{RoleData, RoleResponder},
	ArgNames:         []string{"req", "res"},
	ResponderMethods: nodeResponder("send", "json", "redirect"),
	Protocol:         flow.Protocol{Mode: flow.ReturnNever, RejectAnswers: true, ThrowAnswers: true},

	NoCompletion:             "Vercel stops it at its time limit (300 s by default) and answers 504 FUNCTION_INVOCATION_TIMEOUT",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Node throws ERR_HTTP_HEADERS_SENT",
	SecondCompletionSeverity: severe,
	Floating:                 "the process ends, and Vercel answers 500 FUNCTION_INVOCATION_FAILED",
	FloatingSeverity:         severe,
	LostWork:                 "Vercel does not wait for it after the response, unless it is passed to waitUntil()",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Vercel ignores what a (req, res) function returns: without a response it times out",
	IgnoredReturnSeverity:    notable,

	ResponseBytes: vercelResponseBytes,

	Loading:  vercelLoading,
	BudgetMS: vercelBudgetMS,
	Source:   "https://vercel.com/docs/functions/runtimes/node-js",
}

// vercelWeb is a function that is given a Request and returns a Response: named exports GET, POST, … or an object with `fetch`.
//
// Sources: vercel/vercel, packages/node/src/serverless-functions/helpers-web.ts; @vercel/node 24.0.0, dist/bundling-handler.js,
// which is what runs deployed (a rejection answers 500; of undefined it reads `status`, and the TypeError ends the invocation);
// vercel/edge-runtime, packages/node-utils/src/edge-to-node/handler.ts, which `vercel dev` runs (undefined: an empty 200).
var vercelWeb = &Contract{
	ID: "vercel.web", Platform: "Vercel Functions", Shape: "GET(request)",
	Args:     []Role{RoleData, RoleContext},
	ArgNames: []string{"request", "context"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:  ResponseReturn,

	NoCompletion:         "Vercel stops it at its time limit (300 s by default) and answers 504 FUNCTION_INVOCATION_TIMEOUT",
	NoCompletionSeverity: severe,
	Floating:             "the process ends, and Vercel answers 500 FUNCTION_INVOCATION_FAILED",
	FloatingSeverity:     severe,
	LostWork:             "Vercel does not wait for it after the response, unless it is passed to waitUntil()",
	LostWorkSeverity:     notable,
	BadReturn:            "the function fails and Vercel answers 500, where `vercel dev` answers with an empty 200",
	BadReturnSeverity:    severe,

	Loading:  vercelLoading,
	BudgetMS: vercelBudgetMS,
	Source:   "https://vercel.com/docs/functions/runtimes/node-js",
}

// vercelEdge is a function on the Edge runtime.
//
// Source: docs, functions/runtimes/edge (response must start within 25 s; streaming up to 300 s).
var vercelEdge = &Contract{
	ID: "vercel.edge", Platform: "Vercel Edge Functions", Shape: "(request, context)",
	Args:     []Role{RoleData, RoleContext},
	ArgNames: []string{"request", "context"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:  ResponseReturn,

	NoCompletion:         "Vercel answers 504 EDGE_FUNCTION_INVOCATION_TIMEOUT if the response has not started after 25 s",
	NoCompletionSeverity: severe,
	Floating:             "nothing reports it",
	FloatingSeverity:     notable,
	LostWork:             "Vercel does not wait for it after the response, unless it is passed to waitUntil()",
	LostWorkSeverity:     notable,
	BadReturn:            "there is no Response to send",
	BadReturnSeverity:    severe,

	BudgetMS: 25_000,
	Source:   "https://vercel.com/docs/functions/runtimes/edge",
}
