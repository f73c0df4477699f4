package server

import (
	"context"
	"errors"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/internal/server/documents"
)

// patience is how long a request for the whole workspace waits for news before it is told that there are none.
const patience = 30 * time.Second

// chunk is how many files a partial result has.
const chunk = 50

// errRetrigger asks the client to ask again, because the text has changed.
func errRetrigger() error {
	return &jsonrpc2.Error{Code: -32802, Message: errSuperseded.Error(), Data: jsonrpc2.RawMessage(`{"retriggerRequest":true}`)}
}

// Diagnostic answers with the findings in a file, and those in other files that are new with them.
func (s *Server) Diagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	path, ok := documents.PathOf(p.TextDocument.URI)
	if !ok {
		empty := &fileReport{items: []protocol.Diagnostic{}}
		return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: *empty.full()}, nil
	}
	f := s.folderFor(path, false)
	a, err := f.current(ctx)
	stale := err == nil && a.open[path] != open(ctx)[path] && matters(path) && s.getSettings().Run != onSave
	if errors.Is(err, errSuperseded) || stale {
		return nil, errRetrigger()
	}
	if err != nil {
		return nil, err
	}
	own := a.shower(s.client).report(path)
	related := f.news(a, own)
	if p.PreviousResultID != nil && *p.PreviousResultID == own.id && len(related) == 0 {
		// With news of other files the answer is full: Neovim 0.12 overlooks them beside "unchanged".
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{UnchangedDocumentDiagnosticReport: *own.unchanged()}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: *own.full(), RelatedDocuments: related}, nil
}

type relatedReports = map[uri.URI]protocol.FullDocumentDiagnosticReportOrUnchangedDocumentDiagnosticReport

// news are the reports on other files that the client has not been told.
func (f *folder) news(a *analysis, own *fileReport) relatedReports {
	reports := f.reports(a)
	f.mu.Lock()
	defer f.mu.Unlock()
	next := map[string]string{}
	if len(own.items) > 0 {
		next[own.path] = own.id
	}
	news := relatedReports{}
	for _, r := range reports {
		next[r.path] = r.id
		if r.path != own.path && f.told[r.path] != r.id {
			news[r.uri] = r.full()
		}
	}
	for path := range f.told {
		if _, still := next[path]; !still && path != own.path {
			news[a.uri(path)] = (&fileReport{id: resultID([]protocol.Diagnostic{}), items: []protocol.Diagnostic{}}).full()
		}
	}
	if !f.server.client.relatedDocuments {
		return nil
	}
	f.told = next
	if len(news) == 0 {
		return nil
	}
	return news
}

// DiagnosticWorkspace answers with all findings. A client that knows them all already hears of the next change.
func (s *Server) DiagnosticWorkspace(ctx context.Context, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	known := map[uri.URI]string{}
	for _, prev := range p.PreviousResultIds {
		known[prev.URI] = prev.Value
	}
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	ended := s.bar(ctx, p.WorkDoneToken, "Checking handlers")
	defer ended()
	for {
		wake := s.nextChange()
		items, news, err := s.workspaceReports(ctx, known)
		ended() // waiting for news is no work
		if err == nil && (news || len(known) == 0) {
			return s.partially(ctx, p.PartialResultToken, items)
		}
		if err != nil && !errors.Is(err, errSuperseded) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-wake:
		case <-deadline.C:
			return &protocol.WorkspaceDiagnosticReport{Items: append([]protocol.WorkspaceDocumentDiagnosticReport{}, items...)}, nil
		}
	}
}

// workspaceReports are the reports on all files, and whether one of them is news.
func (s *Server) workspaceReports(ctx context.Context, known map[uri.URI]string) (list []protocol.WorkspaceDocumentDiagnosticReport, news bool, err error) {
	seen := map[uri.URI]bool{}
	add := func(r *fileReport) {
		if seen[r.uri] {
			return
		}
		seen[r.uri] = true
		if known[r.uri] == r.id {
			list = append(list, &protocol.WorkspaceUnchangedDocumentDiagnosticReport{
				UnchangedDocumentDiagnosticReport: *r.unchanged(), URI: r.uri, Version: r.version,
			})
			return
		}
		news = true
		list = append(list, &protocol.WorkspaceFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: *r.full(), URI: r.uri, Version: r.version})
	}
	for _, f := range s.allFolders() {
		a, err := f.current(ctx)
		if err != nil {
			return nil, false, err
		}
		for _, r := range f.reports(a) {
			add(r)
		}
	}
	for u := range known {
		add(&fileReport{uri: u, id: resultID([]protocol.Diagnostic{}), items: []protocol.Diagnostic{}})
	}
	return list, news, nil
}

// partially sends a list in parts if the client wants that.
func (s *Server) partially(ctx context.Context, token protocol.ProgressToken, items []protocol.WorkspaceDocumentDiagnosticReport) (*protocol.WorkspaceDiagnosticReport, error) {
	rest := items
	for token != nil && len(rest) > chunk {
		raw, err := protocol.Marshal(&protocol.WorkspaceDiagnosticReportPartialResult{Items: rest[:chunk]})
		if err != nil {
			return nil, err
		}
		if err := s.client.Progress(ctx, &protocol.ProgressParams{Token: token, Value: raw}); err != nil {
			return nil, err
		}
		rest = rest[chunk:]
	}
	return &protocol.WorkspaceDiagnosticReport{Items: append([]protocol.WorkspaceDocumentDiagnosticReport{}, rest...)}, nil
}
