package sandbox

import (
	"regexp"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// maxChoices is how many decisions of a run can be explored; later ones take their first alternative.
const maxChoices = 80

// fairVisits is how often one place may be asked before its answers take turns.
const fairVisits = 3

// stubbornVisits is how often a stubborn answer is told.
const stubbornVisits = 20

// asked identifies a decision's place in the code.
type asked struct {
	kind, label string
	place       instrument.Place
}

// decide takes a decision: what the plan says, or the first option.
func (m *machine) decide(kind, label string, options ...Option) int {
	return m.decideAt(m.here(), kind, label, options...)
}

// decideAt is decide for a question that belongs to another place than where the code is.
func (m *machine) decideAt(place instrument.Place, kind, label string, options ...Option) int {
	c := Choice{Kind: kind, Label: label, Place: place, Options: options, At: m.clock.now, Loading: m.loading, Answered: m.run.answered()}
	at := len(m.run.Choices)
	key := asked{kind, label, place}
	visits := m.visits[key]
	if visits == nil {
		visits = make([]int, len(options))
		m.visits[key] = visits
	}
	total := 0
	for _, n := range visits {
		total += n
	}
	switch {
	case total >= fairVisits && !m.stubborn:
		c.Taken, c.Settled = least(visits, options), true
	case total >= fairVisits:
		c.Taken, c.Settled = slices.Index(visits, slices.Max(visits)), true
		if total >= stubbornVisits {
			visits[c.Taken]++
			return c.Taken // what stays the same needs no more telling, and is no progress
		}
	case at < len(m.plan):
		c.Taken = m.plan[at]
	}
	if c.Taken >= len(options) {
		c.Taken = 0
	}
	if at >= maxChoices {
		c.Settled = true
	}
	if c.Taken < len(visits) {
		visits[c.Taken]++
	}
	m.run.Choices = append(m.run.Choices, c)
	m.decisions++
	if fault := options[c.Taken].Fault; kind != "settle" || fault == Hang || c.Taken == isSlow {
		m.event(place, c.Text(), calm[kind] && c.Taken == 0 || m.loading)
		if n := len(m.run.Events); n < maxEvents {
			e := &m.run.Events[n-1]
			e.Kind, e.Subject, e.Usual = kind, label, c.Taken == 0 && (kind == "truthy" || kind == "has")
		}
	}
	if len(m.run.Choices) > 20*maxChoices {
		m.stop(Guard, "too many decisions")
	}
	return c.Taken
}

// calm are kinds of decisions whose first option is what everybody expects.
var calm = map[string]bool{"settle": true, "callback": true, "throws": true, "event": true, "absent": true, "parse": true, "nullish": true}

// asksYes finds calls that answer with true or false.
var asksYes = regexp.MustCompile(`(?:^|\.)(?:includes|startsWith|endsWith|test|hasOwnProperty|isArray)\(.*\)$`)

// Text says in words what a decision means.
func (c *Choice) Text() string {
	taken := c.Options[c.Taken].Text
	switch c.Kind {
	case "equal":
		return equalText(c.Label, taken == "equal")
	case "size":
		if taken == "empty" {
			return "`" + strings.TrimSuffix(c.Label, ".length") + "` is empty"
		}
		if strings.Contains(taken, "element") {
			return "`" + strings.TrimSuffix(c.Label, ".length") + "` has " + taken
		}
	case "type":
		return typeText(c.Label, taken == "yes")
	case "relation", "instance", "has", "number":
		return "`" + c.Label + "` is " + map[bool]string{true: "true", false: "false"}[taken == "yes"]
	case "truthy":
		if asksYes.MatchString(c.Label) {
			return "`" + c.Label + "` is " + map[bool]string{true: "true", false: "false"}[taken == "truthy"]
		}
	case "request":
		return c.Label + " " + taken
	case "settle", "callback", "throws", "event":
		return "`" + c.Label + "` " + taken
	case "parse":
		if taken == "parses" {
			return "`" + c.Label + "` succeeds"
		}
		return "`" + c.Label + "` throws: the text is no JSON"
	}
	return "`" + c.Label + "` is " + taken
}

func equalText(label string, equal bool) string {
	a, b, _ := strings.Cut(label, " === ")
	if b != "" && (isName(b[:1]) && b != "true" && b != "false") {
		b = "`" + b + "`"
	}
	if equal {
		return "`" + a + "` is " + b
	}
	return "`" + a + "` is not " + b
}

// typeText says what a question about a type was answered.
func typeText(label string, yes bool) string {
	of, name, _ := strings.Cut(strings.TrimPrefix(label, "typeof "), " === ")
	name = strings.Trim(name, `"`)
	article := "a "
	if name == "object" {
		article = "an "
	}
	if yes {
		return "`" + of + "` is " + article + name
	}
	return "`" + of + "` is not " + article + name
}

// least is the option that was taken least, faults left out.
func least(visits []int, options []Option) int {
	best := 0
	for i, n := range visits {
		if i < len(options) && options[i].Fault == NoFault && n < visits[best] {
			best = i
		}
	}
	return best
}

// say adds a line to the trace.
func (m *machine) say(text string, minor bool) { m.event(m.here(), text, minor) }

// maxEvents bounds the trace.
const maxEvents = 2000

func (m *machine) event(at instrument.Place, text string, minor bool) {
	if len(m.run.Events) < maxEvents {
		m.run.Events = append(m.run.Events, Event{At: m.clock.now, Place: at, Text: text, Minor: minor})
	}
}

// mark says what the last line of the trace is about.
func (m *machine) mark(kind, subject string) {
	if n := len(m.run.Events); n > 0 && n < maxEvents {
		m.run.Events[n-1].Kind, m.run.Events[n-1].Subject = kind, subject
	}
}

// here is where the user's code is.
func (m *machine) here() instrument.Place {
	for _, f := range m.frames() {
		return f
	}
	return instrument.Place{}
}

// frames are the places on the stack, innermost first.
func (m *machine) frames() []instrument.Place {
	var out []instrument.Place
	for _, f := range m.rt.CaptureCallStack(12, m.stack[:0]) {
		if p := instrument.PlaceOf(f.Position()); p.Line > 0 {
			out = append(out, p)
		}
	}
	return out
}

// guarded tells whether a call now is inside a block whose catch is asked for.
func (m *machine) guarded() bool {
	if len(m.job.Guarded) == 0 {
		return false
	}
	for _, p := range m.frames() {
		for _, s := range m.job.Guarded {
			if s.Contains(p) {
				return true
			}
		}
	}
	return false
}
