package project

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// Rules are the rules about handlers and those that the pipeline reports itself, by name.
func Rules() []rules.Rule {
	rs := append(all.Rules(), pipeline.Own()...)
	slices.SortFunc(rs, func(a, b rules.Rule) int { return cmp.Compare(a.Name, b.Name) })
	return rs
}

// RuleNames are the names of all rules, sorted.
func RuleNames() []string {
	var names []string
	for _, r := range Rules() {
		names = append(names, r.Name)
	}
	return names
}

// RuleByName finds a rule; the error names the nearest one.
func RuleByName(name string) (rules.Rule, error) {
	for _, r := range Rules() {
		if r.Name == name {
			return r, nil
		}
	}
	if near := config.Nearest(name, RuleNames()); near != "" {
		return rules.Rule{}, fmt.Errorf("there is no rule `%s`; did you mean `%s`?", name, near)
	}
	return rules.Rule{}, fmt.Errorf("there is no rule `%s`; `handlervet rules` lists them", name)
}

// KnownNames are the names that a config may use.
func KnownNames() config.Known { return config.Known{Rules: RuleNames()} }
