// Package badresult is the rule bad-result.
package badresult

import (
	_ "embed"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed bad-result.md
var page string

// Rule finds results that the platform cannot turn into a response.
func Rule() rules.Rule {
	return rules.Rule{Name: "bad-result", Doc: page, Default: rules.Error, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	want := wanted(s)
	if want == "" || s.Contract.BadReturnSeverity == "" {
		return
	}
	reported := map[flow.Range]bool{}
	for i := range s.Result.Outcomes {
		o := &s.Result.Outcomes[i]
		if !answersByReturning(o) || !bad(s, o.Returned) {
			continue
		}
		f := rules.Finding{
			Severity: rules.Severity(s.Contract.BadReturnSeverity),
			Range:    o.ReturnSite,
			Message:  describe(o) + ", not " + want + ": " + s.Contract.BadReturn,
			Help:     "return " + want + " on this path",
			Steps:    o.Steps,
		}
		if caught, _ := rules.LastCaught(o); caught != nil && o.ReturnedImplicitly {
			f.Range = caught.Range
		}
		if !reported[f.Range] {
			reported[f.Range] = true
			report(f)
		}
	}
}

// answersByReturning tells whether the returned value is what answers.
func answersByReturning(o *flow.Outcome) bool {
	return o.End == flow.Finished && len(o.Completions) > 0 && o.Completions[0].Implicit && !o.Completions[0].Error && !o.Escaped
}

// wanted describes for people what the contract requires.
func wanted(s *rules.Subject) string {
	switch s.Contract.Returns {
	case contract.ResponseReturn:
		return "a Response"
	case contract.ResponseOrUndefined:
		return "a Response or nothing"
	case contract.ObjectOrUndefined:
		return "an object like { status, body }"
	case contract.ProxyResult:
		if s.Handler.ProxyResult {
			return "an object like { statusCode, body }"
		}
	}
	return ""
}

func bad(s *rules.Subject, v flow.Value) bool {
	nothing := v.Kind == flow.Undefined || v.Kind == flow.Null
	primitive := v.Kind == flow.Constant || v.Kind == flow.Text
	switch s.Contract.Returns {
	case contract.ResponseReturn:
		return nothing || primitive || v.Kind == flow.Object
	case contract.ResponseOrUndefined:
		return primitive || v.Kind == flow.Null || v.Kind == flow.Object
	case contract.ObjectOrUndefined:
		return primitive
	case contract.ProxyResult:
		return nothing || primitive
	}
	return false
}

func describe(o *flow.Outcome) string {
	if o.ReturnedImplicitly {
		return "a path ends here without returning a value"
	}
	switch o.Returned.Kind {
	case flow.Undefined:
		return "this returns undefined"
	case flow.Null:
		return "this returns null"
	case flow.Object:
		return "this returns a plain object"
	case flow.Constant:
		return "this returns " + o.Returned.Text
	}
	return "this returns a string"
}
