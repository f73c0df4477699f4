package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// DidOpen takes over the text of a file.
func (s *Server) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	if d := s.docs.Open(&p.TextDocument); d != nil {
		s.folderFor(d.Path).changed()
	}
	return nil
}

// DidChange follows what is typed.
func (s *Server) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	d := s.docs.Change(p.TextDocument, p.ContentChanges, s.client.unit)
	if d != nil && s.getSettings().Run != onSave {
		s.folderFor(d.Path).changed()
	}
	return nil
}

// DidSave tells that a text is on disk now: the moment for what is too slow while typing.
func (s *Server) DidSave(_ context.Context, p *protocol.DidSaveTextDocumentParams) error {
	d := s.docs.Snapshot().At(p.TextDocument.URI)
	if d == nil {
		return nil
	}
	f := s.folderFor(d.Path)
	switch {
	case isGo(d.Path):
		f.checkGo()
	case s.getSettings().Run == onSave:
		f.changed()
		s.refresh()
	}
	s.confirmSaved(f, d.Path)
	return nil
}

// DidClose gives a file back to the disk.
func (s *Server) DidClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	if path, ok := s.docs.Close(p.TextDocument.URI); ok {
		s.folderFor(path).changed()
		s.dropLoose()
	}
	return nil
}
