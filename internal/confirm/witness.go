package confirm

import (
	"strconv"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// witness tells a run in numbered lines with the clock; all of it, or what matters.
func witness(q *question, s *shown, all bool) []string {
	var lines []string
	told := map[string]int{}
	add := func(at float64, where, text string) {
		line := "t = " + sandbox.Milliseconds(at) + " ms: "
		if where != "" {
			line += where + ": "
		}
		lines = append(lines, line+text)
	}
	for _, e := range s.run.Events {
		elsewhere := e.Usual && e.Place.File != q.suspect.Start.File && !q.concerns(e.Place)
		if (e.Minor || elsewhere) && !all {
			continue
		}
		if told[e.Text]++; told[e.Text] > 2 && !all {
			if told[e.Text] == 3 {
				add(e.At, "", "and so on")
			}
			continue
		}
		where := ""
		if e.Place.Line > 0 {
			where = e.Place.File + ":" + strconv.Itoa(e.Place.Line)
		}
		add(e.At, where, e.Text)
	}
	if end := ending(s.run); end != "" {
		add(s.run.At, "", end)
	}
	at, text := consequence(q, s)
	add(at, "", text)
	for i := range lines {
		lines[i] = strconv.Itoa(i+1) + ". " + lines[i]
	}
	return lines
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
	if limit := float64(q.budget); len(s.run.Answers) == 0 && limit > at && !q.contract.EmptyAnswers {
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
