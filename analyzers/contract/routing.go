package contract

import "github.com/handlervet/handlervet/analyzers/flow"

// Routing is what a platform lets through to a handler.
type Routing struct {
	// Methods are the HTTP methods that reach it; nil if all do, or if that is not known.
	Methods []string
	// Why is a clause for messages: "Twilio hands on GET and POST only".
	Why string
	// Where are the properties that hold the method of a request.
	Where []Property
}

// Property is one of an argument, from 0, by its dotted path.
type Property struct {
	Arg  int
	Path string
}

// Absence is a property that other platforms have, and this one has not.
type Absence struct {
	Property
	// Uses are the ways of using it that go wrong.
	Uses []Use
	// Why is a clause: what the platform does instead, and what becomes of the use.
	Why      string
	Help     string
	Severity string
}

// Read is one look of a handler at a property of what the platform passes to it.
type Read struct {
	Arg  int    // which argument, from 0
	Path string // dotted: `request.method`
	// Equals is the text that it is held against, by `==`, `===` or a case of a switch; empty otherwise.
	Equals string
	Use    Use
	Range  flow.Range // the comparison, or the property
}

// Use is what is done with a property.
type Use uint8

// The uses of properties.
const (
	Looked   Use = iota // its value is taken, tested or handed on
	Compared            // held against a constant
	Called
	Assigned
)

// Answer is a constant that a handler answers with, if it is a large one.
type Answer struct {
	Bytes int // it has at least
	Range flow.Range
}
