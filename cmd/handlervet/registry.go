package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// allRules are the rules about handlers and those that the pipeline reports itself, by name.
func allRules() []rules.Rule {
	rs := append(all.Rules(), pipeline.Own()...)
	slices.SortFunc(rs, func(a, b rules.Rule) int { return cmp.Compare(a.Name, b.Name) })
	return rs
}

func ruleNames() []string {
	var names []string
	for _, r := range allRules() {
		names = append(names, r.Name)
	}
	return names
}

// ruleByName finds a rule; the error names the nearest one.
func ruleByName(name string) (rules.Rule, error) {
	for _, r := range allRules() {
		if r.Name == name {
			return r, nil
		}
	}
	if near := config.Nearest(name, ruleNames()); near != "" {
		return rules.Rule{}, fmt.Errorf("there is no rule `%s`; did you mean `%s`?", name, near)
	}
	return rules.Rule{}, fmt.Errorf("there is no rule `%s`; `handlervet rules` lists them", name)
}

// summary is the first sentence of a rule's page.
func summary(r rules.Rule) string {
	for line := range strings.SplitSeq(r.Doc, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '<' {
			continue
		}
		if i := strings.Index(line, ". "); i >= 0 {
			return line[:i]
		}
		return strings.TrimSuffix(line, ".")
	}
	return ""
}
