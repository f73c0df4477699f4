package goflow

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// Writes says of a function in another package that it answers with the response which it is given, on every path.
type Writes struct {
	// Body means that it begins a body, and that more may follow; otherwise it writes a whole answer.
	Body bool
}

// AFact makes it known across packages.
func (*Writes) AFact() {}

func (w *Writes) String() string {
	if w.Body {
		return "writes a body"
	}
	return "answers"
}

// exportFacts finds the exported helpers of a package that write the response.
func exportFacts(pass *analysis.Pass, s *source) {
	for fn, decl := range s.decls {
		if fn.Exported() && takesResponder(fn) {
			if w := writesOf(s, decl); w != nil {
				pass.ExportObjectFact(fn, w)
			}
		}
	}
}

func takesResponder(fn *types.Func) bool {
	for p := range fn.Signature().Params().Variables() {
		if isResponder(p.Type()) {
			return true
		}
	}
	return false
}

// writesOf follows a helper as if it were a handler. It is nil unless every path answers, and the same way.
func writesOf(s *source, decl *ast.FuncDecl) *Writes {
	in := newSession(s)
	in.helper = true
	entry := in.function(decl)
	res := flow.Solve(entry, make([]flow.Operand, len(entry.Params)), writes, flow.Limits{States: helperStates})
	if res.Capped || len(res.Outcomes) == 0 {
		return nil
	}
	var w *Writes
	for i := range res.Outcomes {
		o := &res.Outcomes[i]
		if o.Escaped || len(o.Completions) == 0 {
			return nil
		}
		body := in.parts[o.Completions[0].Site.Range] == bodyPart
		if w != nil && w.Body != body {
			return nil
		}
		w = &Writes{Body: body}
	}
	return w
}

// helperStates bounds the search of a helper: those that matter are small.
const helperStates = 500
