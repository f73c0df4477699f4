package platform

import "strings"

// Wrapper is a function of a package that takes a handler and gives one back.
type Wrapper struct {
	// Package is the module's name; "" is a global.
	Package string
	// Name is the exported member, "" for the module itself (or its default export).
	Name string
	// Arg is which argument is the handler; -1 is the last one.
	Arg int
	// Contract is the ID of the contract that the wrapped function is under, "" if the wrapper does not change it.
	Contract string
	// Factory means that the argument is a function that returns the handler.
	Factory bool
	// Rejects means that the wrapper handles a rejection of the function (Express: hands it to the error handler).
	Rejects bool
}

// Wrappers lists the wrappers that are looked through. What it returns must not be changed.
func Wrappers() []Wrapper { return wrappers }

// wrappers are from the documentation of the packages they name.
var wrappers = []Wrapper{
	{Package: "", Name: "awslambda.streamifyResponse", Contract: "lambda.stream"},
	{Package: "lambda-stream", Name: "streamifyResponse", Contract: "lambda.stream"},
	{Package: "@middy/core"},
	{Package: "middy"},
	{Package: "middy", Name: "middy"},
	{Package: "twilio-flex-token-validator", Name: "functionValidator", Contract: "twilio.validated"},
	{Package: "@sentry/serverless", Name: "AWSLambda.wrapHandler"},
	{Package: "@sentry/aws-serverless", Name: "wrapHandler"},
	{Package: "@sentry/serverless", Name: "GCPFunction.wrapHttpFunction"},
	{Package: "@sentry/serverless", Name: "GCPFunction.wrapEventFunction"},
	{Package: "@sentry/serverless", Name: "GCPFunction.wrapCloudEventFunction"},
	{Package: "@sentry/google-cloud-serverless", Name: "wrapHttpFunction"},
	{Package: "@sentry/google-cloud-serverless", Name: "wrapEventFunction"},
	{Package: "@sentry/google-cloud-serverless", Name: "wrapCloudEventFunction"},
	{Package: "@sentry/nextjs", Name: "withSentry"},
	{Package: "@sentry/nextjs", Name: "wrapApiHandlerWithSentry"},
	{Package: "@sentry/nextjs", Name: "wrapRouteHandlerWithSentry"},
	{Package: "@sentry/cloudflare", Name: "withSentry", Arg: 1},
	{Package: "@microlabs/otel-cf-workers", Name: "instrument"},
	{Package: "@cloudflare/workers-honeycomb-logger", Name: "wrapModule", Arg: 1},
	{Package: "@netlify/functions", Name: "schedule", Arg: 1},
	{Package: "@netlify/functions", Name: "stream"},
	{Package: "@netlify/functions", Name: "builder"},
	{Package: "aws-embedded-metrics", Name: "metricScope", Factory: true},
	{Package: "@aws-lambda-powertools/idempotency", Name: "makeIdempotent"},
	{Package: "datadog-lambda-js", Name: "datadog"},
	{Package: "@lumigo/tracer", Name: "trace"},
	{Package: "epsagon", Name: "lambdaWrapper"},
	{Package: "newrelic", Name: "setLambdaHandler"},
	{Package: "@newrelic/aws-sdk", Name: "setLambdaHandler"},
	{Package: "express-async-handler", Rejects: true},
	{Package: "express-async-wrap", Rejects: true},
	{Package: "express-asyncify", Rejects: true},
	{Package: "@azure/functions", Name: "handler"},
	{Package: "cors", Name: "()"},
	{Package: "micro-cors", Name: "()"},
}

// apps are functions of packages that make a handler of an HTTP application (Express, …), and which argument it is.
var apps = []Wrapper{
	{Package: "serverless-http"},
	{Package: "@vendia/serverless-express"},
	{Package: "@vendia/serverless-express", Name: "createServer"},
	{Package: "@vendia/serverless-express", Name: "configure"},
	{Package: "@codegenie/serverless-express"},
	{Package: "aws-serverless-express", Name: "createServer"},
	{Package: "serverless-express", Name: "handler"},
	{Package: "serverless-express/handler"},
	{Package: "azure-function-express", Name: "createHandler"},
	{Package: "azure-aws-serverless-express"},
}

// wrapperFor is the row for a package's member.
func wrapperFor(table []Wrapper, c callee) *Wrapper {
	if !c.known {
		return nil
	}
	for i := range table {
		w := &table[i]
		if w.Package == c.pkg && w.Name == strings.TrimPrefix(strings.TrimPrefix(c.name, "default"), ".") {
			return w
		}
	}
	return nil
}
