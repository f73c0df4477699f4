package report

import (
	"encoding/json"
	"io"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// The types of this file are a public contract: schema/report.schema.json is made from them.

type document struct {
	Version    int           `json:"version" jsonschema:"the version of this format"`
	Findings   []jsonFinding `json:"findings" jsonschema:"what was found, by file and place"`
	Suppressed []jsonFinding `json:"suppressed,omitempty" jsonschema:"what a comment allows, if asked for"`
	Problems   []jsonProblem `json:"problems" jsonschema:"what kept the tool from doing its work"`
	Summary    Summary       `json:"summary" jsonschema:"the numbers"`
}

type jsonFinding struct {
	Rule         string            `json:"rule" jsonschema:"the name of the rule"`
	Severity     rules.Severity    `json:"severity" jsonschema:"how bad it is"`
	Message      string            `json:"message" jsonschema:"what is wrong and what the platform will do"`
	Help         string            `json:"help" jsonschema:"what to do"`
	File         string            `json:"file" jsonschema:"relative to the root, with slashes"`
	Range        jsonRange         `json:"range" jsonschema:"where"`
	Handler      string            `json:"handler" jsonschema:"the handler, empty if the finding is about none"`
	Platform     string            `json:"platform" jsonschema:"the platform that invokes the handler, empty if none"`
	Steps        []jsonStep        `json:"steps" jsonschema:"the path that leads there, in order"`
	Confirmation *jsonConfirmation `json:"confirmation,omitempty" jsonschema:"what running the path showed"`
	Fixes        []jsonFix         `json:"fixes" jsonschema:"changes that make the finding go away; any one is enough"`
	Fingerprint  string            `json:"fingerprint" jsonschema:"names the finding; survives edits elsewhere in the file"`
}

type jsonRange struct {
	Start jsonPosition `json:"start" jsonschema:"the first character"`
	End   jsonPosition `json:"end" jsonschema:"behind the last character"`
}

type jsonPosition struct {
	Line   int `json:"line" jsonschema:"from 1"`
	Column int `json:"column" jsonschema:"from 1, in Unicode characters; a byte order mark does not count"`
}

type jsonStep struct {
	File  string    `json:"file" jsonschema:"relative to the root, with slashes"`
	Range jsonRange `json:"range" jsonschema:"where"`
	Text  string    `json:"text" jsonschema:"what happens"`
}

type jsonConfirmation struct {
	Verdict string   `json:"verdict" jsonschema:"what running the path showed"`
	Witness []string `json:"witness" jsonschema:"what was seen, in order"`
	// Only if there is a run to show.
	Moments []jsonMoment `json:"moments,omitempty" jsonschema:"the run that was seen, in parts"`
}

type jsonMoment struct {
	MS   int    `json:"ms" jsonschema:"on the run's own clock, since the handler was called"`
	File string `json:"file,omitempty" jsonschema:"where, relative to the root, with slashes"`
	Line int    `json:"line,omitempty" jsonschema:"from 1"`
	Text string `json:"text" jsonschema:"what happens"`
}

type jsonFix struct {
	Title string     `json:"title" jsonschema:"what it does"`
	Safe  bool       `json:"safe" jsonschema:"whether it keeps what works as it is"`
	Edits []jsonEdit `json:"edits" jsonschema:"what to replace, all at once"`
	// Only with --confirm.
	Verification string `json:"verification,omitempty" jsonschema:"what running the changed code showed, as verified: … or not verified: …"`
}

type jsonEdit struct {
	File  string    `json:"file" jsonschema:"relative to the root, with slashes"`
	Range jsonRange `json:"range" jsonschema:"what to replace"`
	Text  string    `json:"text" jsonschema:"the replacement"`
}

type jsonProblem struct {
	File   string `json:"file,omitempty" jsonschema:"the file it is about"`
	Line   int    `json:"line,omitempty" jsonschema:"from 1"`
	Column int    `json:"column,omitempty" jsonschema:"from 1"`
	Text   string `json:"text" jsonschema:"what went wrong"`
}

// JSON writes the public contract: see schema/report.schema.json.
func JSON(w io.Writer, r *Report, opt Options) error {
	p := r.places()
	d := document{Version: 1, Findings: p.findings(r.fingerprinted(r.Findings)), Problems: []jsonProblem{}, Summary: r.Summary()}
	if opt.Suppressed {
		d.Suppressed = p.findings(r.fingerprinted(r.Suppressed))
	}
	for _, x := range r.Problems {
		d.Problems = append(d.Problems, jsonProblem(x))
	}
	return encode(w, d)
}

// encode writes JSON as all formats do: indented, with < and & as they are.
func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func (p *places) findings(found []rules.Finding) []jsonFinding {
	out := []jsonFinding{}
	for _, f := range found {
		j := jsonFinding{
			Rule: f.Rule, Severity: f.Severity, Message: f.Message, Help: f.Help,
			File: f.Range.File, Range: p.jsonRange(f.Range), Handler: f.Handler, Platform: f.Platform,
			Steps: []jsonStep{}, Fixes: []jsonFix{}, Fingerprint: f.Fingerprint,
		}
		for _, s := range f.Steps {
			j.Steps = append(j.Steps, jsonStep{s.Range.File, p.jsonRange(s.Range), s.Text})
		}
		for _, x := range f.Fixes {
			j.Fixes = append(j.Fixes, p.jsonFix(x))
		}
		if c := f.Confirmation; c.Verdict != "" {
			j.Confirmation = confirmation(c)
		}
		out = append(out, j)
	}
	return out
}

func confirmation(c rules.Confirmation) *jsonConfirmation {
	j := &jsonConfirmation{Verdict: c.Verdict, Witness: append([]string{}, c.Witness...)}
	for _, m := range c.Moments {
		j.Moments = append(j.Moments, jsonMoment(m))
	}
	return j
}

func (p *places) jsonFix(x rules.Fix) jsonFix {
	j := jsonFix{Title: x.Title, Safe: x.Safe, Edits: []jsonEdit{}, Verification: x.Verification}
	for _, e := range x.Edits {
		j.Edits = append(j.Edits, jsonEdit{e.Range.File, p.jsonRange(e.Range), e.Text})
	}
	return j
}

func (p *places) jsonRange(r flow.Range) jsonRange {
	start, end := p.span(r, position.Runes)
	return jsonRange{jsonPosition(start), jsonPosition(end)}
}
