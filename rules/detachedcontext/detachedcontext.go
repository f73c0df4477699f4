// Package detachedcontext is the rule detached-context.
package detachedcontext

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/gorule"
)

//go:embed detached-context.md
var page string

// Rule finds calls that ignore the context which the function was given.
func Rule() gorule.Rule {
	return gorule.Rule{Rule: rules.Rule{Name: "detached-context", Doc: page, Default: rules.Warning}, CheckPackage: check}
}

func check(p *goflow.Package, report func(rules.Finding)) {
	for _, d := range p.Detached() {
		f := rules.Finding{
			Range:   p.Range(d.Call),
			Message: "`" + goflow.Show(d.Call.Fun) + "` ignores `" + d.Context + "`: it goes on when the caller has gone or the time is up",
			Help:    "use " + d.Instead,
		}
		if d.Local {
			f.Severity = rules.Info
		}
		report(f)
	}
}
