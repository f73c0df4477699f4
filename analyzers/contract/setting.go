package contract

import (
	"slices"
	"strconv"
	"strings"
)

// SettingKind is what a setting sets.
type SettingKind uint8

// The kinds of settings.
const (
	TimeSetting    SettingKind = iota // a time limit; amounts in ms
	SizeSetting                       // a limit of a request or response; amounts in bytes
	RuntimeSetting                    // a runtime or a version of Node
	PackageSetting                    // the version of a package that is the runtime
)

// Setting is one value that a platform reads, or does not read where it stands, with all that is known of what the platform accepts.
// It stands in a deployment file or in a handler's own configuration. Rules compare; they know no platform.
type Setting struct {
	Kind     SettingKind
	Platform string // for people: `AWS Lambda`
	Name     string // the key as written: `Timeout`
	Owner    string // whose it is: "function `hello`"; "" if it is the whole project's
	Text     string // the value as written
	// Place is the value's, without quotes.
	Place Place
	// Editable means that writing another text in that place changes this setting and no other: it is no default of a parameter, no
	// anchor, no value that functions inherit.
	Editable bool
	// Amount is the value in ms or bytes; it counts only if Known.
	Amount int
	Known  bool
	Bounds Bounds
	// Ignored says why the platform does not read it: a clause; empty if it does.
	Ignored string
	// Outer is what stands around a time limit and may give up before it.
	Outer []Outer
	// Retired is what the platform says of a runtime that it gives up; nil if it does not.
	Retired *Retirement
	// Wrong says what is wrong with a version and what the platform does then; empty if nothing is.
	Wrong *Fault
}

// Bounds are the values that a platform accepts.
type Bounds struct {
	Min, Max int // ms or bytes; a Max of 0 is none
	Unit     int // how many ms or bytes a 1 in the file stands for
	// Whole means that nothing but a whole number is accepted, and the words.
	Whole bool
	Words []string
	// Refusal is a clause: what the platform does with another value.
	Refusal string
	// Widens says where the bounds are others; a clause, may be empty.
	Widens string
}

// Outer is what stands around a time limit: who waits for the answer, or who hands the work out a second time.
type Outer struct {
	Budget
	// Does is what it does when the time is over: `waits` for an answer, `lasts` that long.
	Does string
	// Consequence is a clause: what happens if it gives up first.
	Consequence string
	Severity    string
	// Own is the setting of the outer limit, if the project sets it; Advised is then what it had better be.
	Own     *Setting
	Advised int
	// Inherited means that the inner limit stands where other functions read it, too.
	Inherited bool
}

// Fault is something wrong with a value.
type Fault struct {
	Message  string // what is wrong, and what the platform does
	Help     string
	Severity string
	// Instead is the text that mends it, empty if nobody can tell; Safe if it changes nothing that works.
	Instead string
	Safe    bool
}

// Retirement is what a platform says of a runtime that it gives up. Dates are written 2006-01-02; an empty one is none.
type Retirement struct {
	// Runtime is the newest one that it holds for; older ones are older news.
	Runtime string
	// Stages are in the order of their dates.
	Stages []Stage
	// Successor is the runtime to choose if nothing but the retirement makes one choose.
	Successor string
}

// Stage is one step of a retirement.
type Stage struct {
	Date     string
	What     string // a clause that ends where the runtime is named: "Lambda creates no new functions with"
	Severity string
}

// FactsAsOf is the day on which the vendors' pages were read. Dates behind it may still be moved, so nothing is said of them.
const FactsAsOf = "2026-11-21"

// Reached is the last stage that a retirement had reached when the facts were read, nil if none.
func (r *Retirement) Reached() *Stage {
	for i := range slices.Backward(r.Stages) {
		if r.Stages[i].Date <= FactsAsOf {
			return &r.Stages[i]
		}
	}
	return nil
}

// Write is an amount as one writes it in the place of the setting: in its unit, with the suffix that is there.
func (s *Setting) Write(amount int) string {
	unit := max(s.Bounds.Unit, 1)
	text := strconv.Itoa(amount / unit)
	if strings.HasSuffix(s.Text, "s") && !strings.HasSuffix(s.Text, "ms") {
		text += "s"
	}
	return text
}
