// Package golangci makes the Go rules a module plug-in of golangci-lint:
//
//	golangci-lint custom
//
// with the two files that README.md shows.
package golangci

import (
	"fmt"
	"slices"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/rules/allgo"
)

// init is how golangci-lint learns of a plug-in: there is no other way.
func init() { register.Plugin("handlervet", New) } //nolint:gochecknoinits // golangci-lint offers nothing else

// Settings are what `linters.settings.custom.handlervet.settings` may hold.
type Settings struct {
	// Disable names rules that are not asked: `detached-context`.
	Disable []string `json:"disable"`
}

type plugin struct{ settings Settings }

// New makes the plug-in from its settings.
func New(settings any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](settings)
	if err != nil {
		return nil, fmt.Errorf("handlervet: %w", err)
	}
	var known []string
	for _, a := range allgo.Analyzers() {
		known = append(known, allgo.RuleOf(a))
	}
	for _, name := range s.Disable {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("handlervet: there is no rule %q for Go", name)
		}
	}
	return plugin{s}, nil
}

// BuildAnalyzers lists the analyzers of the rules that are asked.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return slices.DeleteFunc(allgo.Analyzers(), func(a *analysis.Analyzer) bool {
		return slices.Contains(p.settings.Disable, allgo.RuleOf(a))
	}), nil
}

// GetLoadMode says that types are needed.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
