package flow

// Op is one operation of a block. The vocabulary is closed.
type Op interface{ op() }

// Site is where an operation stands and how its statement may be edited.
type Site struct {
	Range Range
	// Statement is the whole expression statement that the operation alone makes up, zero if it is part of something larger.
	Statement Range
	// Function is the function that the operation stands in.
	Function Range
	// CanAwait is true if `await` may be written before it.
	CanAwait bool
	// InArray is true if the value is collected by an array method (`xs.map(async …)`, `xs.forEach(async …)`).
	InArray bool
	// Method is the name of that method if `map` in its place would do the same and keep the promises (`forEach`, `map`).
	Method Range
	// InLoop is true if the operation stands in a loop (or array iteration) of its own function.
	InLoop bool
	// Executor is true for the call that runs the executor of `new Promise(async …)`: nobody can wait for its promise,
	// and only its rejection matters.
	Executor bool
	// Text is the callee as the user wrote it, shortened: `client.messages.create`.
	Text string
	// Leave is what returns right behind the operation; nil where more follows that nobody decides on, or if nobody can tell.
	Leave *Insertion
}

// Insertion is text that belongs at an offset of a file.
type Insertion struct {
	File string
	At   int
	Text string
}

// WorkKind says what kind of thing was started.
type WorkKind uint8

// The kinds of work.
const (
	PromiseWork  WorkKind = iota // Result is a promise
	CallbackWork                 // answers by calling one of Then, once
	TimerWork                    // calls Then[0] once, later
	IntervalWork                 // calls Then[0] again and again, until it is cancelled
	EventWork                    // calls one of Then, once: the listeners of one emitter
)

// Work describes something that outlives the operation that starts it.
type Work struct {
	Kind WorkKind
	// Name is what the user called: `client.messages.create()`.
	Name string
	// CanFail means that it may reject (or call back with an error).
	CanFail bool
	// Sure means that we know this to be asynchronous; otherwise awaiting it suggests it, and dropping it proves nothing.
	Sure bool
	// Delay is a timer's delay in ms, -1 if unknown; of a promise, the time that it takes at least.
	Delay int
	// Watchdog means that the delay is what is left of the invocation's time.
	Watchdog bool
	// Upstream is true if another system is asked; Deadline is its time limit in ms, 0 if there is none, -1 if unknown.
	Upstream bool
	Deadline int
	// ErrorLacks is a property that its error has only if there was an answer: `response`; empty if there is none such.
	ErrorLacks string
}

// Property is a property of a caught error that is read, and the place that holds it.
type Property struct {
	Name string
	Var  *Var
}

