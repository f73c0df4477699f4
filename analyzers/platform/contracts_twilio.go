package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// twilio: only the callback answers; a returned value or a settled promise never does, and there is no local time limit,
// so that a missing callback shows in production alone.
//
// Paths: twilio-labs/serverless-toolkit, packages/serverless-api/src/utils/fs.ts (checkForValidPath).
//
// Sources: docs.twilio.com, runtime/functions/invocation ("must call the callback() method"; "execution will be terminated");
// Functions FAQ (10 s, work that runs on a later invocation); error 82002 (504); twilio-labs/serverless-toolkit,
// runtime-handler/src/dev-runtime (sync throw: 500; returned value: hangs); the production wrapper is not public, one trace of it
// shows a rejection that was logged and then timed out.
var twilio = &Contract{
	ID: "twilio", Platform: "Twilio Functions", Shape: "(context, event, callback)",
	Args:     []Role{RoleContext, RoleData, RoleCallback},
	ArgNames: []string{"context", "event", "callback"},
	Protocol: flow.Protocol{Mode: flow.ReturnNever, ThrowAnswers: true},

	NoCompletion:             "Twilio stops it after 10 s and answers 504",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Twilio ignores the second answer, and the local server stops with an exception",
	SecondCompletionSeverity: notable,
	Floating:                 "Twilio logs it, stops the function after 10 s and answers 504",
	FloatingSeverity:         severe,
	LostWork:                 "Twilio ends the execution when callback() is called, and what is still running may be lost or run during a later request",
	LostWorkSeverity:         severe,
	IgnoredReturn:            "Twilio ignores what a function returns: without callback() it is stopped after 10 s and answers 504",
	IgnoredReturnSeverity:    notable,

	Routing: Routing{
		Methods: []string{"GET", "POST"}, Why: twilioMethods,
		Where: []Property{{Arg: 1, Path: "request.method"}, {Arg: 1, Path: "httpMethod"}, {Arg: 1, Path: "request.httpMethod"}},
	},
	Absent: twilioAbsent,
	Paths:  PathRule{Forbidden: ";,?:@+&$()'\"#", MaxBytes: 255, Refusal: "Twilio's tools refuse to deploy it"},

	Loading:       twilioLoading,
	ResponseBytes: twilioResponseBytes,

	Globals:  []string{"Twilio", "Runtime", "Functions", "Response", "twilioClient"},
	BudgetMS: 10_000,
	Source:   "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
}

// twilioValidated is a function wrapped by functionValidator of twilio-flex-token-validator. The wrapper calls it behind the
// check of the token and hands whatever it throws or rejects with to the callback, as the body of a 403. It still waits for the
// callback: what the function returns is ignored.
//
// Source: npm twilio-flex-token-validator 1.6.0, dist/index.js (functionValidator: `.then(… handlerFn(context, event, callback))`
// and `.catch(failedResponse)`, which calls `callback(null, response)` with status 403).
var twilioValidated = variant(twilio, func(c *Contract) {
	c.ID, c.Shape = "twilio.validated", "functionValidator((context, event, callback))"
	c.Protocol.RejectAnswers = true
	c.Source = "https://www.npmjs.com/package/twilio-flex-token-validator"
})
