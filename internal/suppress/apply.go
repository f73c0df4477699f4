package suppress

import (
	"fmt"
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/rules"
)

// The rules that this package reports.
const (
	Bad    = "bad-suppression"
	Unused = "unused-suppression"
)

// Options says what is known and wanted.
type Options struct {
	Rules       []string // all names, for suggestions
	Ran         func(rule string) bool
	NeedsReason bool
}

// Apply takes away what the directives allow. It returns the findings that
// stay, those that were suppressed, and those about the directives themselves.
func Apply(found []rules.Finding, ds []Directive, o Options) (stay, gone, own []rules.Finding) {
	byFile := map[string][]*Directive{}
	for i := range ds {
		d := &ds[i]
		if bad := mistakes(d, o); len(bad) > 0 {
			own = append(own, bad...)
		}
		if d.Reason != "" || !o.NeedsReason {
			byFile[d.Range.File] = append(byFile[d.Range.File], d)
		}
	}
	for _, f := range found {
		if allowed(f, byFile[f.Range.File]) {
			gone = append(gone, f)
		} else {
			stay = append(stay, f)
		}
	}
	for i := range ds {
		if ds[i].Reason != "" || !o.NeedsReason {
			own = append(own, unused(&ds[i], o)...)
		}
	}
	return stay, gone, own
}

// Used are the places that Apply would have reported as unused, had the directives not allowed something there.
func Used(ds []Directive) (places []flow.Range) {
	for i := range ds {
		for _, n := range ds[i].Rules {
			if n.used {
				places = append(places, ds[i].place(n))
			}
		}
	}
	return places
}

// place is where to say something of one rule of a directive.
func (d *Directive) place(n Name) flow.Range {
	if len(d.Rules) == 1 {
		return d.Range
	}
	return n.Range
}

func allowed(f rules.Finding, ds []*Directive) bool {
	hit := false
	for _, d := range ds {
		if !d.WholeFile && (f.Range.Start < d.First || f.Range.Start > d.Last) {
			continue
		}
		for i := range d.Rules {
			if d.Rules[i].Text == f.Rule {
				d.Rules[i].used = true
				hit = true
			}
		}
	}
	return hit
}

// mistakes are what is wrong with a directive whatever was found.
func mistakes(d *Directive, o Options) []rules.Finding {
	var out []rules.Finding
	add := func(f rules.Finding) {
		f.Rule, f.Severity = Bad, rules.Warning
		out = append(out, f)
	}
	if len(d.Rules) == 0 {
		add(rules.Finding{Range: d.Range,
			Message: "this suppression names no rule",
			Help:    "name the rules it is about: `// handlervet-ignore <rule> -- reason`"})
	}
	if d.Reason == "" && o.NeedsReason {
		add(rules.Finding{Range: d.Range,
			Message: "this suppression has no reason, so it has no effect",
			Help:    "say why after two hyphens: `// handlervet-ignore <rule> -- reason`"})
	}
	for _, n := range d.Rules {
		if slices.Contains(o.Rules, n.Text) {
			continue
		}
		help := "`handlervet rules` lists the names"
		if near := config.Nearest(n.Text, o.Rules); near != "" {
			help = fmt.Sprintf("did you mean `%s`?", near)
		}
		add(rules.Finding{Range: n.Range, Message: fmt.Sprintf("there is no rule `%s`", n.Text), Help: help})
	}
	return out
}

// unused are the rules of a directive that were asked and found nothing there.
func unused(d *Directive, o Options) []rules.Finding {
	var out []rules.Finding
	for _, n := range d.Rules {
		if n.used || !slices.Contains(o.Rules, n.Text) || !o.Ran(n.Text) {
			continue
		}
		out = append(out, rules.Finding{Rule: Unused, Severity: rules.Info, Range: d.place(n),
			Message: fmt.Sprintf("nothing here is reported as `%s`", n.Text),
			Help:    "remove the suppression"})
	}
	return out
}
