// Package wrongsignature is the rule wrong-signature.
package wrongsignature

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed wrong-signature.md
var page string

// Rule finds handlers whose parameters are not the ones that the platform passes.
func Rule() rules.Rule {
	return rules.Rule{Name: "wrong-signature", Doc: page, Default: rules.Error, Go: true, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	if r := s.Handler.Refused; r != nil {
		report(rules.Finding{Range: r.Range, Message: r.What, Help: r.Help})
		return
	}
	if s.Contract.MaxParams > 0 && s.Shape.Length > s.Contract.MaxParams {
		report(tooMany(s))
		return
	}
	for i, p := range s.Shape.Params {
		want, ok := misplaced(s, i)
		if !ok || !p.Used {
			continue
		}
		report(rules.Finding{
			Severity: rules.Error,
			Range:    p.Range,
			Message:  fmt.Sprintf("`%s` receives the %s: %s calls the handler with %s", p.Name, want, s.Contract.Platform, s.Contract.Shape),
			Help:     "put the parameters in the platform's order: (" + strings.Join(s.Contract.ArgNames, ", ") + ")",
		})
		return
	}
}

func tooMany(s *rules.Subject) rules.Finding {
	p := s.Shape.Params[s.Contract.MaxParams]
	f := rules.Finding{
		Severity: rules.Error,
		Range:    p.Range,
		Message: fmt.Sprintf("the handler declares %d parameters where %s passes %d: every invocation fails with %s",
			s.Shape.Length, s.Contract.Platform, s.Contract.MaxParams, s.Contract.ArityError),
		Help: "answer by returning a value or a promise, and remove the callback",
	}
	unused := flow.Range{File: p.Range.File, Start: p.Removable.Start, End: p.Removable.End}
	for _, rest := range s.Shape.Params[s.Contract.MaxParams:] {
		if rest.Used {
			return f
		}
		unused.End = rest.Removable.End
	}
	f.Fixes = []rules.Fix{{Title: "remove the unused parameter", Safe: true, Edits: []rules.Edit{{Range: unused}}}}
	return f
}

// misplaced tells whether a parameter has the usual name of another argument, and which argument it really receives.
func misplaced(s *rules.Subject, i int) (given string, ok bool) {
	names := s.Contract.ArgNames
	if i >= len(names) || i >= len(s.Shape.Params) {
		return "", false
	}
	called := usual(s.Shape.Params[i].Name)
	if called == "" || called == usual(names[i]) {
		return "", false
	}
	for j, name := range names {
		if j != i && usual(name) == called {
			return names[i], true
		}
	}
	return "", false
}

// usual is the argument that a parameter's name suggests, "" if none.
func usual(name string) string {
	switch strings.TrimLeft(name, "_") {
	case "callback", "cb", "done":
		return "callback"
	case "context", "ctx":
		return "context"
	case "event", "evt":
		return "event"
	case "req", "request":
		return "request"
	case "res", "response":
		return "response"
	case "env":
		return "env"
	}
	return ""
}
