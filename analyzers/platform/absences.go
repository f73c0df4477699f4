package platform

// twilioMethods is what becomes of requests with other methods.
//
// Source: Functions FAQ and request flow (GET, POST and OPTIONS only; OPTIONS is answered before the function).
const twilioMethods = "Twilio hands on GET and POST only, and answers OPTIONS by itself"

// twilioAbsent is what functions that come from Lambda look for on Twilio: the event is made of the query, the body and
// `request`, and there are no path parameters.
//
// Source: runtime-handler, src/dev-runtime/route.ts (constructEvent); Functions FAQ (no path parameters).
var twilioAbsent = []Absence{{
	Property: Property{Arg: 1, Path: "pathParameters"}, Uses: []Use{Looked, Compared, Called},
	Why:      "Twilio Functions have no path parameters: the event holds the query, the body and `request`",
	Help:     "take it from the query or the body: `event.id`",
	Severity: notable,
}}

// lambdaAbsent is what Node 24 took from the context.
//
// Source: npm aws-lambda-ric 4.0.2 (the context has no succeed, fail and done: calling one is a TypeError).
var lambdaAbsent = []Absence{
	lambdaGone("succeed", "return the result"), lambdaGone("fail", "throw the error"), lambdaGone("done", "return the result, or throw the error"),
}

func lambdaGone(name, help string) Absence {
	return Absence{
		Property: Property{Arg: 1, Path: name}, Uses: []Use{Called}, Help: help, Severity: severe,
		Why: "from Node 24 on Lambda's context has no `" + name + "`, and calling it throws a TypeError",
	}
}

// azureAbsent is what the programming model v4 took from the context.
//
// Source: Azure/azure-functions-nodejs-library v4.x, src/InvocationContext.ts (no res, done and bindings).
var azureAbsent = []Absence{
	{
		Property: Property{Arg: 1, Path: "res"}, Uses: []Use{Assigned}, Severity: severe,
		Why:  "with `app.http()` Azure answers with what the handler returns, and reads no `context.res`",
		Help: "return the response: `return { status, body }`",
	},
	{
		Property: Property{Arg: 1, Path: "done"}, Uses: []Use{Called}, Severity: severe,
		Why:  "with `app.http()` the context has no `done`, and calling it throws a TypeError",
		Help: "return the response, or throw the error",
	},
}
