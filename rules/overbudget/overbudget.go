// Package overbudget is the rule over-budget.
package overbudget

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed over-budget.md
var page string

// Rule finds paths whose constant waits alone take longer than the handler may run.
func Rule() rules.Rule {
	return rules.Rule{Name: "over-budget", Doc: page, Default: rules.Error, Go: true, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	limit, what := budget(s)
	if limit <= 0 {
		return
	}
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if len(o.Completions) == 0 {
			continue
		}
		first := o.Completions[0]
		if first.AtMS < limit || reported[first.Waited.Range] {
			continue
		}
		reported[first.Waited.Range] = true
		report(rules.Finding{
			Range: first.Waited.Range,
			Message: fmt.Sprintf("%s the answer comes after %s s at the earliest, but %s",
				supposition(first.Waited), seconds(first.AtMS), what),
			Help:  "wait less, or answer first and let a queue, a schedule or a workflow do the waiting",
			Steps: o.Steps[:min(len(o.Steps), first.Step+1)],
		})
	}
}

// supposition is the condition under which a wait happens. Combined waits, such as those of a loop, carry it as their text; for
// others the text is the call.
func supposition(w flow.Site) string {
	switch {
	case strings.HasPrefix(w.Text, "if "):
		return w.Text + ","
	case strings.HasPrefix(w.Text, "with "):
		return w.Text
	}
	return "with this wait"
}

// budget is the shorter of the handler's own limit and that of the gateway in front of it, in ms.
func budget(s *rules.Subject) (ms int, what string) {
	own, gateway := s.Handler.Budget, s.Handler.Gateway
	if gateway.MS > 0 && (own.MS <= 0 || gateway.MS < own.MS) {
		return gateway.MS, limitOf(gateway, "the gateway")
	}
	return own.MS, limitOf(own, "the handler")
}

func limitOf(b contract.Budget, whose string) string {
	return fmt.Sprintf("the limit of %s is %s", whose, b)
}

func seconds(ms int) string { return strconv.FormatFloat(float64(ms)/1000, 'f', -1, 64) }
