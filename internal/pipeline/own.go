package pipeline

import (
	_ "embed"

	"github.com/handlervet/handlervet/internal/gocheck"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

//go:embed own/syntax-error.md
var syntaxDoc string

//go:embed own/internal-error.md
var internalDoc string

//go:embed own/bad-suppression.md
var badSuppressionDoc string

//go:embed own/unused-suppression.md
var unusedSuppressionDoc string

// Own are the rules that no handler is asked about: the pipeline reports them
// itself. They have a page and a severity like all others, and their Check does nothing.
func Own() []rules.Rule {
	silent := func(*rules.Subject, func(rules.Finding)) {}
	return append(gocheck.Rules(), []rules.Rule{
		{Name: suppress.Bad, Doc: badSuppressionDoc, Default: rules.Warning, Check: silent},
		{Name: InternalError, Doc: internalDoc, Default: rules.Error, Check: silent},
		{Name: SyntaxError, Doc: syntaxDoc, Default: rules.Error, Check: silent},
		{Name: suppress.Unused, Doc: unusedSuppressionDoc, Default: rules.Info, Check: silent},
	}...)
}
