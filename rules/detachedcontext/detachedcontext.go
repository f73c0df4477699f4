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

// Rule finds calls that ignore the context of their function.
func Rule() gorule.Rule {
	return gorule.Rule{Rule: rules.Rule{Name: "detached-context", Doc: page, Default: rules.Warning}, CheckPackage: check}
}

func check(p *goflow.Package, report func(rules.Finding)) {
	for _, o := range p.Outliving() {
		text := "`" + goflow.Show(o.Use) + "`"
		report(rules.Finding{
			Range: p.Range(o.Use), Handler: o.Handler.Name, Platform: o.Handler.Contract.Platform,
			Message: text + " ends when the handler returns, and nothing waits for this goroutine: its work is cut off",
			Help:    "wait for the goroutine, or use context.WithoutCancel(" + goflow.Show(o.Use) + ") with a deadline of its own",
		})
	}
	for _, d := range p.Detached() {
		f := rules.Finding{
			Range:   p.Range(d.Call),
			Message: "`" + goflow.Show(d.Call.Fun) + "` ignores `" + d.Context + "`: it goes on after the caller has gone or the time is up",
			Help:    "use " + d.Instead,
		}
		if d.Local {
			f.Severity = rules.Info
		}
		report(f)
	}
}
