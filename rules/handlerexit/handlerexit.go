// Package handlerexit is the rule handler-exit.
package handlerexit

import (
	"cmp"
	_ "embed"

	"github.com/handlervet/handlervet/rules"
)

//go:embed handler-exit.md
var page string

// Rule finds handlers that end the process.
func Rule() rules.Rule {
	return rules.Rule{Name: "handler-exit", Doc: page, Default: rules.Warning, Go: true, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	consequence := cmp.Or(s.Contract.Exit, "an answer that has not left is lost, and so is every other request in it")
	help := "answer with the error, or throw it"
	if s.Contract.ErrorAnswer != "" {
		help = "answer with the error: `" + s.Contract.ErrorAnswer + "`"
	}
	for _, exit := range s.Result.Exits {
		severity, then := s.Contract.ExitSeverity, consequence
		if exit.What == "panic" {
			severity, then = s.Contract.PanicSeverity, s.Contract.Panic
		}
		report(rules.Finding{
			Severity: rules.Severity(severity),
			Range:    exit.Site.Range,
			Message:  "`" + exit.What + "` ends the process while the handler runs: " + then,
			Help:     help,
			Steps:    exit.Steps(),
		})
	}
}
