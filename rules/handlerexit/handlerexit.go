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
		report(rules.Finding{
			Severity: rules.Severity(s.Contract.ExitSeverity),
			Range:    exit.Site.Range,
			Message:  "`" + exit.What + "` ends the process while the handler runs: " + consequence,
			Help:     help,
			Steps:    exit.Steps(),
		})
	}
}
