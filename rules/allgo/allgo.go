// Package allgo lists the rules for Go handlers. The list is generated from the folders.
package allgo

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/rules/gorule"
)

//go:generate go run gen.go

// Rules are all rules for Go handlers, in the order of their folders.
func Rules() []gorule.Rule {
	list := append(own(), shared()...)
	slices.SortFunc(list, func(a, b gorule.Rule) int { return strings.Compare(id(a.Name), id(b.Name)) })
	return list
}

// Own are the rules only for Go handlers.
func Own() []gorule.Rule { return own() }

// Analyzers ask them.
func Analyzers() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, r := range Rules() {
		list = append(list, r.Analyzer())
	}
	return list
}

// RuleOf is the name of an analyzer's rule: `doublecompletion` is double-completion.
func RuleOf(a *analysis.Analyzer) string {
	_, page, _ := strings.Cut(a.URL, "/rules/")
	_, file, _ := strings.Cut(page, "/")
	return strings.TrimSuffix(file, ".md")
}

func id(rule string) string { return strings.ReplaceAll(rule, "-", "") }
