// Package handlerexit is the rule handler-exit.
package handlerexit

import (
	_ "embed"

	"github.com/handlervet/handlervet/rules"
)

//go:embed handler-exit.md
var page string

// Rule finds handlers that end the process.
func Rule() rules.Rule {
	return rules.Rule{Name: "handler-exit", Doc: page, Default: rules.Warning, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	for _, exit := range s.Result.Exits {
		report(rules.Finding{
			Range:   exit.Site.Range,
			Message: "`" + exit.What + "` ends the process while the handler runs: an answer that has not left is lost, and so is every other request in it",
			Help:    "answer with the error, or throw it",
			Steps:   exit.Steps(),
		})
	}
}
