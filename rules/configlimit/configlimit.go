// Package configlimit is the rule config-limit.
package configlimit

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed config-limit.md
var page string

// Rule finds time limits that the platform refuses or ignores, or that outlast something around the function.
func Rule() rules.Rule {
	return rules.Rule{Name: "config-limit", Doc: page, Default: rules.Error, CheckProject: check}
}

func check(settings []contract.Setting, report func(rules.Finding)) {
	for i := range settings {
		s := &settings[i]
		if s.Kind != contract.TimeSetting {
			continue
		}
		if f, ok := refused(s); ok {
			report(f)
			continue
		}
		for j := range s.Outer {
			if o := &s.Outer[j]; s.Known && o.MS > 0 && o.MS < s.Amount {
				report(outlives(s, o))
			}
		}
	}
}

// refused reports a value that the platform does not read or does not accept.
func refused(s *contract.Setting) (rules.Finding, bool) {
	f := rules.Finding{Severity: rules.Error, Range: rules.At(s.Place), Platform: s.Platform}
	b := s.Bounds
	switch {
	case s.Ignored != "":
		f.Severity = rules.Warning
		f.Message = fmt.Sprintf("`%s` has no effect here: %s", s.Name, s.Ignored)
		f.Help = "put it where the platform reads it"
	case !s.Known && b.Whole && !slices.Contains(b.Words, s.Text):
		f.Message = fmt.Sprintf("`%s` must be a whole number of seconds, not %q: %s", s.Name, s.Text, b.Refusal)
		f.Help = "write a whole number without quotes" + orWords(b.Words)
	case s.Known && s.Amount < b.Min:
		f.Message = fmt.Sprintf("`%s` is %s, but the minimum is %s: %s", s.Name, contract.Duration(s.Amount), contract.Duration(b.Min), b.Refusal)
		f.Help = fmt.Sprintf("set it to %s or more", contract.Duration(b.Min))
		f.Fixes = change(s, b.Min, true)
	case s.Known && b.Max > 0 && s.Amount > b.Max:
		f.Message = fmt.Sprintf("`%s` is %s, but the maximum is %s: %s", s.Name, contract.Duration(s.Amount), contract.Duration(b.Max), b.Refusal)
		f.Help = fmt.Sprintf("set it to %s or less, and split longer work", contract.Duration(b.Max))
		f.Fixes = change(s, b.Max, true)
	default:
		return f, false
	}
	return f, true
}

func orWords(words []string) string {
	out := ""
	for _, w := range words {
		out += fmt.Sprintf(", or %q", w)
	}
	return out
}

// outlives reports a function that may run longer than something around it waits.
func outlives(s *contract.Setting, o *contract.Outer) rules.Finding {
	f := rules.Finding{
		Severity: rules.Severity(o.Severity), Platform: s.Platform,
		Message: fmt.Sprintf("%s may run for %s, but %s %s only %s: %s",
			owner(s), contract.Duration(s.Amount), o.From, o.Does, contract.Duration(o.MS), o.Consequence),
		Help:  fmt.Sprintf("set `%s` to %s or less", s.Name, contract.Duration(o.MS)),
		Range: rules.At(s.Place),
		Steps: []flow.Step{{Range: rules.At(s.Place), Text: fmt.Sprintf("`%s` lets it run for %s", s.Name, contract.Duration(s.Amount))}},
	}
	if o.Place.File != "" {
		f.Steps = append(f.Steps, flow.Step{Range: rules.At(o.Place), Text: fmt.Sprintf("%s %s %s", o.From, o.Does, contract.Duration(o.MS))})
	}
	switch {
	case o.Own != nil:
		f.Range = rules.At(o.Own.Place)
		f.Help = fmt.Sprintf("set `%s` to %d times the function's limit, %s", o.Own.Name, o.Advised, contract.Duration(o.Advised*s.Amount))
		f.Fixes = change(o.Own, o.Advised*s.Amount, true)
	case o.Inherited:
		f.Range = rules.At(o.Place)
		f.Help = fmt.Sprintf("set the function's own `%s` to %s or less", s.Name, contract.Duration(o.MS))
	case o.Advised == 0:
		f.Fixes = change(s, o.MS, false)
	}
	return f
}

func owner(s *contract.Setting) string {
	if s.Owner == "" {
		return "a function"
	}
	return s.Owner
}

// change writes another amount, if the file can express it.
func change(s *contract.Setting, amount int, safe bool) []rules.Fix {
	if !s.Editable || s.Bounds.Unit == 0 || amount%s.Bounds.Unit != 0 {
		return nil
	}
	text := s.Write(amount)
	return []rules.Fix{{
		Title: fmt.Sprintf("set `%s` to %s", s.Name, text), Safe: safe,
		Edits: []rules.Edit{{Range: rules.At(s.Place), Text: text}},
	}}
}
