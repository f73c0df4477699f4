// Package platformlimit is the rule platform-limit.
package platformlimit

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/rules"
)

//go:embed platform-limit.md
var page string

// Rule finds code that expects what the platform never passes on, or uses more than it allows.
func Rule() rules.Rule {
	return rules.Rule{Name: "platform-limit", Doc: page, Default: rules.Warning, Check: check, CheckProject: checkProject}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	for i := range s.Handler.Reads {
		r := &s.Handler.Reads[i]
		if f, ok := unreached(s, r); ok {
			report(f)
		}
		if f, ok := absent(s, r); ok {
			report(f)
		}
	}
	if f, ok := refusedPath(s); ok {
		report(f)
	}
	tooLarge(s, report)
}

// tooLarge reports constant answers larger than the platform sends.
func tooLarge(s *rules.Subject, report func(rules.Finding)) {
	most := s.Contract.ResponseBytes
	for _, a := range s.Handler.Answers {
		if a.Bytes > most {
			report(rules.Finding{
				Severity: rules.Error,
				Range:    a.Range,
				Message: fmt.Sprintf("the answer is at least %s, but %s allows at most %s",
					contract.Size(a.Bytes), s.Contract.Platform, contract.Size(most)),
				Help: "store it where the caller can fetch it, and answer with its URL",
			})
		}
	}
}

// unreached reports branches for methods that do not reach the handler, except HEAD: platforms seldom document it.
func unreached(s *rules.Subject, r *contract.Read) (rules.Finding, bool) {
	routing := s.Handler.Routing
	method := strings.ToUpper(r.Equals)
	if r.Use != contract.Compared || len(routing.Methods) == 0 || !known(method) || slices.Contains(routing.Methods, method) {
		return rules.Finding{}, false
	}
	if !slices.Contains(routing.Where, contract.Property{Arg: r.Arg, Path: r.Path}) {
		return rules.Finding{}, false
	}
	return rules.Finding{
		Severity: rules.Warning,
		Range:    r.Range,
		Message:  fmt.Sprintf("no %s request reaches this handler: %s", method, routing.Why),
		Help:     "remove the branch, or configure the platform to pass the method on if it can",
	}, true
}

func known(method string) bool {
	return slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, method)
}

// absent reports uses of what only other platforms pass to a handler. Code that first tests for it knows about that.
func absent(s *rules.Subject, r *contract.Read) (rules.Finding, bool) {
	for _, a := range s.Contract.Absent {
		if a.Arg != r.Arg || a.Path != r.Path || !slices.Contains(a.Uses, r.Use) || usedOtherwise(s, &a) {
			continue
		}
		return rules.Finding{
			Severity: rules.Severity(a.Severity),
			Range:    r.Range,
			Message:  fmt.Sprintf("`%s` does not exist: %s", a.Path, a.Why),
			Help:     a.Help,
		}, true
	}
	return rules.Finding{}, false
}

func usedOtherwise(s *rules.Subject, a *contract.Absence) bool {
	return slices.ContainsFunc(s.Handler.Reads, func(r contract.Read) bool {
		return r.Arg == a.Arg && r.Path == a.Path && !slices.Contains(a.Uses, r.Use)
	})
}

// refusedPath reports files whose name cannot be a URL.
func refusedPath(s *rules.Subject) (rules.Finding, bool) {
	p, path := s.Contract.Paths, s.Handler.Path
	f := rules.Finding{Severity: rules.Error, Range: s.Shape.Head, Help: "rename the file"}
	if i := strings.IndexAny(path, p.Forbidden); p.Forbidden != "" && i >= 0 {
		f.Message = fmt.Sprintf("the URL path `%s` contains `%c`: %s", path, path[i], p.Refusal)
		return f, true
	}
	if p.MaxBytes > 0 && len(path) > p.MaxBytes {
		f.Message = fmt.Sprintf("the URL path is %d bytes long, but the maximum is %d: %s", len(path), p.MaxBytes, p.Refusal)
		return f, true
	}
	return f, false
}

func checkProject(settings []contract.Setting, report func(rules.Finding)) {
	for i := range settings {
		s := &settings[i]
		if s.Kind != contract.SizeSetting || !s.Known || s.Amount <= s.Bounds.Max {
			continue
		}
		report(rules.Finding{
			Severity: rules.Warning, Platform: s.Platform,
			Range:   rules.At(s.Place),
			Message: fmt.Sprintf("`%s` is %s, but the maximum is %s: %s", s.Name, contract.Size(s.Amount), contract.Size(s.Bounds.Max), s.Bounds.Refusal),
			Help:    "let clients upload large files to object storage, and pass on the URL",
		})
	}
}