type (
	// Set gives a variable a value (Unknown forgets it).
	Set struct {
		To   *Var
		From Operand
	}
	// Record makes an object whose properties are remembered. Nobody may change it behind the front end's back.
	Record struct {
		To *Var
		Of []Field
		// Open means that it may have more properties.
		Open bool
	}
	// Read gives a variable the property of a Record; what it holds stays if Of holds none, or nothing is known of the property.
	Read struct {
		To   *Var
		Of   Operand
		Name string
	}
	// Complete answers the caller of the handler.
	Complete struct {
		Site Site
		// How is the completing call, short: `callback`, `res.json`, `context.done`.
		How string
		// Error is true if it answers with an error (first argument of a callback), as far as can be seen.
		Error bool
		// Returned is true if the call is (part of) the operand of a return.
		Returned bool
		// Idle means that it does nothing, and harms nobody, once something has answered.
		Idle bool
	}
	// Start begins work whose end is not waited for here.
	Start struct {
		Site   Site
		Work   *Work
		Result *Var // the promise, or the timer's handle; may be nil
		// Then are the functions that the work calls. CallbackWork: Then[0] is called once, with Args[0], or Args[1] and so on: the possible argument lists.
		Then []*Func
		Args [][]Operand
		// ArgSays are step texts for each of Args ("`err` is set").
		ArgSays []string
	}
	// Cancel ends work by its handle (clearTimeout, clearInterval).
	Cancel struct {
		Handle Operand
		// Others means all work but timers: what was begun has ended, or the path would not be here.
		Others bool
	}
	// Defer makes a promise that Settle settles: `new Promise(…)`, a channel.
	Defer struct {
		Site   Site
		Result *Var
		Name   string
	}
	// Settle settles the promise in Promise.
	Settle struct {
		Site    Site
		Promise *Var
		Fails   bool
		Value   Operand
		// Unsure means that code we cannot see may settle it or not: fulfil it, and, if Fails, reject it.
		Unsure bool
	}
	// Continue runs OK or Fail when Promise settles: `.then(ok, fail)`, `.catch(fail)`, `.finally(f)`.
	Continue struct {
		Site    Site
		Promise Operand
		OK      *Func
		Fail    *Func
		Finally *Func
		// Opaque means that a handler was given that cannot be seen; it counts as handling what it is given.
		OpaqueOK, OpaqueFail bool
		Result               *Var
	}
	// Combine makes one promise of several.
	Combine struct {
		Site   Site
		How    CombineKind
		Inputs []Operand // promises, or lists of promises
		Result *Var
	}
	// Append adds promises to a list.
	Append struct {
		To   *Var
		From Operand
	}
	// Wait waits for a promise and takes its value, or throws. A value that is no promise passes through.
	Wait struct {
		Site    Site
		Promise Operand
		Result  *Var
		// Maybe is used when Promise holds nothing known: what it waits for may fail (an unknown call's result).
		Maybe *Work
	}
	// Call calls one of Funcs (one path each).
	Call struct {
		Site   Site
		Funcs  []*Func
		Args   []Operand
		Result *Var
		// New means that the result is a fresh object whatever the function returns.
		New bool
	}
	// MayThrow raises an exception on one path. Weak ones count only where a catch of the same function is near
	// (any call may throw); strong ones are worth a finding of their own.
	MayThrow struct {
		Range Range
		What  string // "`assert` throws", "`cconsole` is not defined"
		Weak  bool
		// Always means that it throws on every path.
		Always bool
		// On, if not nil, is asked: it throws if and only if On is undefined or null; not known means Weak applies.
		On *Var
	}
	// Escape hands a completion, a settler or a promise to code that cannot be seen.
	Escape struct {
		Range Range
		What  EscapeKind
		Of    Operand // for promises
		// Why is for explanations: "`callback` is passed to `doIt`, which cannot be seen".
		Why string
	}
	// Drop says that the value of an expression statement is discarded.
	Drop struct {
		Site Site
		Of   Operand
	}
	// Caught marks the start of a catch block or a rejection handler.
	Caught struct {
		Range Range // the word `catch` up to the brace, or the handler function's head
		Body  Range // the block
		// Answer is a statement that would complete here with the error in scope (`return callback(error);`), empty if none can be written.
		Answer string
		// Insert is the answer with what must stand before and behind it, At what it replaces: nothing behind the last
		// statement of the block, or a return without a value.
		Insert string
		At     Range
		// Ignored means that the block does nothing about the error but tell of it.
		Ignored bool
		// Reads are properties of the error that some work's error lacks (see Work) and the block takes for granted.
		Reads []Property
	}
	// Note adds a step to the path and changes nothing.
	Note struct {
		Range Range
		Text  string
		// Call is the call that the step is, if it hands the right to answer to a function of the project.
		Call *Site
	}
)

// CombineKind is how promises are combined.
type CombineKind uint8

// The ways to combine promises.
const (
	All CombineKind = iota
	AllSettled
	Race
	Any
)

// EscapeKind is what was handed to code that cannot be seen.
type EscapeKind uint8

// What can escape.
const (
	CompletionEscapes EscapeKind = iota
	PromiseEscapes
)

func (Set) op()      {}
func (Record) op()   {}
func (Read) op()     {}
func (Complete) op() {}
func (Start) op()    {}
func (Cancel) op()   {}
func (Defer) op()    {}
func (Settle) op()   {}
func (Continue) op() {}
func (Combine) op()  {}
func (Append) op()   {}
func (Wait) op()     {}
func (Call) op()     {}
func (MayThrow) op() {}
func (Escape) op()   {}
func (Drop) op()     {}
func (Caught) op()   {}
func (Note) op()     {}
