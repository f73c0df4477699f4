package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// lambdaContracts are the four contracts of AWS Lambda.
func lambdaContracts() []*Contract {
	return []*Contract{lambdaCallback, lambdaAsync, lambda24, lambdaStream}
}

// lambdaDocs is the vendor's page on handlers in Node.
const lambdaDocs = "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html"

// lambdaMethods are the methods of the context that answer up to Node 22; calling them on Node 24 is a TypeError.
var lambdaMethods = []string{"succeed", "fail", "done"}

// lambdaGlobals are what the runtime defines for handlers.
var lambdaGlobals = []string{"awslambda"}

// lambdaCallback is a handler up to Node 22 that is not an async function: the callback or a returned thenable answers, and when
// the event loop is empty before that, Lambda answers `null` as a success.
//
// Source: aws/aws-lambda-nodejs-runtime-interface-client 3.3, src/Runtime.js (_setDefaultExitListener, handleOnceNonStreaming),
// src/CallbackContext.js (one `finished` flag for callback, succeed, fail and done; a callback waits for the empty loop),
// src/Errors.js (a rejection exits with 128, a throw in a timer with 129).
var lambdaCallback = &Contract{
	ID: "lambda.cb", Platform: "AWS Lambda", Shape: "(event, context, callback), Node ≤ 22",
	Args:           []Role{RoleData, RoleContext, RoleCallback},
	ArgNames:       []string{"event", "context", "callback"},
	ContextMethods: lambdaMethods,
	Protocol:       flow.Protocol{Mode: flow.ReturnThenable, RejectAnswers: true, ThrowAnswers: true, WaitsForWork: true},
	EmptyAnswers:   true,

	NoCompletion:             "Lambda up to Node 22 answers null, as a success, when the event loop is empty, and times out if something keeps it busy",
	NoCompletionSeverity:     notable,
	SecondCompletion:         "Lambda ignores every answer but the first",
	SecondCompletionSeverity: notable,
	Floating:                 "Lambda fails the invocation and ends the process (exit status 128)",
	Uncaught:                 "Lambda fails the invocation and ends the process (exit status 129)",
	FloatingSeverity:         notable,
	LostWork:                 "Lambda delays the answer until the event loop is empty, and drops it if that takes longer than the time limit",
	LostWorkSeverity:         minor,
	HeldAnswer:               "Lambda up to Node 22 sends the answer only when the event loop is empty, so the answer comes after the timer has fired, or never",
	IgnoredReturn:            "Lambda up to Node 22 drops what a non-async function returns, and answers null",
	IgnoredReturnSeverity:    notable,
	BadReturn:                "API Gateway answers 502: \"Malformed Lambda proxy response\"",
	BadReturnSeverity:        notable,

	Loading:       lambdaLoading,
	ResponseBytes: lambdaResponseBytes,

	Globals:  lambdaGlobals,
	BudgetMS: 3_000,
	Source:   lambdaDocs,
}

// lambdaAsync is an async handler up to Node 22, or one whose runtime is not known: its promise answers; the callback, if it is
// called before that, wins.
//
// Source: as lambdaCallback; a promise that never settles ends as Runtime.NodeJsExit (PR #144).
var lambdaAsync = &Contract{
	ID: "lambda.async", Platform: "AWS Lambda", Shape: "async (event, context)",
	Args:           []Role{RoleData, RoleContext, RoleCallback},
	ArgNames:       []string{"event", "context", "callback"},
	ContextMethods: lambdaMethods,
	Protocol:       flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:        ProxyResult,

	NoCompletion:             "Lambda fails the invocation with Runtime.NodeJsExit when the event loop is empty, or times out",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Lambda ignores every answer but the first",
	SecondCompletionSeverity: notable,
	Floating:                 "Lambda fails the invocation and ends the process (exit status 128)",
	Uncaught:                 "Lambda fails the invocation and ends the process (exit status 129)",
	FloatingSeverity:         notable,
	LostWork:                 "Lambda freezes it once the answer is sent; it resumes during a later invocation or never",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Lambda ignores what is returned after the callback was called",
	IgnoredReturnSeverity:    minor,
	BadReturn:                "API Gateway answers 502: \"Malformed Lambda proxy response\"",
	BadReturnSeverity:        notable,

	Loading:       lambdaLoading,
	ResponseBytes: lambdaResponseBytes,

	Globals:  lambdaGlobals,
	BudgetMS: 3_000,
	Source:   lambdaDocs,
}

// lambda24 is a handler on Node 24 or later: what it returns or resolves to answers, there is no callback, and nothing waits for
// an empty event loop.
//
// Source: aws-lambda-ric 4.0.2, index.mjs (shouldErrorOnCallbackFunction: three parameters fail at start; no listener for
// unhandled rejections: the process exits with 1; no answer is posted if the event loop runs empty).
var lambda24 = &Contract{
	ID: "lambda.24", Platform: "AWS Lambda", Shape: "(event, context), Node ≥ 24",
	Args:       []Role{RoleData, RoleContext},
	ArgNames:   []string{"event", "context"},
	Protocol:   flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:    ProxyResult,
	Absent:     lambdaAbsent,
	MaxParams:  2,
	ArityError: "Runtime.CallbackHandlerDeprecated",

	NoCompletion:         "Lambda's process ends without an answer when the event loop is empty, or times out",
	NoCompletionSeverity: severe,
	Floating:             "Lambda's process exits with status 1 and no answer",
	FloatingSeverity:     severe,
	LostWork:             "Lambda freezes it once the answer is sent; it resumes during a later invocation or never",
	LostWorkSeverity:     notable,
	BadReturn:            "API Gateway answers 502: \"Malformed Lambda proxy response\"",
	BadReturnSeverity:    notable,

	Loading:       lambdaLoading,
	ResponseBytes: lambdaResponseBytes,

	Globals:  lambdaGlobals,
	BudgetMS: 3_000,
	Source:   lambdaDocs,
}

// lambdaStream is a handler wrapped by awslambda.streamifyResponse: ending the stream answers, its promise must settle after that.
//
// Source: aws-lambda-ric 4.0.2, StreamingInvokeProcessor ("Streaming does not support non-async handlers.", "Response stream is
// not finished.", "Streaming handlers ignore return values."); docs, configuration-response-streaming.
var lambdaStream = &Contract{
	ID: "lambda.stream", Platform: "AWS Lambda", Shape: "streamifyResponse(async (event, responseStream, context))",
	Args:             []Role{RoleData, RoleStream, RoleContext},
	ArgNames:         []string{"event", "responseStream", "context"},
	ResponderMethods: []string{"end", "destroy"},
	Protocol:         flow.Protocol{Mode: flow.ReturnNever, RejectAnswers: true, ThrowAnswers: true},

	NoCompletion:          "Lambda fails the invocation: \"Response stream is not finished.\"",
	NoCompletionSeverity:  severe,
	Floating:              "Lambda fails the invocation and ends the process",
	FloatingSeverity:      severe,
	LostWork:              "Lambda freezes it once the handler's promise has settled; it resumes during a later invocation or never",
	LostWorkSeverity:      notable,
	IgnoredReturn:         "Lambda ignores what a streaming handler returns",
	IgnoredReturnSeverity: notable,

	Loading:  lambdaLoading,
	Globals:  lambdaGlobals,
	BudgetMS: 3_000,
	Source:   "https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html",
}
