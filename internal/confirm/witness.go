package confirm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
	"github.com/handlervet/handlervet/rules"
)

// witness tells a run in numbered lines with the clock; all of it, or what matters.
func witness(q *question, s *shown, all bool) []string {
	var lines []string
	for i, m := range moments(q, s, all) {
		line := strconv.Itoa(i+1) + ". t = " + sandbox.Milliseconds(float64(m.MS)) + " ms: "
		if m.File != "" {
			line += m.File + ":" + strconv.Itoa(m.Line) + ": "
		}
		lines = append(lines, line+m.Text)
	}
	return lines
}

// moments are the lines of a witness.
func moments(q *question, s *shown, all bool) []rules.Moment {
	t := &teller{q: q, run: s.run, all: all, told: map[string]int{}}
	for i := range s.run.Events {
		t.tell(&s.run.Events[i])
	}
	if end := ending(s.run); end != "" {
		t.add(s.run.At, instrument.Place{}, end)
	}
	at, text := consequence(q, s)
	t.add(at, instrument.Place{}, text)
	return t.out
}

// teller makes lines of a run's events: all of them, or what its reader needs.
type teller struct {
	q    *question
	run  *sandbox.Run
	all  bool
	told map[string]int // how often, by text
	out  []rules.Moment
	// there are the things that the last line says are truthy, at where it says so.
	there    []string
	where    instrument.Place
	answered bool
}

func (t *teller) add(at float64, where instrument.Place, text string) {
	t.there = nil
	t.out = append(t.out, rules.Moment{MS: int(at), File: where.File, Line: where.Line, Text: text})
}

func (t *teller) tell(e *sandbox.Event) {
	if !t.all && t.skips(e) {
		return
	}
	t.answered = t.answered || e.Kind == sandbox.ToldAnswer
	if t.told[e.Text]++; t.told[e.Text] > 2 && !t.all {
		if n := len(t.out); n == 0 || t.out[n-1].Text != andSoOn {
			t.add(e.At, instrument.Place{}, andSoOn)
		}
		return
	}
	n := len(t.out)
	if usual := e.Usual && e.Kind == "truthy" && strings.HasSuffix(e.Text, " truthy"); !usual || t.all {
		t.add(e.At, e.Place, e.Text)
		return
	}
	if len(t.there) > 0 && t.where.File == e.Place.File && t.where.Line == e.Place.Line && t.out[n-1].MS == int(e.At) {
		t.there = append(t.there, e.Subject)
		last := len(t.there) - 1
		t.out[n-1].Text = "`" + strings.Join(t.there[:last], "`, `") + "` and `" + t.there[last] + "` are truthy"
		return
	}
	t.add(e.At, e.Place, e.Text)
	t.there, t.where = []string{e.Subject}, e.Place
}

const andSoOn = "and so on"

// skips tells whether an event says nothing that the reader of a short witness needs.
func (t *teller) skips(e *sandbox.Event) bool {
	elsewhere := e.Usual && e.Place.File != t.q.suspect.Start.File && !t.q.concerns(e.Place)
	switch {
	case e.Minor, elsewhere, t.answered && t.q.leaves:
		return true
	case e.Kind == sandbox.ToldIgnored:
		return len(t.run.Answers) > 0
	case e.Kind == sandbox.ToldUndefined:
		return slices.ContainsFunc(t.run.Loose, func(l sandbox.Loose) bool { return strings.Contains(l.What, e.Subject+" is not defined") })
	}
	return false
}

func ending(r *sandbox.Run) string {
	switch {
	case r.End == sandbox.Idle && len(r.Answers) == 0:
		return "nothing is left to run that could answer"
	case r.End == sandbox.Spin:
		return "the code still runs in the same loop, and nothing in it changes what it asks"
	}
	return ""
}

// consequence is what the run means for the caller, and when.
func consequence(q *question, s *shown) (float64, string) {
	at, means := s.run.At, q.means
	if means == q.contract.Floating && slices.ContainsFunc(s.run.Loose, q.isUncaught) {
		means = cmp.Or(q.contract.Uncaught, means)
	}
	answers := s.run.Answers
	switch limit := s.run.Start + float64(q.budget); {
	case len(answers) == 0 && limit > at && !q.contract.EmptyAnswers:
		at = limit
	case len(answers) > 0 && q.leaves:
		at = answers[0].At
	}
	if s.run.End == sandbox.Budget && strings.Contains(means, "event loop") {
		means = q.contract.Platform + " stops it at its time limit of " + sandbox.Milliseconds(float64(q.budget)) + " ms"
	}
	if means == "" {
		return at, s.what
	}
	return at, s.what + "; " + means
}

// isUncaught tells whether what nobody handled is the exception that is asked about, thrown by a timer, listener or callback.
func (q *question) isUncaught(l sandbox.Loose) bool {
	return l.Thrown && !l.AfterAnswer && slices.ContainsFunc(l.Through, q.concerns)
}

// unanswered says what did not happen.
func unanswered(c *platform.Contract) string {
	if c.Protocol.Mode == flow.ReturnValue {
		return "the handler's promise had not settled"
	}
	for i, role := range c.Args {
		switch role {
		case platform.RoleCallback:
			return "`" + c.ArgNames[i] + "` was not called"
		case platform.RoleResponder, platform.RoleStream:
			return "`" + c.ArgNames[i] + "` was not answered: nothing called " + c.ArgNames[i] + "." + c.ResponderMethods[0] + "() or its like"
		}
	}
	return "nothing answered"
}
