// Package rules turns facts into findings. Fifth step of the way: outcomes → findings. One folder
// is one rule: a question of 20 to 80 lines in <rule>.go and its page in <rule>.md.
package rules

import (
	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
)

// Severity is how bad a finding is.
type Severity string

// The severities, worst first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Rule is one question about a handler.
type Rule struct {
	// Name is kebab-case and names the thing found.
	Name string
	// Doc is the rule's page in Markdown, headings fixed (see CONTRIBUTING.md).
	Doc string
	// Default is the severity unless the contract says otherwise.
	Default Severity
	// OptIn means that the rule runs only if the config or the command line names it: for most projects it would be noise.
	OptIn bool
	// Go means that the rule also runs on Go handlers, regardless of OptIn.
	Go bool
	// Check reports findings about one handler; nil if the rule is not about handlers.
	Check func(*Subject, func(Finding))
	// CheckProject reports findings about the project's deployment files; nil if the rule is not about them.
	CheckProject func([]contract.Setting, func(Finding))
}

// Subject is what a rule may know: facts, not the tree.
type Subject struct {
	Handler  *contract.Handler
	Contract *contract.Contract
	Result   *flow.Result
	Shape    flow.Shape
	// Requires are places in the files that the handler reaches where require() finds no CommonJS, or no file.
	Requires []contract.Require
}

// Edit replaces a range by text.
type Edit struct {
	Range flow.Range
	Text  string
}

// Fix is a change that makes the finding go away.
type Fix struct {
	Title string // imperative: "await the promise"
	Safe  bool   // cannot change code that works
	Edits []Edit
	// Verification is what running the changed code showed, "verified: …" or "not verified: …"; empty if it was not run.
	Verification string
}

// Finding is what a rule reports. The pipeline fills Handler, Platform and Fingerprint.
type Finding struct {
	Rule     string
	Severity Severity
	Message  string // what: lower case, no full stop
	Help     string // what to do
	Range    flow.Range
	Handler  string
	Platform string
	Steps    []flow.Step
	Fixes    []Fix
	// Confirmation is empty until the confirmation step has run.
	Confirmation Confirmation
	Fingerprint  string
}

// Confirmation is what running the suspect path showed.
type Confirmation struct {
	Verdict string // confirmed, conditional, refuted, unconfirmed
	Witness []string
	// Moments are the witness in parts; empty if there is no run to show.
	Moments []Moment
}

// Moment is something that happened in a run.
type Moment struct {
	MS   int    // on the run's clock, since the handler was called
	File string // where, empty if nowhere in the project
	Line int    // from 1
	Text string
}
