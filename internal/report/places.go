package report

import (
	"net/url"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// home is where people read about handlervet.
const home = "https://github.com/handlervet/handlervet"

// RuleURL is where a rule's page can be read: its part of the generated book, which has the pipeline's own rules, too.
func RuleURL(rule string) string { return home + "/blob/main/docs/rules.md#" + rule }

// places converts ranges for one run of one format; it reads each file's lines once.
type places struct {
	texts func(string) ([]byte, bool)
	files map[string]*position.Index
}

func (r *Report) places() *places {
	return &places{texts: r.Texts, files: map[string]*position.Index{}}
}

// index is that of a file; a file that cannot be read counts as empty.
func (p *places) index(file string) *position.Index {
	x := p.files[file]
	if x == nil {
		var text []byte
		if p.texts != nil {
			text, _ = p.texts(file)
		}
		x = position.New(text)
		p.files[file] = x
	}
	return x
}

// span is the start and end of a range.
func (p *places) span(r flow.Range, unit position.Unit) (start, end position.Position) {
	x := p.index(r.File)
	return x.At(r.Start, unit), x.At(max(r.Start, r.End), unit)
}

// uri is a file name, relative, as part of a URI.
func uri(file string) string {
	parts := strings.Split(strings.TrimPrefix(file, "./"), "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

// fingerprinted are the findings in order, each with a fingerprint.
func (r *Report) fingerprinted(found []rules.Finding) []rules.Finding {
	found = sorted(found)
	for _, f := range found {
		if f.Fingerprint == "" {
			Fingerprints(found, r.Texts)
			break
		}
	}
	return found
}
