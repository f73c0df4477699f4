package flow

// Mode says when leaving the handler answers its caller.
type Mode uint8

// The modes of a contract.
const (
	// ReturnNever: only an explicit completion answers (Twilio, (req, res) handlers).
	ReturnNever Mode = iota
	// ReturnThenable: a returned promise answers when it settles, another value does not (Lambda Node ≤ 22, Azure v3).
	ReturnThenable
	// ReturnValue: whatever is returned or resolved answers (web handlers, Lambda Node ≥ 24, Azure v4).
	ReturnValue
)

// Protocol is what the solver must know of a contract.
type Protocol struct {
	Mode Mode
	// RejectAnswers means that a rejection of the handler's own promise answers the caller (with an error).
	RejectAnswers bool
	// ThrowAnswers means that a synchronous throw out of the handler answers the caller.
	ThrowAnswers bool
	// FloatingAnswers means that an unhandled rejection or a throw in a timer, listener or callback answers the caller.
	FloatingAnswers bool
	// WaitsForWork means that work still pending after an explicit completion is finished before the answer leaves
	// (Lambda Node ≤ 22, callback style).
	WaitsForWork bool
}

// End is how a path ended.
type End uint8

// The ends of a path.
const (
	Finished     End = iota // nothing is left to run
	Threw                   // an exception left the handler synchronously
	Rejected                // the handler's own promise rejected
	WaitsForever            // something waits for a promise that nothing settles any more
)

// Step is one thing that happened on the way.
type Step struct {
	Range Range
	Text  string
	// Caught is set on the step that enters a catch block or rejection handler.
	Caught *Caught
	// Call is set on the step that hands the right to answer to a function of the project.
	Call *Site
}

// Completion is one answer.
type Completion struct {
	Site Site
	How  string
	// Implicit means that leaving the handler answered: a return, or its promise settling.
	Implicit bool
	Error    bool
	// Returned and Idle as in Complete.
	Returned, Idle bool
	// Step is the index in Outcome.Steps.
	Step int
	// InTimer is true if a timer's callback answered, or work that it began.
	InTimer bool
	// AtMS is how long constant waits keep the path from getting here, in ms; Waited is the longest of them.
	AtMS   int
	Waited Site
}

// Held is a timer or interval that was running when the handler was completed.
type Held struct {
	Site Site
	Work *Work
}

// Reached is an operation that some path comes to.
type Reached struct {
	Site Site
	What string
	Work *Work // if it starts work
	way  *trace
}

// Steps are the steps of the shortest path to it.
func (r Reached) Steps() []Step {
	steps, _ := r.way.steps()
	return steps
}

// Lost is work that nobody waits for.
type Lost struct {
	Site Site
	Work *Work
	// Inner is the work that is really pending, if Site is a call of the project's own function.
	Inner *Work
	// Dropped means that its promise was discarded: no await, no handler, not returned.
	Dropped bool
	// Handled means that a rejection handler was attached.
	Handled bool
	// Pending means that it had not settled when the handler was completed.
	Pending bool
	// Failed means that it rejected on this path.
	Failed bool
	// AfterCompletion means that it was started after the handler was completed.
	AfterCompletion bool
	// Answers means that the function behind it is what answered the caller.
	Answers bool
}

// Unhandled is an exception or rejection that nobody handles.
type Unhandled struct {
	Site Site   // where it comes from: the call that rejects, the throw
	What string // "`client.messages.create()` rejects"
	// Chain is the promise that nobody handles, if it is not the one of Site: the outermost `.then(…)`.
	Chain Site
	// Via is where it leaves the handler's own function: Site, or the call or await there that lets it through. It is
	// Site if it does not get there.
	Via Site
	// Sync means that it was thrown inside a timer, listener or callback.
	Sync bool
	// Dropped means that the promise was discarded.
	Dropped bool
	// AfterCompletion means that the caller had been answered.
	AfterCompletion bool
}

// Outcome is one way a handler can end.
type Outcome struct {
	End         End
	Completions []Completion // at most 3 are kept
	// Escaped means that code which cannot be seen may have answered.
	Escaped bool
	Lost    []Lost
	// Held are the timers that keep the answer waiting, if the protocol waits for work.
	Held []Held
	// Unhandled, in order.
	Unhandled []Unhandled
	// Returned is what the handler returned (or resolved to).
	Returned Value
	// ReturnSite is where: the return statement, or the end of the function.
	ReturnSite Range
	// ReturnedImplicitly means that it ran off the end.
	ReturnedImplicitly bool
	// WaitsFor is what is waited for, if End is WaitsForever.
	WaitsFor Site
	// Steps are the steps of the path; of a very long one, the last.
	Steps []Step
	// Last is where the path ended.
	Last Range
}

// Result is what the solver found out about one handler.
type Result struct {
	Outcomes []Outcome
	// Loops are the loops that some path enters.
	Loops []LoopReached
	// Exits are the calls that end the process.
	Exits []Reached
	// Upstream are the calls of other systems without a time limit.
	Upstream []Reached
	// Capped means that a bound was hit: the outcomes are some, not all.
	Capped bool
	// Recursion is set if a function calls itself on every path.
	Recursion []Step
	// States is how many states were visited.
	States int
}

// LoopReached is a loop that the handler can enter.
type LoopReached struct {
	Loop   *Loop
	way    *trace
	course *course
}

// Steps are the steps of the shortest path to it.
func (r LoopReached) Steps() []Step {
	steps, _ := r.way.steps()
	return steps
}

// Limits bounds the work of the solver. Zero fields mean the default.
type Limits struct {
	States int // abstract states, default 20000
	Depth  int // calls inside each other, default 40
}
