// Package infiniteloop is the rule infinite-loop.
package infiniteloop

import (
	"cmp"
	_ "embed"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed infinite-loop.md
var page string

// Rule finds loops and recursions that nothing bounds.
func Rule() rules.Rule {
	return rules.Rule{Name: "infinite-loop", Doc: page, Default: rules.Error, Go: true, Check: check}
}

// stackOverflow is what happens in JavaScript.
const stackOverflow = "it ends with \"Maximum call stack size exceeded\", or never if it waits in between"

func check(s *rules.Subject, report func(rules.Finding)) {
	for _, reached := range s.Result.Loops {
		what, help, severity := judge(reached.Loop)
		if what == "" || !reached.Repeats() {
			continue
		}
		at := flow.Step{Range: reached.Loop.Head, Text: "the loop is entered"}
		if why := reached.Loop.Why; why != "" {
			at.Text = why
		}
		report(rules.Finding{
			Severity: severity,
			Range:    reached.Loop.Head,
			Message:  what + "; " + rules.Consequence(s),
			Help:     help,
			Steps:    append(reached.Steps(), at),
		})
	}
	if steps := s.Result.Recursion; len(steps) > 0 {
		report(rules.Finding{
			Severity: rules.Error,
			Range:    steps[len(steps)-1].Range,
			Message:  steps[len(steps)-1].Text + ": " + cmp.Or(s.Contract.Overflow, stackOverflow),
			Help:     "return before the call when there is nothing left to do",
			Steps:    steps,
		})
	}
}

// judge says what is wrong with a loop, worst first; "" if it can end.
func judge(l *flow.Loop) (what, help string, severity rules.Severity) {
	switch {
	case l.Endless:
		return "nothing leaves this loop", "leave it with break, return or a condition that becomes false", rules.Error
	case l.Unchanged:
		return "nothing in this loop changes " + names(l.Names), "change it in the loop, or leave with break", rules.Error
	case l.Receding != "":
		return "`" + l.Receding + "` does not come nearer to the end of this loop on every way through it",
			"change it towards the bound on every way through the loop", rules.Error
	case l.Polls:
		return "this loop asks again until somebody else changes the answer, without a limit",
			"count the attempts, or stop at a deadline below the time limit", rules.Warning
	case l.Retries:
		return "this loop tries again after every failure, without a limit",
			"count the attempts, or stop at a deadline below the time limit", rules.Warning
	}
	return "", "", ""
}

func names(list []string) string {
	if len(list) == 0 {
		return "its condition"
	}
	return "`" + strings.Join(list, "`, `") + "`"
}
