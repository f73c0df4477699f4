package confirm

import (
	"strconv"

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
	var out []rules.Moment
	told := map[string]int{}
	add := func(at float64, where instrument.Place, text string) {
		out = append(out, rules.Moment{MS: int(at), File: where.File, Line: where.Line, Text: text})
	}
	for _, e := range s.run.Events {
		elsewhere := e.Usual && e.Place.File != q.suspect.Start.File && !q.concerns(e.Place)
		if (e.Minor || elsewhere) && !all {
			continue
		}
		if told[e.Text]++; told[e.Text] > 2 && !all {
			if told[e.Text] == 3 {
				add(e.At, instrument.Place{}, "and so on")
			}
			continue
		}
		add(e.At, e.Place, e.Text)
	}
	if end := ending(s.run); end != "" {
		add(s.run.At, instrument.Place{}, end)
	}
	at, text := consequence(q, s)
	add(at, instrument.Place{}, text)
	return out
}

func ending(r *sandbox.Run) string {
	switch r.End {
	case sandbox.Idle:
		return "nothing is left to run"
	case sandbox.Spin:
		return "the code still runs in the same loop, and nothing in it changes what it asks"
	}
	return ""
}

// consequence is what the run means for the caller, and when.
func consequence(q *question, s *shown) (float64, string) {
	at := s.run.At
	if limit := s.run.Start + float64(q.budget); len(s.run.Answers) == 0 && limit > at && !q.contract.EmptyAnswers {
		at = limit
	}
	if q.means == "" {
		return at, s.what
	}
	return at, s.what + "; " + q.means
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
