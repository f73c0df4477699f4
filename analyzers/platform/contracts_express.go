package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// expressResponder are the methods of Express's response that end it (expressjs/express, lib/response.js).
func expressResponder() []string {
	return nodeResponder("send", "json", "jsonp", "redirect", "sendStatus", "sendFile", "sendfile", "download", "render")
}

// expressRoute is a handler of an Express 4 route, under whichever host: ending the response or next() completes it. Express 4
// catches what is thrown synchronously; of a rejection it hears nothing.
//
// Source: expressjs.com, guide/error-handling.
var expressRoute = &Contract{
	ID: "express.route", Platform: "Express 4", Shape: "(req, res, next)",
	Args:             []Role{RoleData, RoleResponder, RoleNext},
	ArgNames:         []string{"req", "res", "next"},
	ResponderMethods: expressResponder(),
	Protocol:         flow.Protocol{Mode: flow.ReturnNever, ThrowAnswers: true},

	NoCompletion:             "the request hangs until the time limit of the host",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Node throws ERR_HTTP_HEADERS_SENT",
	SecondCompletionSeverity: severe,
	Floating:                 "Express 4 does not handle it: nothing answers, and the process may end",
	FloatingSeverity:         severe,
	LostWork:                 "a serverless host does not wait for it after the response",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Express ignores what a route returns: without a response the request hangs",
	IgnoredReturnSeverity:    notable,

	Source: "https://expressjs.com/en/guide/error-handling.html",
}

// express5Route is the same in Express 5, where a rejection goes to the error handler, which answers 500.
//
// Source: expressjs.com, guide/error-handling ("Starting with Express 5 …").
var express5Route = variant(expressRoute, func(c *Contract) {
	c.ID, c.Platform = "express5.route", "Express 5"
	c.Protocol.RejectAnswers = true
	c.Floating = "Express does not hear of it: nothing answers, and the process may end"
})
