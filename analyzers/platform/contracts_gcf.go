package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// gcfBudgetMS is the default time limit of Cloud Run functions of both generations (docs, configuring/timeout).
const gcfBudgetMS = 60_000

// gcfDocs is the vendor's page on what a function must do to end.
const gcfDocs = "https://cloud.google.com/functions/docs/bestpractices/tips"

// gcfHTTP is an HTTP function: ending the response answers; whatever fails before that, wherever it runs, answers 500.
//
// Source: GoogleCloudPlatform/functions-framework-nodejs 5, src/function_wrappers.ts and src/invoker.ts, and what it did when run
// (a returned value hangs; a second send throws ERR_HTTP_HEADERS_SENT; a rejection or a throw in a timer answers 500).
var gcfHTTP = &Contract{
	ID: "gcf.http", Platform: "Google Cloud Functions", Shape: "(req, res)",
	Args:             []Role{RoleData, RoleResponder},
	ArgNames:         []string{"req", "res"},
	ResponderMethods: expressResponder(),
	Protocol:         flow.Protocol{Mode: flow.ReturnNever, RejectAnswers: true, ThrowAnswers: true, FloatingAnswers: true},

	NoCompletion:             "Cloud Functions stops it at its time limit (60 s by default) and answers 504",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Node throws ERR_HTTP_HEADERS_SENT",
	SecondCompletionSeverity: severe,
	Floating:                 "Cloud Functions answers 500, or only logs it if the response has been sent",
	FloatingSeverity:         notable,
	LostWork:                 "Cloud Functions may stop giving it CPU after the response; it may resume during a later request",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Cloud Functions ignores what an HTTP function returns: without a response it times out",
	IgnoredReturnSeverity:    notable,

	Loading:  plainLoading,
	BudgetMS: gcfBudgetMS,
	Source:   gcfDocs,
}

// gcfCloudEvent is a CloudEvent function with one parameter: what it returns completes it.
//
// Source: functions-framework-nodejs 5, src/function_wrappers.ts (fn.length > 1 selects the callback).
var gcfCloudEvent = &Contract{
	ID: "gcf.ce", Platform: "Google Cloud Functions", Shape: "(cloudEvent)",
	Args:     []Role{RoleData},
	ArgNames: []string{"cloudEvent"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true, FloatingAnswers: true},

	NoCompletion:         "Cloud Functions stops it at its time limit (60 s by default)",
	NoCompletionSeverity: severe,
	Floating:             "Cloud Functions answers 500, or logs it if the function has completed",
	FloatingSeverity:     notable,
	LostWork:             "Cloud Functions may stop giving it CPU once the function has completed",
	LostWorkSeverity:     notable,

	Loading:  plainLoading,
	BudgetMS: gcfBudgetMS,
	Source:   gcfDocs,
}

// gcfCloudEventCallback is a CloudEvent function with two parameters: only the callback completes it, whatever it returns.
//
// Source: as gcfCloudEvent.
var gcfCloudEventCallback = &Contract{
	ID: "gcf.ce.cb", Platform: "Google Cloud Functions", Shape: "(cloudEvent, callback)",
	Args:     []Role{RoleData, RoleCallback},
	ArgNames: []string{"cloudEvent", "callback"},
	Protocol: flow.Protocol{Mode: flow.ReturnNever, RejectAnswers: true, ThrowAnswers: true, FloatingAnswers: true},

	NoCompletion:             "its second parameter makes Cloud Functions wait for the callback until the time limit (60 s by default)",
	NoCompletionSeverity:     severe,
	SecondCompletion:         "Cloud Functions logs \"Ignoring extra callback call\"",
	SecondCompletionSeverity: notable,
	Floating:                 "Cloud Functions answers 500, or logs it if the function has completed",
	FloatingSeverity:         notable,
	LostWork:                 "Cloud Functions may stop giving it CPU once the callback has been called",
	LostWorkSeverity:         notable,
	IgnoredReturn:            "Cloud Functions ignores what a function with a callback parameter returns, and waits for the callback",
	IgnoredReturnSeverity:    severe,

	Loading:  plainLoading,
	BudgetMS: gcfBudgetMS,
	Source:   gcfDocs,
}

// gcfBackground is a background function with up to two parameters.
//
// Source: functions-framework-nodejs 5, src/function_wrappers.ts (fn.length > 2 selects the callback).
var gcfBackground = variant(gcfCloudEvent, func(c *Contract) {
	c.ID, c.Shape = "gcf.bg", "(data, context)"
	c.Args, c.ArgNames = []Role{RoleData, RoleContext}, []string{"data", "context"}
})

// gcfBackgroundCallback is a background function with three parameters.
//
// Source: as gcfBackground.
var gcfBackgroundCallback = variant(gcfCloudEventCallback, func(c *Contract) {
	c.ID, c.Shape = "gcf.bg.cb", "(data, context, callback)"
	c.Args, c.ArgNames = []Role{RoleData, RoleContext, RoleCallback}, []string{"data", "context", "callback"}
	c.NoCompletion = "its third parameter makes Cloud Functions wait for the callback until the time limit (60 s by default)"
})

// firebaseEvent is a function behind one of Firebase's triggers. They hand it on in a function of their own, so that the
// number of its parameters selects nothing: what it returns completes it.
//
// Source: firebase/firebase-functions, src/v1/cloud-functions.ts (makeCloudFunction ends in Promise.resolve of what the
// handler returns) and src/v2/providers.
var firebaseEvent = variant(gcfCloudEvent, func(c *Contract) {
	c.ID, c.Shape = "firebase.event", "(event, context), Firebase trigger"
	// Which arguments there are differs from trigger to trigger, and so do their names: a schedule passes its context first.
	c.Args, c.ArgNames = []Role{RoleData, RoleData}, []string{"first", "second"}
})

// firebaseCall is a callable function: what it returns is the answer, and an error that it throws becomes one.
//
// Source: firebase/firebase-functions, src/common/providers/https.ts (wrapOnCallHandler).
var firebaseCall = variant(firebaseEvent, func(c *Contract) {
	c.ID, c.Shape = "firebase.call", "(request), Firebase callable"
})

// variant is a contract that differs from another in a few words.
func variant(of *Contract, change func(*Contract)) *Contract {
	c := *of
	change(&c)
	return &c
}
