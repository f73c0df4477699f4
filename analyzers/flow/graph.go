// Package flow is the language-neutral core: a small graph of a handler and the functions it
// reaches, and a solver that follows every path through it. Step four of the way: graph → outcomes.
// It knows neither JavaScript nor Go; a front end lowers to it.
package flow

// Range is a stretch of a file: byte offsets from 0, end exclusive.
type Range struct {
	File       string // relative to the root, slashes
	Start, End int
}

// Var is a place that holds a value: a local, a parameter, a property path such
// as `event.type`, or a temporary. A front end makes one Var for one place in
// one calling context; identity is the pointer.
type Var struct {
	Name string // as the user would write it; empty for a temporary
}

// Kind says what is known of a value.
type Kind uint8

// The kinds of values.
const (
	Unknown   Kind = iota
	Undefined      // also: no value
	Null
	Constant // a primitive constant; Text is its source text: `"GET"`, `12`, `false`, `""`
	Truthy   // some truthy value, nothing else known
	Falsy    // some falsy value, nothing else known
	Object   // a plain object or array literal (truthy)
	Text     // a string that is not constant
	Response // a web Response object (truthy)
	Promise  // a promise; which one is known to the solver only
)

// Value is an abstract value.
type Value struct {
	Kind Kind
	Text string // for Constant
}

// Operand is what an operation reads: a variable or, if Var is nil, a value.
type Operand struct {
	Var   *Var
	Value Value
}

// Func is one function, lowered for one calling context.
type Func struct {
	Name  string // as a person would call it: `handler`, `sendMail`, `anonymous function`
	Range Range
	// Async means that a call yields a promise at once and that throwing rejects it.
	Async bool
	// Generator means that a call runs nothing.
	Generator bool
	Params    []*Var
	// Rest is true if the last of Params takes all remaining arguments.
	Rest bool
	// Locals are forgotten each time the function is entered.
	Locals []*Var
	// Build returns the entry block. The solver calls it once, when it first needs the body.
	Build func() *Block
	// EndsAt is the closing brace (or the end of an expression body): where a path runs out.
	EndsAt Range
	entry  *Block
}

// Block is a basic block: operations, then exactly one terminator.
type Block struct {
	Ops  []Op
	Term Terminator
	// Catch is where an exception raised in this block goes; nil means it leaves the function.
	Catch *Block
	// Quiet means that Catch is not the user's: only strong exceptions go there.
	Quiet bool
	// Loop is set on the block at the head of a loop.
	Loop *Loop
}

// Terminator ends a block.
type Terminator interface{ terminator() }

type (
	// Jump goes to To.
	Jump struct{ To *Block }
	// Branch asks Cond and goes on at Then or Else.
	Branch struct {
		Range      Range
		Cond       Cond
		Then, Else *Block
	}
	// Choose goes on at any of To (a switch on something unknown, a loop body or its end).
	Choose struct {
		Range Range
		To    []*Block
		// Says, if not empty, is the step text for each of To ("" for no step).
		Says []string
	}
	// Return leaves the function with a value.
	Return struct {
		Range Range
		Value Operand
		// Implicit means that the path ran off the end of the function.
		Implicit bool
	}
	// Raise throws and never goes on: an explicit throw.
	Raise struct {
		Range Range
		// Rethrow means that it throws what was caught.
		Rethrow bool
	}
	// Stop ends the path silently: what follows cannot be known (process.exit, a cap was hit).
	Stop struct {
		Range Range
		// Exits is the call that ends the process, as the user wrote it; empty if something else stops the path.
		Exits string
	}
)

func (Jump) terminator()   {}
func (Branch) terminator() {}
func (Choose) terminator() {}
func (Return) terminator() {}
func (Raise) terminator()  {}
func (Stop) terminator()   {}

// Test is the question a Cond asks about its variable.
type Test uint8

// The questions.
const (
	AskNothing Test = iota // nothing is known: both ways are possible
	IsTruthy
	IsEqual    // === Value (Constant, Undefined or Null)
	IsNullish  // == null
	IsResponse // is a web Response
)

// Cond is an atomic condition. And, or and not are branches of the graph.
type Cond struct {
	Test  Test
	Of    Operand
	Value Value
	// Text is the condition as the user wrote it, shortened.
	Text string
	// Says, if set, are the step texts for yes and no, instead of "`Text` is true".
	Says [2]string
}

// Loop is what a front end knows of a loop.
type Loop struct {
	Range Range // the whole statement
	Head  Range // `while (…)`
	// Endless means that no condition, break, return or throw leaves it.
	Endless bool
	// Unchanged means that nothing in the loop can change its condition; Names are the names in it.
	Unchanged bool
	// Receding names the variable that some path through the body moves away from the bound (or never moves).
	Receding string
	// Polls means that it waits and asks again until somebody else changes the answer, without limit.
	Polls bool
	// Retries means that it tries again after a failure, without limit.
	Retries bool
	Names   []string
	// Why is a short reason for the verdict, for the step text.
	Why string
	// Waits is true if the body waits for time to pass or for work (so that it does not block the thread).
	Waits bool
}
