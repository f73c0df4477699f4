// Package platform says what each platform asks of a handler (contracts, as
// data) and finds the handlers of a tree: from deployment files, paths, exports
// and registrations. Second step of the way: tree → handler + contract.
package platform

import (
	"github.com/handlervet/handlervet/analyzers/flow"
)

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
	// Consequences, each a clause for messages, in numbers where the source has numbers: "Twilio stops it after 10 s and answers 504".
	NoCompletion     string // nothing ever answers
	SecondCompletion string // it is answered a second time
	Floating         string // an unhandled rejection
	LostWork         string // work still pending after the answer
	IgnoredReturn    string // a returned value that the platform ignores
	BadReturn        string // a return value of the wrong shape
	HeldAnswer       string // a timer that is still running when the handler answers, if the platform waits for it
	// Severities, "error", "warning" or "info"; empty means that the rule says nothing here.
	NoCompletionSeverity     string
	SecondCompletionSeverity string
	FloatingSeverity         string
	LostWorkSeverity         string
	IgnoredReturnSeverity    string
	BadReturnSeverity        string
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

// Place is a position in a deployment file.
type Place struct {
	File       string // relative to the root
	Start, End int    // byte offsets
	Line       int    // from 1
}

// Budget is a time limit and where it was found.
type Budget struct {
	MS    int // 0: unknown or none
	From  string
	Place Place // zero if it is the platform's default
}

// Handler is one function that a platform invokes.
type Handler struct {
	File  string // relative to the root, slashes
	Name  string // `handler`, `default`, `GET`, `app.http("x")`, `router.get("/x")`
	Line  int    // of the entry expression, from 1
	Entry Entry
	// Contract is nil if it could not be decided; Why then says what would decide it.
	Contract *Contract
	// Why says in one line why this is a handler of this platform.
	Why     string
	Unsure  bool
	Runtime string // `nodejs20.x`, `node22`, …; empty if unknown
	Budget  Budget
	Gateway Budget
	// Loading is the contract's, or that of the host that a route runs in; NodeOptions is the environment's NODE_OPTIONS as far as
	// deployment files set it. Bundle is what bundles the file; nil if nothing is known to.
	Loading     Loading
	NodeOptions string
	Bundle      *Bundle
	// Declared is where a deployment file names it.
	Declared Place
	// Routing is what reaches this handler, Reads what it does with its arguments: only where the contract makes a difference of it.
	Routing Routing
	Reads   []Read
	// Answers are large constants that it answers with, where the contract bounds them.
	Answers []Answer
	// Path is the URL's, if it is made of the file's name and the contract restricts it.
	Path string
	// HTTP is true if an HTTP gateway stands before it (as far as is known).
	HTTP bool
	// ProxyResult is true if that gateway accepts nothing but {statusCode, headers, body} (API Gateway's REST APIs, load balancers):
	// an HTTP API or a function URL makes a response of anything.
	ProxyResult bool
}
