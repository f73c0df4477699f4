package server

import (
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

// source is who says it, in editors.
const source = "handlervet"

// shower turns findings of one analysis into what a client shows. It reads each file's lines once.
type shower struct {
	client  *client
	from    *analysis
	indexes map[string]*position.Index
}

func (a *analysis) shower(c *client) *shower {
	return &shower{client: c, from: a, indexes: map[string]*position.Index{}}
}

// diagnostics are the findings in a file; never nil, because null is no list.
func (s *shower) diagnostics(path string) []protocol.Diagnostic {
	part := s.from.of(path)
	found := part.findings[path]
	list := make([]protocol.Diagnostic, 0, len(found))
	for i := range found {
		list = append(list, s.diagnostic(part, &found[i]))
	}
	return list
}

// diagnostic is a finding of a part of the analysis.
func (s *shower) diagnostic(part *analysis, f *rules.Finding) protocol.Diagnostic {
	d := protocol.Diagnostic{
		Range:    s.location(part, f.Range).Range,
		Severity: severity(f.Severity),
		Code:     protocol.String(f.Rule),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(message(f)),
	}
	if s.client.descriptions && f.Rule != configRule {
		d.CodeDescription = protocol.CodeDescription{Href: uri.URI(report.RuleURL(f.Rule))}
	}
	if f.Rule == suppress.Unused && slices.Contains(s.client.tags, protocol.DiagnosticTagUnnecessary) {
		d.Tags = protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)
	}
	if s.client.related {
		for _, step := range f.Steps {
			d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: s.location(part, step.Range), Message: step.Text,
			})
		}
	}
	return d
}

// message is what is wrong, what to do, and what a run has shown.
func message(f *rules.Finding) string {
	text := f.Message
	if f.Help != "" {
		text += "\nhelp: " + f.Help
	}
	if f.Confirmation.Verdict != "" {
		text += "\n" + witness(f)
	}
	return text
}

func severity(s rules.Severity) protocol.DiagnosticSeverity {
	switch s {
	case rules.Error:
		return protocol.DiagnosticSeverityError
	case rules.Warning:
		return protocol.DiagnosticSeverityWarning
	}
	return protocol.DiagnosticSeverityInformation
}

// location is a range as editors write it.
func (s *shower) location(part *analysis, r flow.Range) protocol.Location {
	path := part.path(r.File)
	index := s.indexes[path]
	if index == nil {
		index = part.index(path)
		s.indexes[path] = index
	}
	return protocol.Location{URI: s.from.uri(path), Range: documents.Range(index, r.Start, r.End, s.client.unit)}
}

// uri is that of a file, written as the client does if it has it open.
func (a *analysis) uri(path string) uri.URI {
	if d := a.open[path]; d != nil {
		return d.URI
	}
	return uri.File(path)
}
