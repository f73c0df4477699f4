package contract

import "github.com/handlervet/handlervet/analyzers/flow"

// Handler is one function that a platform invokes.
type Handler struct {
	File string // relative to the root, slashes
	Name string // `handler`, `default`, `GET`, `app.http("x")`, `router.get("/x")`
	Line int    // of the entry expression, from 1
	// Contract is nil if it could not be decided; Why then says what would decide it.
	Contract *Contract
	// Or is a contract that may apply instead; only what is wrong under both is reported. Nil if there is none.
	Or *Contract
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
	// Private means that no outside caller can invoke it, only other functions of the project, which may answer themselves.
	//
	// Source: twilio-labs/serverless-toolkit, packages/serverless-api/src/utils/fs.ts (getPathAndAccessFromFileInfo).
	Private bool
	// Declared is where a deployment file names it.
	Declared Place
	// Routing is what reaches this handler, Reads what it does with its arguments: only where the contract makes a difference of it.
	Routing Routing
	Reads   []Read
	// Answers are large constants that it answers with, where the contract bounds them.
	Answers []Answer
	// Path is the URL path, if it follows from the file name and the contract restricts it.
	Path string
	// HTTP is true if an HTTP gateway is in front of it, as far as is known.
	HTTP bool
	// ProxyResult is true if that gateway accepts nothing but {statusCode, headers, body} (API Gateway's REST APIs, load balancers):
	// an HTTP API or a function URL turns anything into a response.
	ProxyResult bool
	// Refused is why the platform rejects the form of the function before running it; nil if it accepts it, as far as can be seen.
	Refused *Refusal
}

// Refusal is why a platform does not take a handler.
type Refusal struct {
	What, Help string
	Range      flow.Range
}
