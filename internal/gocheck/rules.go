package gocheck

import (
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/allgo"
)

// Rules are the rules that only Go handlers are asked, for lists and help. Nothing is asked through their Check.
func Rules() []rules.Rule {
	var list []rules.Rule
	for _, r := range allgo.Own() {
		list = append(list, rules.Rule{
			Name: r.Name, Doc: r.Doc, Default: rules.Severity(r.Severity),
			Check: func(*rules.Subject, func(rules.Finding)) {},
		})
	}
	return list
}
