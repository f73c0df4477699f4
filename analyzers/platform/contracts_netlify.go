package platform

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// Netlify's limits (docs, build/functions/configuration, functions/background-functions).
const (
	netlifyBudgetMS     = 60_000
	netlifyScheduledMS  = 30_000
	netlifyBackgroundMS = 900_000
)

// netlifyV1 are `exports.handler` functions. Netlify deploys them as bare Lambda handlers, so Lambda's contracts hold, with Netlify's
// time limit; Node 24 is the default.
//
// Source: netlify/build, packages/zip-it-and-ship-it (node_version.ts: DEFAULT_NODE_VERSION = 24; the entry is
// `module.exports = require('<file>')`).
var (
	netlifyV1      = onNetlify(lambda24, "netlify.v1")
	netlifyV1Call  = onNetlify(lambdaCallback, "netlify.v1.cb")
	netlifyV1Async = onNetlify(lambdaAsync, "netlify.v1.async")

	// Handlers with a callback were written for an older Node, which a site may be set to where no file says it: Node 24 refuses them,
	// and their paths are judged as their callback means them.
	netlifyV1CallRefused  = refused(netlifyV1Call, "netlify.v1.cb.24")
	netlifyV1AsyncRefused = refused(netlifyV1Async, "netlify.v1.async.24")
)

// netlifyV2 is a default export that is given a Request.
//
// Source: @netlify/serverless-functions-api 2.23.0 ("Function returned an unsupported value. Accepted types are 'Response' or
// 'undefined'"); undefined is an empty 204.
var netlifyV2 = &Contract{
	ID: "netlify.v2", Platform: "Netlify Functions", Shape: "(req, context)",
	Args:     []Role{RoleData, RoleContext},
	ArgNames: []string{"req", "context"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},
	Returns:  ResponseOrUndefined,

	NoCompletion:         "Netlify stops it after 60 s",
	NoCompletionSeverity: severe,
	Floating:             "the process exits with status 1 and no answer",
	FloatingSeverity:     severe,
	LostWork:             "it is frozen once the response is sent, unless it is passed to context.waitUntil()",
	LostWorkSeverity:     notable,
	BadReturn:            "Netlify throws \"Function returned an unsupported value. Accepted types are 'Response' or 'undefined'\"",
	BadReturnSeverity:    severe,

	Globals:  []string{"Netlify"},
	BudgetMS: netlifyBudgetMS,
	Source:   "https://docs.netlify.com/build/functions/get-started/",
}

func netlifyContracts() []*Contract {
	return []*Contract{netlifyV1, netlifyV1Call, netlifyV1Async, netlifyV1CallRefused, netlifyV1AsyncRefused, netlifyV2}
}

// refused is a contract of older runtimes for a handler that Node 24 does not start.
func refused(of *Contract, id string) *Contract {
	return variant(of, func(c *Contract) {
		c.ID, c.Shape = id, "(event, context, callback), refused by Node ≥ 24"
		c.MaxParams, c.ArityError = lambda24.MaxParams, lambda24.ArityError
	})
}

// onNetlify is a contract of Lambda as Netlify lends it.
func onNetlify(of *Contract, id string) *Contract {
	return variant(of, func(c *Contract) {
		c.ID, c.Platform = id, "Netlify Functions"
		c.BudgetMS = netlifyBudgetMS
		c.ResponseBytes = netlifyResponseBytes
		c.Loading = netlifyLoading
		c.Globals = slices.Concat(c.Globals, []string{"Netlify"})
		c.BadReturn = "it is not a response: {statusCode, headers, body}"
		c.Source = "https://docs.netlify.com/build/functions/lambda-compatibility/"
	})
}
