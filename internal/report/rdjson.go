package report

import (
	"io"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

type rdReport struct {
	Source      rdSource       `json:"source"`
	Diagnostics []rdDiagnostic `json:"diagnostics"`
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        *rdCode        `json:"code,omitempty"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"related_locations,omitempty"`
}

type rdLocation struct {
	Path  string   `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdRange struct {
	Start rdPosition  `json:"start"`
	End   *rdPosition `json:"end,omitempty"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

// RDJSON writes reviewdog's diagnostic format; its columns are bytes.
func RDJSON(w io.Writer, r *Report, _ Options) error {
	p := r.places()
	out := rdReport{rdSource{"handlervet", home}, []rdDiagnostic{}}
	for _, x := range r.Problems {
		d := rdDiagnostic{Message: x.Text, Severity: "ERROR", Location: rdLocation{Path: x.File}}
		if x.Line > 0 {
			d.Location.Range = &rdRange{Start: rdPosition{x.Line, x.Column}}
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	for _, f := range sorted(r.Findings) {
		d := rdDiagnostic{
			Message: withHelp(f), Severity: rdSeverity(f.Severity), Location: p.rdLocation(f.Range),
			Code: &rdCode{f.Rule, RuleURL(f.Rule)}, Suggestions: p.rdSuggestions(f),
		}
		for _, s := range f.Steps {
			d.Related = append(d.Related, rdRelated{s.Text, p.rdLocation(s.Range)})
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	return encode(w, out)
}

// rdSuggestions are the fixes of one edit in the finding's own file: each
// suggestion is applied alone, and half a fix is none.
func (p *places) rdSuggestions(f rules.Finding) []rdSuggestion {
	var out []rdSuggestion
	for _, x := range f.Fixes {
		if len(x.Edits) == 1 && x.Edits[0].Range.File == f.Range.File {
			out = append(out, rdSuggestion{p.rdRange(x.Edits[0].Range), x.Edits[0].Text})
		}
	}
	return out
}

func (p *places) rdLocation(r flow.Range) rdLocation {
	at := p.rdRange(r)
	return rdLocation{r.File, &at}
}

func (p *places) rdRange(r flow.Range) rdRange {
	start, end := p.span(r, position.Bytes)
	to := rdPosition(end)
	return rdRange{rdPosition(start), &to}
}

func rdSeverity(s rules.Severity) string {
	switch s {
	case rules.Error:
		return "ERROR"
	case rules.Warning:
		return "WARNING"
	}
	return "INFO"
}
