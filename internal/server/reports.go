package server

import (
	"hash/fnv"
	"strconv"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// fileReport is what is to be said about one file.
type fileReport struct {
	path    string
	uri     uri.URI
	version *int32 // nil if the file is not open
	id      string // the same for the same items
	items   []protocol.Diagnostic
}

// reports are those of all files with findings that are to be shown.
func (f *folder) reports(a *analysis) []*fileReport {
	show := a.shower(f.server.client)
	scope := f.server.getSettings().Scope
	var list []*fileReport
	for _, path := range a.paths() {
		if (scope != openFiles || a.open[path] != nil) && f.owns(path) {
			list = append(list, show.report(path))
		}
	}
	return list
}

// report is what is to be said about a file, also if that is nothing.
func (s *shower) report(path string) *fileReport {
	r := &fileReport{path: path, uri: s.from.uri(path), items: s.diagnostics(path)}
	if d := s.from.open[path]; d != nil {
		r.uri, r.version = d.URI, &d.Version
	}
	r.id = resultID(r.items)
	return r
}

// resultID is the same for the same diagnostics.
func resultID(items []protocol.Diagnostic) string {
	text, err := protocol.Marshal(items)
	if err != nil {
		return ""
	}
	h := fnv.New64a()
	_, _ = h.Write(text) // never fails
	return strconv.FormatUint(h.Sum64(), 36)
}

func (r *fileReport) full() *protocol.FullDocumentDiagnosticReport {
	return &protocol.FullDocumentDiagnosticReport{Kind: string(protocol.DocumentDiagnosticReportKindFull), ResultID: &r.id, Items: r.items}
}

func (r *fileReport) unchanged() *protocol.UnchangedDocumentDiagnosticReport {
	return &protocol.UnchangedDocumentDiagnosticReport{Kind: string(protocol.DocumentDiagnosticReportKindUnchanged), ResultID: r.id}
}
