// Package allgo lists the rules that Go handlers are asked.
package allgo

import (
	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/rules/floatinggoroutine"
	"github.com/handlervet/handlervet/rules/gorule/doublecompletion"
	"github.com/handlervet/handlervet/rules/gorule/wrongsignature"
)

// Analyzers are all of them, by name.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		doublecompletion.Analyzer,
		floatinggoroutine.Analyzer,
		wrongsignature.Analyzer,
	}
}
