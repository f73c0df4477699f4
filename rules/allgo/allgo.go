// Package allgo lists the rules that Go handlers are asked.
package allgo

import (
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/rules/detachedcontext"
	"github.com/handlervet/handlervet/rules/floatinggoroutine"
	"github.com/handlervet/handlervet/rules/gorule"
	"github.com/handlervet/handlervet/rules/gorule/doublecompletion"
	"github.com/handlervet/handlervet/rules/gorule/handlerexit"
	"github.com/handlervet/handlervet/rules/gorule/infiniteloop"
	"github.com/handlervet/handlervet/rules/gorule/missingcompletion"
	"github.com/handlervet/handlervet/rules/gorule/upstreamdeadline"
	"github.com/handlervet/handlervet/rules/gorule/wrongsignature"
	"github.com/handlervet/handlervet/rules/unreachablestart"
)

// Analyzers are all of them, by name.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		detachedcontext.Analyzer,
		doublecompletion.Analyzer,
		floatinggoroutine.Analyzer,
		handlerexit.Analyzer,
		infiniteloop.Analyzer,
		missingcompletion.Analyzer,
		unreachablestart.Analyzer,
		upstreamdeadline.Analyzer,
		wrongsignature.Analyzer,
	}
}

// Own are the rules that only Go handlers are asked, by name.
func Own() []gorule.Rule {
	return []gorule.Rule{detachedcontext.Rule, floatinggoroutine.Rule, unreachablestart.Rule}
}

// RuleOf is the rule that an analyzer asks: `doublecompletion` asks double-completion.
func RuleOf(a *analysis.Analyzer) string {
	_, page, _ := strings.Cut(a.URL, "/rules/")
	_, file, _ := strings.Cut(page, "/")
	return strings.TrimSuffix(file, ".md")
}
