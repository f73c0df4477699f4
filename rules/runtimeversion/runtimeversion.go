// Package runtimeversion is the rule runtime-version.
package runtimeversion

import (
	_ "embed"
	"fmt"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/rules"
)

//go:embed runtime-version.md
var page string

// Rule finds runtimes that the platform has retired or refuses, and runtime settings that it does not read.
func Rule() rules.Rule {
	return rules.Rule{Name: "runtime-version", Doc: page, Default: rules.Error, CheckProject: check}
}

func check(settings []contract.Setting, report func(rules.Finding)) {
	for i := range settings {
		s := &settings[i]
		if s.Kind != contract.RuntimeSetting && s.Kind != contract.PackageSetting {
			continue
		}
		f := rules.Finding{Range: rules.At(s.Place), Platform: s.Platform}
		switch {
		case s.Ignored != "":
			f.Severity = rules.Warning
			f.Message = fmt.Sprintf("`%s` has no effect here: %s", s.Name, s.Ignored)
			f.Help = "set it where the platform reads it, and remove it here"
		case s.Wrong != nil:
			f.Severity = rules.Severity(s.Wrong.Severity)
			f.Message, f.Help = s.Wrong.Message, s.Wrong.Help
			f.Fixes = write(s, s.Wrong.Instead, s.Wrong.Safe)
		case s.Retired != nil && s.Retired.Reached() != nil:
			retired(&f, s)
		default:
			continue
		}
		report(f)
	}
}

// retired reports how far the platform has gone in retiring a runtime.
func retired(f *rules.Finding, s *contract.Setting) {
	stage := s.Retired.Reached()
	which := "it"
	if s.Text != s.Retired.Runtime {
		which = s.Retired.Runtime + " or older"
	}
	f.Severity = rules.Severity(stage.Severity)
	f.Message = fmt.Sprintf("`%s` is retired: %s %s (since %s)", s.Text, stage.What, which, stage.Date)
	f.Help = "choose a later version"
	if next := s.Retired.Successor; next != "" {
		f.Help = fmt.Sprintf("choose `%s` or later, and test the functions with it", next)
		f.Fixes = write(s, next, false)
	}
}

// write replaces the text of a setting, if that changes nothing else.
func write(s *contract.Setting, text string, safe bool) []rules.Fix {
	if !s.Editable || text == "" {
		return nil
	}
	return []rules.Fix{{
		Title: fmt.Sprintf("write `%s`", text), Safe: safe,
		Edits: []rules.Edit{{Range: rules.At(s.Place), Text: text}},
	}}
}
