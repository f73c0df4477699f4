// Package earlycompletion is the rule early-completion.
package earlycompletion

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed early-completion.md
var page string

// Rule finds handlers that answer while work they started is still running.
func Rule() rules.Rule {
	return rules.Rule{Name: "early-completion", Doc: page, Default: rules.Warning, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	if s.Contract.LostWorkSeverity == "" {
		return
	}
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		for _, l := range o.Lost {
			if !early(l) || reported[l.Site.Range] || answersLate(s, l) || onTime(o) {
				continue
			}
			reported[l.Site.Range] = true
			report(rules.Finding{
				Severity: rules.Severity(s.Contract.LostWorkSeverity),
				Range:    l.Site.Range,
				Message:  "the handler answers before `" + name(l) + "` is done: " + s.Contract.LostWork,
				Help:     help(l),
				Steps:    o.Steps,
				Fixes:    await(l),
			})
		}
	}
}

// early tells whether work is known to be running when the answer is sent. Promises dropped without a handler are left to
// floating-promise.
func early(l flow.Lost) bool {
	if !l.Pending || l.AfterCompletion || l.Work == nil || l.Site.Executor || !sure(l) {
		return false
	}
	return !l.Dropped || l.Handled
}

// onTime tells whether a timer gave the first answer: setting one means the code does not want to wait any longer.
func onTime(o *flow.Outcome) bool { return len(o.Completions) > 0 && o.Completions[0].InTimer }

// answersLate tells whether the callback of the work answers after the first answer: mixed-completion reports that.
func answersLate(s *rules.Subject, l flow.Lost) bool {
	if l.Work.Kind != flow.CallbackWork {
		return false
	}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if len(o.Completions) < 2 || !o.Completions[0].Implicit {
			continue
		}
		for _, other := range o.Lost {
			if other.Site.Range == l.Site.Range {
				return true
			}
		}
	}
	return false
}

func sure(l flow.Lost) bool { return l.Work.Sure || l.Inner != nil && l.Inner.Sure }

func name(l flow.Lost) string {
	if l.Work.Name != "" {
		return l.Work.Name
	}
	return l.Site.Text + "()"
}

func help(l flow.Lost) string {
	switch l.Work.Kind {
	case flow.PromiseWork:
		return "wait for it before answering: await it, or answer when it has settled"
	case flow.TimerWork, flow.IntervalWork:
		return "answer when the timer has fired, or await a promise that it settles"
	}
	return "answer in its callback, or await a promise that the callback settles"
}

// await waits where the work starts, if the syntax allows `await` there.
func await(l flow.Lost) []rules.Fix {
	if l.Work.Kind != flow.PromiseWork || !l.Site.CanAwait || l.Site.InArray || l.Site.Statement == (flow.Range{}) {
		return nil
	}
	return []rules.Fix{{
		Title: "await it",
		Safe:  true,
		Edits: []rules.Edit{rules.Insert(l.Site.Range.File, l.Site.Statement.Start, "await ")},
	}}
}
