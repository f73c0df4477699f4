package goflow_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/handlervet/handlervet/analyzers/goflow"
)

// names reports each handler with its contract.
var names = &analysis.Analyzer{
	Name: "names", Doc: "report the handlers", Requires: []*analysis.Analyzer{goflow.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		p, _ := pass.ResultOf[goflow.Analyzer].(*goflow.Package)
		for _, h := range p.Handlers() {
			from, _ := h.Head()
			pass.Reportf(from, "%s: %s$", h.Name, h.Contract.ID)
		}
		return nil, nil
	},
}

func TestFind(t *testing.T) {
	root, err := filepath.Abs("../../rules/gorule/testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, root, names, "handlers", "overlambda")
}
