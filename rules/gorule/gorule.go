// Package gorule applies rules to Go code: one go/analysis analyzer per rule, over the facts of
// goflow. The rules are those shared with JavaScript and a few that only Go has. It reaches no
// JavaScript code, so `go vet -vettool` and golangci-lint can be built from it.
package gorule

import (
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules"
)

// Rule is one question about a Go package.
type Rule struct {
	rules.Rule
	// CheckPackage reports what it finds. The files of ranges are those of the file set.
	CheckPackage func(*goflow.Package, func(rules.Finding))
}

// Shared applies a language-neutral rule to the handlers of a Go package.
func Shared(r rules.Rule) Rule {
	return Rule{r, func(p *goflow.Package, report func(rules.Finding)) {
		for _, h := range p.Refused() {
			ask(r, &rules.Subject{Handler: h, Contract: h.Contract, Result: &flow.Result{}}, report)
		}
		for _, h := range p.Handlers() {
			ask(r, Subject(h), report)
		}
	}}
}

// Subject is what a rule may know of a Go handler.
func Subject(h *goflow.Handler) *rules.Subject {
	return &rules.Subject{Handler: &h.Handler, Contract: h.Contract, Result: h.Result(), Shape: h.Shape()}
}

func ask(r rules.Rule, s *rules.Subject, report func(rules.Finding)) {
	r.Check(s, func(f rules.Finding) {
		f.Handler, f.Platform = s.Handler.Name, s.Contract.Platform
		report(f)
	})
}

// pages is the address of the rule pages.
const pages = "https://github.com/handlervet/handlervet/blob/main/rules/"

// Analyzer applies a rule to every package. Its result is a []rules.Finding; each finding not allowed by a comment is also reported as a diagnostic.
func (r Rule) Analyzer() *analysis.Analyzer {
	id := strings.ReplaceAll(r.Name, "-", "")
	return &analysis.Analyzer{
		Name:       id,
		Doc:        summary(r.Doc),
		URL:        pages + id + "/" + r.Name + ".md",
		Requires:   []*analysis.Analyzer{goflow.Analyzer},
		ResultType: reflect.TypeFor[[]rules.Finding](),
		// See goflow.Analyzer.
		RunDespiteErrors: true,

		Run: func(pass *analysis.Pass) (any, error) { return r.run(pass), nil },
	}
}

func (r Rule) run(pass *analysis.Pass) []rules.Finding {
	p, ok := pass.ResultOf[goflow.Analyzer].(*goflow.Package)
	if !ok {
		return nil
	}
	known := map[flow.Range]bool{}
	list := []rules.Finding{}
	allowed := suppressions(pass)
	r.CheckPackage(p, func(f rules.Finding) {
		at := p.Pos(f.Range.File, f.Range.Start)
		if known[f.Range] || !at.IsValid() {
			return // a helper that five handlers share is wrong once
		}
		known[f.Range] = true
		f.Rule = r.Name
		if f.Severity == "" {
			f.Severity = r.Default
		}
		list = append(list, f)
		if !allowed.allows(pass.Fset, r.Name, at) {
			pass.Report(diagnostic(p, f))
		}
	})
	return list
}

func diagnostic(p *goflow.Package, f rules.Finding) analysis.Diagnostic {
	from, to := span(p, f.Range)
	d := analysis.Diagnostic{Pos: from, End: to, Category: string(f.Severity), Message: f.Message}
	for _, s := range f.Steps {
		if from, to := span(p, s.Range); from.IsValid() {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: from, End: to, Message: s.Text})
		}
	}
	for _, x := range f.Fixes {
		fix := analysis.SuggestedFix{Message: x.Title}
		for _, e := range x.Edits {
			from, to := span(p, e.Range)
			fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: from, End: to, NewText: []byte(e.Text)})
		}
		d.SuggestedFixes = append(d.SuggestedFixes, fix)
	}
	return d
}

func span(p *goflow.Package, r flow.Range) (from, to token.Pos) {
	return p.Pos(r.File, r.Start), p.Pos(r.File, r.End)
}

// summary is a page as a help text, with the name of the analyzer.
func summary(page string) string {
	_, text, ok := strings.Cut(page, "\n")
	if !ok || !strings.HasPrefix(page, "# ") {
		return page
	}
	return strings.TrimSpace(text)
}
