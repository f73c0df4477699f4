package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// The findings that the pipeline itself reports.
const (
	SyntaxError   = "syntax-error"
	InternalError = "internal-error"
)

// settle turns what the rules said into what is reported.
func (out *Outcome) settle(o Options) {
	broken, directives := out.fromFiles()
	directives = append(directives, out.directives...)
	found := merge(slices.Concat(out.broken, broken, out.Findings))
	ran := func(rule string) bool {
		return slices.ContainsFunc(o.Rules, func(r rules.Rule) bool { return r.Name == rule && o.asks(r) })
	}
	names := o.Names
	if names == nil {
		names = ruleNames(o.Rules)
	}
	var own []rules.Finding
	found, out.Suppressed, own = suppress.Apply(found, directives, suppress.Options{Rules: names, Ran: ran, NeedsReason: o.NeedsReason})
	own = slices.DeleteFunc(own, func(f rules.Finding) bool { return !ran(f.Rule) })
	out.used = suppress.Used(directives)
	found = levels(append(found, own...), o.Severity)
	slices.SortStableFunc(found, byPlace)
	report.Fingerprints(found, out.texts)
	out.Findings, out.Known = o.Baseline.Split(found)
}

// fromFiles collects syntax errors and suppressions of the files that were parsed.
func (out *Outcome) fromFiles() (broken []rules.Finding, ds []suppress.Directive) {
	for _, k := range out.tree.scripts() {
		if !out.Checked(k.Name) {
			continue
		}
		for _, d := range k.Directives {
			d.Rules = slices.Clone(d.Rules) // which of them were used is noted there
			ds = append(ds, d)
		}
		if k.Syntax != nil {
			broken = append(broken, syntaxFinding(k.Name, k.Syntax))
		}
	}
	return broken, append(ds, out.inDeployments()...)
}

// inDeployments collects the suppressions of the deployment files that rules ask about.
func (out *Outcome) inDeployments() (ds []suppress.Directive) {
	seen := map[string]bool{}
	for i := range out.project.Settings {
		name := out.project.Settings[i].Place.File
		if !seen[name] && out.Checked(name) && !walk.IsScript(name) {
			ds = append(ds, suppress.ParseDeployment(name, out.Text(name))...)
		}
		seen[name] = true
	}
	return ds
}

func syntaxFinding(file string, e *jsparse.SyntaxError) rules.Finding {
	f := rules.Finding{
		Rule: SyntaxError, Severity: rules.Error,
		Message: e.Message,
		Help:    "nothing in this file is checked until it parses",
		Range:   flow.Range{File: file, Start: e.Span.Start, End: e.Span.End},
	}
	if e.Internal {
		f.Rule = InternalError
		f.Help = "this is a mistake in handlervet; please report it with the file"
	}
	return f
}

// deploymentFinding tells of a deployment file that cannot be understood: its handlers may be missed.
func deploymentFinding(p platform.Problem) rules.Finding {
	return rules.Finding{
		Rule: SyntaxError, Severity: rules.Warning,
		Message: p.Text,
		Help:    "fix it; until then, what it says about handlers is unknown",
		Range:   flow.Range{File: p.Place.File, Start: p.Place.Start, End: p.Place.End},
	}
}

// merge keeps one of several findings that say the same about the same place:
// a helper that five handlers share is wrong once.
func merge(found []rules.Finding) []rules.Finding {
	type key struct {
		rule  string
		place flow.Range
	}
	seen := map[key]bool{}
	out := found[:0]
	for _, f := range found {
		k := key{f.Rule, f.Range}
		if !seen[k] {
			seen[k] = true
			out = append(out, f)
		}
	}
	return out
}

// levels gives findings the severities of the config.
func levels(found []rules.Finding, severity map[string]string) []rules.Finding {
	out := found[:0]
	for _, f := range found {
		level := severity[f.Rule]
		if level == "off" {
			continue
		}
		if level != "" {
			f.Severity = rules.Severity(level)
		}
		out = append(out, f)
	}
	return out
}

// texts is how a report asks for files.
func (out *Outcome) texts(file string) ([]byte, bool) {
	text, err := out.Read(file)
	return text, err == nil
}

func byPlace(a, b rules.Finding) int {
	return cmp.Or(
		strings.Compare(a.Range.File, b.Range.File),
		cmp.Compare(a.Range.Start, b.Range.Start),
		cmp.Compare(a.Range.End, b.Range.End),
		strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Message, b.Message),
	)
}

func ruleNames(rs []rules.Rule) []string {
	names := make([]string, len(rs))
	for i, r := range rs {
		names[i] = r.Name
	}
	return names
}
