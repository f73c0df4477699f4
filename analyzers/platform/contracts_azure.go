package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// Azure's default on the Consumption plan (azure-functions-host, ScriptJobHostOptionsSetup.cs) and what stands before an HTTP
// trigger (docs, functions-scale: 230 s because of the load balancer).
const (
	azureBudgetMS  = 300_000
	azureGatewayMS = 230_000
)

// azureV3 is a function of the programming model with function.json: context.done(), an answering method of context.res or a
// returned promise completes.
//
// Source: Azure/azure-functions-nodejs-library v3.x, src/InvocationModel.ts, src/Context.ts, src/http/Response.ts (done twice or
// done and a promise: logged; status() and set() do not answer); azure-functions-nodejs-worker, Worker.ts (uncaughtException: exit 1).
var azureV3 = &Contract{
	ID: "azure.v3", Platform: "Azure Functions v3", Shape: "(context, req)",
	Args:             []Role{RoleContext, RoleData, RoleData, RoleData},
	ArgNames:         []string{"context", "req", "input", "input2"}, // the in bindings, in their order
	ResponderMethods: nodeResponder("send", "json", "sendStatus"),
	ContextMethods:   []string{"done"},
	Protocol:         flow.Protocol{Mode: flow.ReturnThenable, RejectAnswers: true, ThrowAnswers: true},

	Routing: Routing{Where: []Property{{Arg: 0, Path: "req.method"}, {Arg: 1, Path: "method"}}},

	NoCompletion:             "Azure waits for context.done() until functionTimeout (5 min on the Consumption plan; an HTTP caller gives up after 230 s)",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Azure ignores it and logs an error: \"'done' has already been called\", or \"Choose either to return a promise or call 'done'\"",
	SecondCompletionSeverity: notable,
	Floating:                 "the worker process exits with status 1, and every invocation that runs in it fails",
	FloatingSeverity:         severe,
	LostWork:                 "Azure does not wait for it after the function has completed",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Azure ignores what a non-async function returns, and waits for context.done()",
	IgnoredReturnSeverity:    notable,

	Loading:   plainLoading,
	BudgetMS:  azureBudgetMS,
	GatewayMS: azureGatewayMS,
	Source:    "https://learn.microsoft.com/azure/azure-functions/functions-reference-node",
}

// azureV4 is an HTTP handler of the programming model with app.http(): the returned object is the response.
//
// Source: Azure/azure-functions-nodejs-library v4.x, src/InvocationModel.ts, src/converters/toRpcHttp.ts ("The HTTP response must
// be an object with optional properties …").
var azureV4 = &Contract{
	ID: "azure.v4", Platform: "Azure Functions v4", Shape: "(request, context)",
	Args:     []Role{RoleData, RoleContext},
	ArgNames: []string{"request", "context"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:  ObjectOrUndefined,

	Routing: Routing{Where: []Property{{Arg: 0, Path: "method"}}},
	Absent:  azureAbsent,

	NoCompletion:         "Azure runs it until functionTimeout (5 min on the Consumption plan), and an HTTP caller gives up after 230 s",
	NoCompletionSeverity: severe,
	Floating:             "the worker process exits with status 1, and every invocation that runs in it fails",
	FloatingSeverity:     severe,
	LostWork:             "Azure does not wait for it after the function has returned",
	LostWorkSeverity:     notable,
	BadReturn:            "Azure fails the call: \"The HTTP response must be an object\"",
	BadReturnSeverity:    severe,

	Loading:   plainLoading,
	BudgetMS:  azureBudgetMS,
	GatewayMS: azureGatewayMS,
	Source:    "https://learn.microsoft.com/azure/azure-functions/functions-node-upgrade-v4",
}

// azureV4Event is any other handler of that model: timers, queues, blobs, ….
//
// Source: as azureV4.
var azureV4Event = &Contract{
	ID: "azure.v4.event", Platform: "Azure Functions v4", Shape: "(trigger, context)",
	Args:     []Role{RoleData, RoleContext},
	ArgNames: []string{"trigger", "context"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},

	NoCompletion:         "Azure runs it until functionTimeout (5 min on the Consumption plan)",
	NoCompletionSeverity: severe,
	Floating:             "the worker process exits with status 1, and every invocation that runs in it fails",
	FloatingSeverity:     severe,
	LostWork:             "Azure does not wait for it after the function has returned",
	LostWorkSeverity:     notable,

	Loading:  plainLoading,
	BudgetMS: azureBudgetMS,
	Source:   "https://learn.microsoft.com/azure/azure-functions/functions-reference-node",
}
