package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// nextApp is a route handler of Next's app router: every path returns a Response.
//
// Source: vercel/next.js, "No response is returned from route handler '…'. Expected a Response object …" (#89036) → 500.
var nextApp = &Contract{
	ID: "next.app", Platform: "Next.js route handlers", Shape: "GET(request, { params })",
	Args:     []Role{RoleData, RoleData},
	ArgNames: []string{"request", "context"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:  ResponseReturn,

	NoCompletion:         "the request hangs until the host's time limit (Vercel: 300 s by default, then 504)",
	NoCompletionSeverity: severe,
	Floating:             "nothing reports it, or the process ends",
	FloatingSeverity:     notable,
	LostWork:             "a serverless host does not wait for it after the response, unless it is passed to after() or waitUntil()",
	LostWorkSeverity:     notable,
	BadReturn:            "Next.js answers 500: \"No response is returned from route handler\"",
	BadReturnSeverity:    severe,

	BudgetMS: vercelBudgetMS,
	Source:   "https://nextjs.org/docs/app/api-reference/file-conventions/route",
}

// nextPages is an API route of Next's pages router: only the response answers; a rejection answers 500.
//
// Source: vercel/next.js, packages/next/src/server/api-utils/node/api-resolver.ts ("API resolved without sending a response for …",
// "API handler should not return a value": both said in development only).
var nextPages = &Contract{
	ID: "next.pages", Platform: "Next.js API routes", Shape: "(req, res)",
	Args:             []Role{RoleData, RoleResponder},
	ArgNames:         []string{"req", "res"},
	ResponderMethods: nodeResponder("send", "json", "redirect"),
	Protocol:         flow.Protocol{Mode: flow.ReturnNever, RejectAnswers: true, ThrowAnswers: true},

	NoCompletion:             "the request hangs until the host's time limit (Vercel: 300 s by default, then 504), and in production Next.js does not warn",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Node throws ERR_HTTP_HEADERS_SENT",
	SecondCompletionSeverity: severe,
	Floating:                 "nothing answers for it, and the process may end",
	FloatingSeverity:         severe,
	LostWork:                 "a serverless host does not wait for it after the response",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Next.js ignores what an API route returns: without a response the request stalls",
	IgnoredReturnSeverity:    notable,

	BudgetMS: vercelBudgetMS,
	Source:   "https://nextjs.org/docs/pages/building-your-application/routing/api-routes",
}
