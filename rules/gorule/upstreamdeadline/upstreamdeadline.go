// Package upstreamdeadline asks the question of upstream-deadline about Go handlers.
package upstreamdeadline

import (
	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

const doc = `# upstream-deadline

Another system is called without a time limit.`

// Analyzer finds requests to other systems that nothing limits.
var Analyzer = gorule.Analyzer(gorule.Rule{Name: "upstream-deadline", Doc: doc, Severity: "warning", Check: check})

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, h := range p.Handlers() {
		for _, u := range p.Unlimited(h) {
			report(gorule.Finding{
				Message: "`" + goflow.Show(u.Fun) + "` has no time limit: if the other system does not answer, neither does this handler",
				Help:    "give the client a Timeout, or the request a context with a deadline",
				Pos:     u.Pos(), End: u.End(),
				Handler: h.Name, Platform: h.Contract.Platform,
			})
		}
	}
}
