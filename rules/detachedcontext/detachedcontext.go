// Package detachedcontext is the rule detached-context.
package detachedcontext

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

//go:embed detached-context.md
var page string

// Rule finds calls that ignore the context which the function was given.
var Rule = gorule.Rule{Name: "detached-context", Doc: page, Severity: "warning", Check: check}

// Analyzer asks it.
var Analyzer = gorule.Analyzer(Rule)

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, d := range p.Detached() {
		f := gorule.Finding{
			Message: "`" + goflow.Show(d.Call.Fun) + "` ignores `" + d.Context + "`: it goes on when the caller has gone or the time is up",
			Help:    "use " + d.Instead,
			Pos:     d.Call.Pos(), End: d.Call.End(),
		}
		if d.Local {
			f.Severity = "info"
		}
		report(f)
	}
}
