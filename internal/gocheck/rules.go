package gocheck

import (
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/allgo"
)

// Rules are the rules that only Go handlers are asked, for lists and help. Nothing is asked through their Check.
func Rules() []rules.Rule {
	var list []rules.Rule
	for _, r := range allgo.Own() {
		r.Check = func(*rules.Subject, func(rules.Finding)) {}
		list = append(list, r.Rule)
	}
	return list
}
