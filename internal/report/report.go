// Package report is the last step of the way: it writes findings. There is one file per format. The
// same report gives the same bytes on any machine.
package report

import (
	"cmp"
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

// Report is what one run has to say.
type Report struct {
	// Root is the absolute directory that file names are relative to. It is used for hyperlinks only.
	Root string
	// Version is that of handlervet.
	Version string
	// Findings are those that count.
	Findings []rules.Finding
	// Suppressed are those that a comment allows; they are written if Options.Suppressed is set.
	Suppressed []rules.Finding
	// Problems are what kept the tool from doing its work.
	Problems []Problem
	// Texts gives the text of a file as it was analysed.
	Texts func(file string) ([]byte, bool)
	// Rules are all rules, for the formats that carry their help.
	Rules []rules.Rule
	// Stats are what the pipeline counted.
	Stats Stats
	// Shard is the part of a check that this report tells of, as "2/4"; "" is the whole.
	Shard string
	// Used are the places of the suppressions that allowed something. Only SARIF of a shard tells them, for internal/merge.
	Used []flow.Range
}

// Problem is something that kept the tool from doing its work: an unreadable
// file, a mistake in the configuration. File, Line and Column may be unknown.
type Problem struct {
	File         string
	Line, Column int
	Text         string
}

// Stats are what the pipeline counted; the rest of the summary is counted here.
type Stats struct {
	Files    int // looked at
	Handlers int // found
	Known    int // findings that the baseline holds
}

// Options says how to write.
type Options struct {
	Color      bool // text: colours
	Links      bool // text: hyperlinks (OSC 8)
	Width      int  // text: columns of a source line; 0 means 100
	Suppressed bool // json, sarif: suppressed findings too
}

// Summary is the numbers of a report.
type Summary struct {
	Files      int `json:"files" jsonschema:"files that were looked at"`
	Handlers   int `json:"handlers" jsonschema:"handlers that were found"`
	Findings   int `json:"findings" jsonschema:"findings that count"`
	Errors     int `json:"errors" jsonschema:"findings of severity error"`
	Warnings   int `json:"warnings" jsonschema:"findings of severity warning"`
	Infos      int `json:"infos" jsonschema:"findings of severity info"`
	Suppressed int `json:"suppressed" jsonschema:"findings that a comment allows"`
	Known      int `json:"known" jsonschema:"findings that the baseline holds"`
	Problems   int `json:"problems" jsonschema:"what kept the tool from doing its work"`
}

// Summary counts.
func (r *Report) Summary() Summary {
	s := Summary{
		Files: r.Stats.Files, Handlers: r.Stats.Handlers, Known: r.Stats.Known,
		Findings: len(r.Findings), Suppressed: len(r.Suppressed), Problems: len(r.Problems),
	}
	for _, f := range r.Findings {
		switch f.Severity {
		case rules.Error:
			s.Errors++
		case rules.Warning:
			s.Warnings++
		default:
			s.Infos++
		}
	}
	return s
}

// sorted are the findings by place, then rule, then message.
func sorted(found []rules.Finding) []rules.Finding {
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b rules.Finding) int {
		return cmp.Or(
			cmp.Compare(a.Range.File, b.Range.File),
			cmp.Compare(a.Range.Start, b.Range.Start),
			cmp.Compare(a.Range.End, b.Range.End),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return found
}
