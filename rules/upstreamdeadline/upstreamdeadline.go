// Package upstreamdeadline is the rule upstream-deadline.
package upstreamdeadline

import (
	"cmp"
	_ "embed"
	"fmt"

	"github.com/handlervet/handlervet/rules"
)

//go:embed upstream-deadline.md
var page string

// longestBudget is the limit, in ms, up to which waiting for another system is likely to use up a handler's time.
const longestBudget = 30_000

// Rule finds calls to other systems without a time limit in handlers with a short limit of their own.
func Rule() rules.Rule {
	return rules.Rule{Name: "upstream-deadline", Doc: page, Default: rules.Info, OptIn: true, Go: true, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	limit := s.Handler.Budget.MS
	if s.Contract.UpstreamSeverity == "" && (limit <= 0 || limit > longestBudget) {
		return
	}
	for _, u := range s.Result.Upstream {
		if u.Work.Deadline != 0 {
			continue
		}
		report(rules.Finding{
			Severity: rules.Severity(s.Contract.UpstreamSeverity),
			Range:    u.Site.Range,
			Message:  fmt.Sprintf("`%s` has no time limit of its own%s", name(u.What, u.Site.Text), consequence(s)),
			Help:     cmp.Or(s.Contract.Limit, fmt.Sprintf("give it a shorter limit, for example `signal: AbortSignal.timeout(%d)`", limit/2)),
			Steps:    u.Steps(),
		})
	}
}

func consequence(s *rules.Subject) string {
	if s.Handler.Budget.MS > 0 {
		return fmt.Sprintf(", and the handler has %s: if the other system is slow, nobody answers", s.Handler.Budget)
	}
	return ": if the other system does not answer, neither does the handler"
}

func name(what, text string) string {
	if what != "" {
		return what
	}
	return text + "()"
}
