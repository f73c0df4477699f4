// Package goflow finds the handlers of a type-checked Go package and lowers
// them to flow graphs. It is for Go what platform and jsflow are for
// JavaScript: code → handler + contract → graph. Nothing here reports, and
// nothing here reaches the JavaScript parser.
package goflow

import (
	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
)

// Severities as they stand in contracts.
const (
	severe  = "error"
	notable = "warning"
)

// writes is the protocol of handlers that write a response: leaving them
// without a write is an implicit 200, which the graph shows as no completion.
// What they start may go on until they return, even after the first write.
var writes = flow.Protocol{Mode: flow.ReturnNever, ThrowAnswers: true, WaitsForWork: true}

// returns is the protocol of handlers that answer by returning.
var returns = flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true, WaitsForWork: true}

// made is what all contracts for Go have in common.
func made(c contract.Contract) *contract.Contract {
	c.ErrorsOnly = true
	c.Overflow = "the stack overflows and the process ends"
	c.Endless = "the request is never answered, and its goroutine never ends"
	c.UpstreamSeverity = notable
	c.Limit = "give the client a Timeout, or the request a context with a deadline"
	return &c
}

// httpWrites is what all handlers over net/http share.
//
// Source: net/http, ResponseWriter ("If WriteHeader is not called explicitly, the first call to Write will trigger an
// implicit WriteHeader(http.StatusOK)"), server.go ("http: superfluous response.WriteHeader call").
func httpWrites(id, platform string) *contract.Contract {
	return made(contract.Contract{
		ID: id, Platform: platform, Shape: "func(http.ResponseWriter, *http.Request)",
		Protocol:                 writes,
		ErrorAnswer:              "http.Error(w, err.Error(), http.StatusInternalServerError)",
		NoCompletion:             "net/http answers 200 with an empty body",
		NoCompletionSeverity:     notable,
		SecondCompletion:         "the first status stands and the second answer is appended to the first body",
		SecondCompletionSeverity: severe,
		Exit:                     "every request in flight is lost with it",
		ExitSeverity:             notable,
		Source:                   "https://pkg.go.dev/net/http#ResponseWriter",
	})
}

// netHTTP is a handler of an ordinary server. Its goroutines go on after the response: that is no loss.
var netHTTP = httpWrites("nethttp", "net/http")

// vercelGo is an exported function in api/*.go.
//
// Source: vercel/vercel, packages/go (a bridge serves each function over net/http).
var vercelGo = httpWrites("vercel.go", "Vercel Functions")

// gcfHTTPGo is a function registered with functions.HTTP.
//
// Source: GoogleCloudPlatform/functions-framework-go; https://cloud.google.com/functions/docs/bestpractices/tips
// ("Do not start background activities": the CPU is throttled after the response);
// https://cloud.google.com/functions/docs/configuring/timeout (3600 s at most).
var gcfHTTPGo = withLostWork(httpWrites("gcf.go.http", "Google Cloud Functions"),
	"Cloud Functions may stop giving it CPU after the response; it may resume during a later request", 3_600_000)

// lambdaURL is an http.Handler behind lambdaurl.Start.
//
// Source: aws/aws-lambda-go, lambdaurl/http_handler.go.
var lambdaURL = withLostWork(httpWrites("lambda.go.url", "AWS Lambda"), frozen, lambdaLongest)

const frozen = "Lambda freezes it once the handler has returned; it resumes during a later invocation or never"

// lambdaLongest is the longest time limit of a function in ms.
//
// Source: docs.aws.amazon.com, lambda/latest/dg/gettingstarted-limits.
const lambdaLongest = 900_000

// lambdaGo is a function given to lambda.Start.
//
// Source: aws/aws-lambda-go, lambda/entry.go, lambda/invoke_loop.go (the context carries the deadline and is cancelled
// when the handler returns; a panic is reported and ends the process).
var lambdaGo = made(contract.Contract{
	ID: "lambda.go", Platform: "AWS Lambda", Shape: "func(context.Context, event) (response, error)",
	Protocol:             returns,
	ErrorAnswer:          "return an error",
	NoCompletion:         "Lambda treats the invocation as a success, so nothing is retried",
	NoCompletionSeverity: notable,
	LostWork:             frozen,
	LostWorkSeverity:     severe,
	Exit:                 "Lambda reports Runtime.ExitError and starts a new environment for the next invocation",
	ExitSeverity:         notable,
	Panic:                "Lambda reports it, ends the process, and starts a new environment for the next invocation",
	PanicSeverity:        notable,
	BudgetMS:             3_000,
	MaxBudgetMS:          lambdaLongest,
	Source:               "https://docs.aws.amazon.com/lambda/latest/dg/golang-handler.html",
})

// lambdaVoid is such a function without results: it cannot report an error, so no path of it answers.
//
// Source: as lambdaGo.
var lambdaVoid = func() *contract.Contract {
	c := *lambdaGo
	c.ID, c.Shape, c.Protocol, c.Mute = "lambda.go.void", "func(context.Context, event)", writes, true
	c.ErrorAnswer = "let the handler return an error"
	return &c
}()

// gcfTypedGo is a function registered with functions.Typed: what it returns is the answer.
//
// Source: GoogleCloudPlatform/functions-framework-go, funcframework/framework.go (wrapTypedFunction: a returned error answers 500).
var gcfTypedGo = func() *contract.Contract {
	c := *gcfHTTPGo
	c.ID, c.Shape, c.Protocol, c.ErrorAnswer = "gcf.go.typed", "func(request) (response, error)", returns, "return an error"
	return &c
}()

// gcfEventGo is a function registered with functions.CloudEvent.
//
// Source: GoogleCloudPlatform/functions-framework-go (a returned error answers 500; a panic of an event function is let through);
// https://cloud.google.com/functions/docs/configuring/timeout (540 s at most).
var gcfEventGo = made(contract.Contract{
	ID: "gcf.go.event", Platform: "Google Cloud Functions", Shape: "func(context.Context, event.Event) error",
	Protocol:         returns,
	LostWork:         "Cloud Functions may stop giving it CPU once the function has returned",
	LostWorkSeverity: notable,
	Exit:             "the instance ends and the next event starts a new one",
	ExitSeverity:     notable,
	Panic:            "the framework panics again, and the instance ends",
	PanicSeverity:    notable,
	BudgetMS:         60_000,
	MaxBudgetMS:      540_000,
	Source:           "https://cloud.google.com/functions/docs/bestpractices/tips",
})

// framework is a handler of a web framework over net/http.
func framework(id, platform, shape string, p flow.Protocol) *contract.Contract {
	c := httpWrites(id, platform)
	c.Shape, c.Protocol = shape, p
	c.ErrorAnswer, c.Source = "", ""
	return c
}

var (
	ginHandler   = framework("gin", "Gin", "func(*gin.Context)", writes)
	echoHandler  = framework("echo", "Echo", "func(echo.Context) error", returns)
	fiberHandler = withoutSecond(framework("fiber", "Fiber", "func(*fiber.Ctx) error", returns))
	// errorHandler is a function over net/http whose result somebody turns into an answer.
	errorHandler = framework("nethttp.error", "net/http", "func(http.ResponseWriter, *http.Request) error", returns)
)

func withLostWork(c *contract.Contract, what string, longestMS int) *contract.Contract {
	c.LostWork, c.LostWorkSeverity, c.MaxBudgetMS = what, severe, longestMS
	return c
}

// withoutSecond is for frameworks in which the last answer wins.
func withoutSecond(c *contract.Contract) *contract.Contract {
	c.SecondCompletionSeverity = ""
	return c
}
