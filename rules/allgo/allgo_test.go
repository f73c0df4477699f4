package allgo

import (
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// testdata holds a package for each rule, and stand-ins for the SDKs, so that nothing is downloaded.
const testdata = "../gorule/testdata"

func TestRules(t *testing.T) {
	root, err := filepath.Abs(testdata)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range Analyzers() {
		t.Run(a.Name, func(t *testing.T) { analysistest.RunWithSuggestedFixes(t, root, a, a.Name+"/...") })
	}
}

// TestValid holds the list to its order and the analyzers to what drivers demand.
func TestValid(t *testing.T) {
	if err := analysis.Validate(Analyzers()); err != nil {
		t.Error(err)
	}
	if !slices.IsSortedFunc(Analyzers(), func(a, b *analysis.Analyzer) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	}) {
		t.Error("not in the order of their names")
	}
}
