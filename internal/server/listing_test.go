package server_test

import (
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// pull asks for the diagnostics of one file.
func (s *script) pull(name string) string {
	p := &protocol.DocumentDiagnosticParams{TextDocument: protocol.TextDocumentIdentifier{URI: s.uri(name)}}
	if id, ok := s.results[s.uri(name)]; ok {
		p.PreviousResultID = &id
	}
	res, err := s.server.Diagnostic(s.t.Context(), p)
	if err != nil {
		return "error: " + err.Error()
	}
	var b strings.Builder
	related := func(list map[uri.URI]protocol.FullDocumentDiagnosticReportOrUnchangedDocumentDiagnosticReport) {
		for u, r := range list {
			if full, ok := r.(*protocol.FullDocumentDiagnosticReport); ok {
				fmt.Fprintf(&b, "related %s: %d\n", s.name(u), len(full.Items))
			}
		}
	}
	switch r := res.(type) {
	case *protocol.RelatedFullDocumentDiagnosticReport:
		fmt.Fprintf(&b, "full: %d\n", len(r.Items))
		s.results[s.uri(name)] = *r.ResultID
		related(r.RelatedDocuments)
	case *protocol.RelatedUnchangedDocumentDiagnosticReport:
		fmt.Fprintf(&b, "unchanged\n")
		related(r.RelatedDocuments)
	}
	return b.String()
}

// listing are all diagnostics with all that belongs to them.
func (s *script) listing() string {
	var b strings.Builder
	all := s.all(s.features.Pull)
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, d := range all[name] {
			fmt.Fprintf(&b, "%s:%s %s %v %s\n", name, span(d.Range), []string{"", "error", "warning", "info", "hint"}[d.Severity], d.Code, strings.ReplaceAll(string(d.Message.(protocol.String)), "\n", "\n    "))
			if href := d.CodeDescription.Href; href != "" {
				fmt.Fprintf(&b, "    page %s\n", href)
			}
			for _, tag := range d.Tags.Slice() {
				fmt.Fprintf(&b, "    tag %d\n", tag)
			}
			for _, r := range d.RelatedInformation {
				fmt.Fprintf(&b, "    %s:%s %s\n", s.name(r.Location.URI), span(r.Location.Range), r.Message)
			}
		}
	}
	return b.String()
}

func span(r protocol.Range) string {
	return fmt.Sprintf("%d:%d-%d:%d", r.Start.Line+1, r.Start.Character+1, r.End.Line+1, r.End.Character+1)
}
