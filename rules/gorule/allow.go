package gorule

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// allowance is a comment `handlervet-ignore rule -- reason`, after the code that it allows or on the line before.
type allowance struct {
	file  string
	line  int // 0 for the whole file
	rules []string
}

type allowances []allowance

// suppressions reads the comments of a package, for tools that do not know them. `handlervet check` does more: it requires
// reasons and reports unused comments.
func suppressions(pass *analysis.Pass) allowances {
	var list allowances
	for _, f := range pass.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				text, ok := strings.CutPrefix(strings.TrimLeft(c.Text, "/* \t"), "handlervet-ignore")
				if !ok {
					continue
				}
				at := pass.Fset.Position(c.Pos())
				a := allowance{file: at.Filename, line: at.Line}
				if rest, whole := strings.CutPrefix(text, "-file"); whole {
					a.line, text = 0, rest
				}
				names, _, _ := strings.Cut(text, "--")
				a.rules = strings.FieldsFunc(strings.TrimSuffix(names, "*/"), func(r rune) bool { return r == ' ' || r == ',' || r == '\t' })
				list = append(list, a)
			}
		}
	}
	return list
}

func (list allowances) allows(fset *token.FileSet, rule string, pos token.Pos) bool {
	at := fset.Position(pos)
	return slices.ContainsFunc(list, func(a allowance) bool {
		near := a.line == 0 || at.Line == a.line || at.Line == a.line+1
		return near && a.file == at.Filename && slices.Contains(a.rules, rule)
	})
}
