// Package handlerexit asks the question of handler-exit about Go handlers.
package handlerexit

import (
	"go/ast"

	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules/gorule"
)

const doc = `# handler-exit

A handler ends the process: log.Fatal, os.Exit, or a panic on what the caller sent.`

// Analyzer finds calls that end the process in what a handler runs.
var Analyzer = gorule.Analyzer(gorule.Rule{Name: "handler-exit", Doc: doc, Severity: "warning", Check: check})

func check(p *goflow.Package, report func(gorule.Finding)) {
	for _, h := range p.Handlers() {
		if h.Contract.ExitSeverity == "" {
			continue
		}
		for _, node := range h.Reached() {
			ast.Inspect(node, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && h.Exits(call) {
					report(finding(h, call))
				}
				return true
			})
		}
	}
}

func finding(h *goflow.Handler, call *ast.CallExpr) gorule.Finding {
	return gorule.Finding{
		Severity: h.Contract.ExitSeverity,
		Message:  "`" + goflow.Show(call.Fun) + "` ends the process while a handler runs: " + h.Contract.Exit,
		Help:     "return the error, or answer with it",
		Pos:      call.Pos(), End: call.End(),
		Handler: h.Name, Platform: h.Contract.Platform,
	}
}
