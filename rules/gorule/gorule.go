// Package gorule is how a question about Go handlers is asked: one go/analysis
// analyzer for each rule, over the facts of goflow. It reaches no JavaScript,
// so that `go vet -vettool` and golangci-lint can be built from it.
package gorule

import (
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
)

// Rule is one question about a package's handlers.
type Rule struct {
	Name     string // kebab-case
	Doc      string // the page, in Markdown
	Severity string // where the contract says nothing else: error, warning, info
	Check    func(*goflow.Package, func(Finding))
}

// Finding is what a rule reports.
type Finding struct {
	Rule     string
	Severity string
	Message  string // what: lower case, no full stop
	Help     string // what to do
	Pos, End token.Pos
	Handler  string
	Platform string
	Steps    []flow.Step
	Fixes    []Fix
}

// Fix is a change that makes the finding go away.
type Fix struct {
	Title string // imperative
	Safe  bool   // keeps what works as it is
	Edits []analysis.TextEdit
}

// pages is where the pages of the rules are.
const pages = "https://github.com/handlervet/handlervet/blob/main/rules/"

// Analyzer asks a rule of every package. Its result is a []Finding; each that no comment allows is reported as a diagnostic, too.
func Analyzer(r Rule) *analysis.Analyzer {
	id := strings.ReplaceAll(r.Name, "-", "")
	return &analysis.Analyzer{
		Name:       id,
		Doc:        summary(r.Doc),
		URL:        pages + id + "/" + r.Name + ".md",
		Requires:   []*analysis.Analyzer{goflow.Analyzer},
		ResultType: reflect.TypeFor[[]Finding](),
		// See goflow.Analyzer.
		RunDespiteErrors: true,

		Run: func(pass *analysis.Pass) (any, error) { return ask(r, pass), nil },
	}
}

func ask(r Rule, pass *analysis.Pass) []Finding {
	p, ok := pass.ResultOf[goflow.Analyzer].(*goflow.Package)
	if !ok {
		return nil
	}
	type place struct{ pos, end token.Pos }
	known := map[place]bool{}
	list := []Finding{}
	allowed := suppressions(pass)
	r.Check(p, func(f Finding) {
		at := place{f.Pos, f.End}
		if known[at] || !f.Pos.IsValid() {
			return // a helper that five handlers share is wrong once
		}
		known[at] = true
		f.Rule = r.Name
		if f.Severity == "" {
			f.Severity = r.Severity
		}
		list = append(list, f)
		if !allowed.allows(pass.Fset, r.Name, f.Pos) {
			pass.Report(f.diagnostic(p))
		}
	})
	return list
}

func (f Finding) diagnostic(p *goflow.Package) analysis.Diagnostic {
	d := analysis.Diagnostic{Pos: f.Pos, End: f.End, Category: f.Severity, Message: f.Message}
	for _, s := range f.Steps {
		if pos := p.Pos(s.Range.File, s.Range.Start); pos.IsValid() {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: pos, End: p.Pos(s.Range.File, s.Range.End), Message: s.Text})
		}
	}
	for _, x := range f.Fixes {
		d.SuggestedFixes = append(d.SuggestedFixes, analysis.SuggestedFix{Message: x.Title, TextEdits: x.Edits})
	}
	return d
}

// summary is a page as a help text: the name is the analyzer's own.
func summary(page string) string {
	_, text, ok := strings.Cut(page, "\n")
	if !ok || !strings.HasPrefix(page, "# ") {
		return page
	}
	return strings.TrimSpace(text)
}

// At fills in where a finding is and which handler it is about.
func At(p *goflow.Package, h *goflow.Handler, r flow.Range, f Finding) Finding {
	f.Pos, f.End = p.Pos(r.File, r.Start), p.Pos(r.File, r.End)
	f.Handler, f.Platform = h.Name, h.Contract.Platform
	return f
}
