// Package sandbox is the third step of confirmation: it runs an instrumented
// handler once, in goja, on a virtual clock. What is not the project's own code
// is unknown; each question about an unknown is a decision that the caller can
// replay or change. Nothing of the machine reaches the code: no file system, no
// network, no environment, no process, no real clock.
package sandbox

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// Job is what to run.
type Job struct {
	Script   *instrument.Script
	Contract *platform.Contract
	// Export is the handler's name as discovery gives it: `handler`, `default`, `module.exports`, `app.http("x")`, ….
	Export string
	// Line is where the handler's expression begins, from 1; File is its file.
	File string
	Line int
	// BudgetMS is the time limit, 0 for the contract's own.
	BudgetMS int
	// Method is the property of the exported object that holds the function, if any.
	Method string
	// Promises are calls that the static side knows to give a promise.
	Promises []instrument.Span
	// Suspect is the site whose execution is asked for, or Whole.
	Suspect int
	// Warm asks for a second request in the same process; what the run shows is then about that one.
	Warm bool
	// Supposes makes names that nothing defines unknowns: an example may leave out where they come from.
	Supposes bool
	// Packages is what is known of the packages that the code uses.
	Packages *Packages
	// Guarded are stretches in which a call may throw at once.
	Guarded []instrument.Span
	// Fuel is how many probes a run may pass, 0 for the default.
	Fuel int
}

// Whole is the suspect that every run reaches: the handler itself.
const Whole = -2

// Fault is what an alternative injects.
type Fault uint8

// The faults.
const (
	NoFault  Fault = iota
	Failure        // rejects, throws, or calls back with an error
	Hang           // never settles, never calls back
	Unfired        // an event does not happen
	Absent         // a property of an error is missing
	Stubborn       // the same answer for ever
	Oddity         // what a call rejects with is no Error
	Overlap        // the next request comes while work of the one before still runs
)

// Option is one way a decision can go.
type Option struct {
	Text  string `json:"text"`
	Fault Fault  `json:"fault,omitempty"`
}

// Choice is a decision that was taken.
type Choice struct {
	Kind    string           `json:"kind"`
	Label   string           `json:"label"`
	Place   instrument.Place `json:"place"`
	Options []Option         `json:"options"`
	Taken   int              `json:"taken"`
	// Settled means that it is not to be explored: fairness or the bound of positions decided.
	Settled bool    `json:"settled,omitempty"`
	At      float64 `json:"at"` // ms on the virtual clock
	Loading bool    `json:"loading,omitempty"`
	// Answered means that the project's code had answered before.
	Answered bool `json:"answered,omitempty"`
}

// End is how a run ended.
type End string

// The ends of a run.
const (
	Idle    End = "idle"    // nothing is left to run
	Budget  End = "budget"  // the time limit has passed on the virtual clock
	Spin    End = "spin"    // the fuel is spent
	Exited  End = "exit"    // the code ended the process
	Guard   End = "guard"   // a bound of the sandbox was hit
	NoStart End = "nostart" // the module or the handler could not be run; Reason says why
)

// Answer is one completion.
type Answer struct {
	How      string           `json:"how"`
	Place    instrument.Place `json:"place"`
	At       float64          `json:"at"`
	Implicit bool             `json:"implicit,omitempty"` // by returning, or by the handler's promise
	Error    bool             `json:"error,omitempty"`
	// Assumed means that no code of the project made it, but what the sandbox plays.
	Assumed bool `json:"assumed,omitempty"`
}

// Loose is a rejection or exception that nobody handled.
type Loose struct {
	What        string           `json:"what"`
	Place       instrument.Place `json:"place"`
	At          float64          `json:"at"`
	AfterAnswer bool             `json:"afterAnswer,omitempty"`
	// Through are the places of the calls that led there, innermost first.
	Through []instrument.Place `json:"through,omitempty"`
	// Answers means that the platform takes it for an answer.
	Answers bool `json:"answers,omitempty"`
	// Thrown means that a timer, listener or callback threw it.
	Thrown bool `json:"thrown,omitempty"`
}

// Pending is work that had not settled when the first answer left.
type Pending struct {
	What  string           `json:"what"`
	Place instrument.Place `json:"place"`
	Timer bool             `json:"timer,omitempty"`
	// Through are the places of the calls that led there, innermost first.
	Through []instrument.Place `json:"through,omitempty"`
}

// Event is a line of the trace.
type Event struct {
	At    float64          `json:"at"`
	Place instrument.Place `json:"place"`
	Text  string           `json:"text"`
	// Minor events are for the whole trace only.
	Minor bool `json:"minor,omitempty"`
	// Usual means that something is there or true, as most code expects.
	Usual bool `json:"usual,omitempty"`
	// Kind is what sort of thing happened, if that matters: that of a decision, or one of the Told ones; Subject is what it is about.
	Kind    string `json:"kind,omitempty"`
	Subject string `json:"subject,omitempty"`
}

// The kinds of events besides those of decisions.
const (
	ToldAnswer    = "answer"    // something answered
	ToldIgnored   = "ignored"   // the handler's promise resolved, which is no answer
	ToldUndefined = "undefined" // a name that nothing defines was asked for
)

// Run is what happened.
type Run struct {
	Choices  []Choice  `json:"choices"`
	Answers  []Answer  `json:"answers"`
	Loose    []Loose   `json:"loose"`
	Pending  []Pending `json:"pending"`
	Events   []Event   `json:"events"`
	End      End       `json:"end"`
	Reason   string    `json:"reason,omitempty"`
	At       float64   `json:"at"`
	Start    float64   `json:"start,omitempty"` // when the request began that the run is about
	Reached  bool      `json:"reached"`         // Job.Suspect was executed
	Returned string    `json:"returned,omitempty"`
	// ReturnKind is what the handler gave back: "", "promise", "undefined", "response", "object", "value", "unknown".
	ReturnKind string `json:"returnKind,omitempty"`
	// Doubts are reasons why the run proves nothing: something escaped, was wrapped or only assumed.
	Doubts []string `json:"doubts,omitempty"`
	// Threw means that an exception left the handler synchronously.
	Threw  string `json:"threw,omitempty"`
	Covers []bool `json:"-"`
	// Supposed are names that nothing defines and that Job.Supposes made unknowns.
	Supposed []string `json:"supposed,omitempty"`
	Slow     bool     `json:"slow,omitempty"` // a real clock ended it
	Steps    int      `json:"steps"`          // how much was executed, in probes
	// Progress means that the second half of the fuel was spent with conditions changing or decisions taken.
	Progress bool `json:"progress,omitempty"`
	// Sampled means that an unknown was fixed to one value without a decision.
	Sampled bool `json:"sampled,omitempty"`
}

// Explicit are the answers that code asked for.
func (r *Run) Explicit() []Answer {
	var out []Answer
	for _, a := range r.Answers {
		if !a.Implicit {
			out = append(out, a)
		}
	}
	return out
}

// answered tells whether the project's code has answered.
func (r *Run) answered() bool {
	return slices.ContainsFunc(r.Answers, func(a Answer) bool { return !a.Assumed })
}

func (r *Run) doubt(text string) {
	for _, d := range r.Doubts {
		if d == text {
			return
		}
	}
	r.Doubts = append(r.Doubts, text)
}
