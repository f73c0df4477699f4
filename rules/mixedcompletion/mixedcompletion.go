// Package mixedcompletion is the rule mixed-completion.
package mixedcompletion

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed mixed-completion.md
var page string

// Rule finds handlers that mix two ways of answering, of which the platform ignores one.
func Rule() rules.Rule {
	return rules.Rule{Name: "mixed-completion", Doc: page, Default: rules.Warning, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	reported := map[flow.Range]bool{}
	var first *rules.Finding
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if rules.ReturnIgnored(s, o) {
			if f := ignored(s, o); !reported[f.Range] {
				reported[f.Range] = true
				report(f)
			}
			continue
		}
		for _, c := range late(o) {
			if first == nil {
				f := tooLate(s, o, c)
				first = &f
			} else {
				likewise(first, c)
			}
		}
	}
	if first != nil {
		report(*first)
	}
}

// ignored reports a path whose only answer is a returned value that the platform ignores.
func ignored(s *rules.Subject, o *flow.Outcome) rules.Finding {
	return rules.Finding{
		Severity: worse(s.Contract.IgnoredReturnSeverity, s.Contract.NoCompletionSeverity),
		Range:    o.ReturnSite,
		Message:  "the returned value does not answer: " + s.Contract.IgnoredReturn,
		Help:     help(s),
		Steps:    o.Steps,
	}
}

// late are the explicit answers that come after the end of the handler has already answered.
func late(o *flow.Outcome) []flow.Completion {
	var list []flow.Completion
	for i, c := range o.Completions {
		if !c.Implicit && i > 0 && o.Completions[i-1].Implicit && !o.Completions[i-1].Error {
			list = append(list, c)
		}
	}
	return list
}

func tooLate(s *rules.Subject, o *flow.Outcome, c flow.Completion) rules.Finding {
	return rules.Finding{
		Severity: rules.Severity(s.Contract.SecondCompletionSeverity),
		Range:    c.Site.Range,
		Message:  "`" + c.How + "` comes too late: the promise of the async handler has already answered; " + s.Contract.SecondCompletion,
		Help:     "await the work and return its result, or make the handler a plain function",
		Steps:    o.Steps[:min(len(o.Steps), c.Step+1)],
	}
}

// likewise adds another late answer to the finding: one decision, making the handler async, causes all of them.
func likewise(f *rules.Finding, c flow.Completion) {
	for _, step := range f.Steps {
		if step.Range == c.Site.Range {
			return
		}
	}
	f.Steps = append(f.Steps[:len(f.Steps):len(f.Steps)], flow.Step{Range: c.Site.Range, Text: "likewise: `" + c.How + "`"})
}

func worse(a, b string) rules.Severity {
	for _, level := range []rules.Severity{rules.Error, rules.Warning} {
		if a == string(level) || b == string(level) {
			return level
		}
	}
	return rules.Info
}

func help(s *rules.Subject) string {
	if call := rules.AnswerError(s, "error"); call != "" {
		return "hand the value to what answers; for an error that is `" + call + "`"
	}
	return "hand the value to what answers"
}
