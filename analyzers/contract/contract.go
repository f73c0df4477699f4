// Package contract is what a rule may know of a handler besides its paths: what the platform
// requires, the time limit, and what the deployment files set. It holds data only, so the
// JavaScript and Go rules share it, and the Go side never reaches a JavaScript parser.
package contract

import "github.com/handlervet/handlervet/analyzers/flow"

// Role is what an argument of a handler is for.
type Role uint8

// The roles of arguments.
const (
	RoleData      Role = iota // event, request, payload: data
	RoleContext               // the invocation's context (getRemainingTimeInMillis, done, getTwilioClient, …)
	RoleCallback              // calling it answers
	RoleResponder             // its methods answer (res, context.res)
	RoleStream                // ending it answers (Lambda response stream)
	RoleNext                  // express-like next(): hands the request on
)

// Contract is what one platform asks of one shape of handler. It is data: no rule switches on a platform.
type Contract struct {
	ID       string // `twilio`, `lambda.cb`, `lambda.async`, `vercel.node`, …
	Platform string // for people: `Twilio Functions`
	Shape    string // for people: `(context, event, callback)`
	Args     []Role
	ArgNames []string // usual names, same order
	// Completes lists what answers besides a callback: methods of the responder (`json`), or of the context (`context.done`).
	ResponderMethods []string
	ContextMethods   []string
	Protocol         flow.Protocol
	// ReturnsResponse means that every path must return a Response (or something the platform makes one of).
	Returns ReturnShape
	// MaxParams is how many parameters a handler may declare, 0 if it does not matter; ArityError is what the platform says if there are more.
	MaxParams  int
	ArityError string
	// EmptyAnswers means that a handler on which nothing answers, and that leaves nothing to run, succeeds with an empty
	// answer: only a caller who wants a result notices.
	EmptyAnswers bool
	// ErrorsOnly means that an empty answer is as good as any unless an error led to it; Mute that nothing can report an error.
	ErrorsOnly, Mute bool
	// ErrorAnswer is what answers with an error, in code, and Limit what limits a call of another system, in words: where the
	// language has its own way.
	ErrorAnswer, Limit string
	// Consequences, each a clause for messages, in numbers where the source has numbers: "Twilio stops it after 10 s and answers 504".
	NoCompletion     string // nothing ever answers
	SecondCompletion string // it is answered a second time
	Floating         string // an unhandled rejection
	Uncaught         string // an exception that a timer, listener or callback throws, if that is something else
	LostWork         string // work still pending after the answer
	IgnoredReturn    string // a returned value that the platform ignores
	BadReturn        string // a return value of the wrong shape
	HeldAnswer       string // a timer that is still running when the handler answers, if the platform waits for it
	Exit             string // the process ends while the handler runs
	Panic            string // the handler panics
	Overflow         string // a recursion without end
	Endless          string // the handler never ends, and no time limit is known
	// Severities, "error", "warning" or "info"; empty means that the rule says nothing here.
	NoCompletionSeverity     string
	SecondCompletionSeverity string
	FloatingSeverity         string
	LostWorkSeverity         string
	IgnoredReturnSeverity    string
	BadReturnSeverity        string
	ExitSeverity             string
	PanicSeverity            string
	UpstreamSeverity         string // another system is asked without a time limit, whatever the handler's own limit
	// Routing is what reaches a handler, and Absent what it may look for in vain.
	Routing Routing
	Absent  []Absence
	// ResponseBytes is how large an answer may be, 0 if that does not matter or is not known. Vendors write MB for 1,048,576 bytes.
	ResponseBytes int
	// Loading is how the handler's file is loaded; the zero value if everything is bundled or nobody knows.
	Loading Loading
	// Paths are the names that a handler's URL may have.
	Paths PathRule
	// Globals that the platform defines besides the language's and Node's.
	Globals []string
	// BudgetMS is the default time limit in ms (0: none or unknown); GatewayMS that of what stands before it.
	BudgetMS, GatewayMS int
	// MaxBudgetMS is the longest time limit that can be configured (0: none or unknown).
	MaxBudgetMS int
	// Source names where the facts come from.
	Source string
}

// ReturnShape is what a handler must return.
type ReturnShape uint8

// The shapes of results.
const (
	AnyReturn           ReturnShape = iota
	ResponseReturn                  // a Response on every path
	ResponseOrUndefined             // Netlify v2
	ObjectOrUndefined               // Azure v4 HTTP: an object with status, body, …; a string or number throws
	ProxyResult                     // Lambda behind an HTTP gateway: {statusCode, body}
)

// PathRule is which URL paths a platform refuses. The zero value is none.
type PathRule struct {
	Forbidden string // characters
	MaxBytes  int    // 0: no bound
	Refusal   string // a clause
}
