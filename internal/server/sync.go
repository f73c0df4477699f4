package server

import (
	"context"
	"path/filepath"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
)

// DidOpen takes over the text of a file.
func (s *Server) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	if path, ok := documents.PathOf(p.TextDocument.URI); ok {
		s.update(path, func() { s.docs.Open(&p.TextDocument) })
	}
	return nil
}

// DidChange follows what is typed.
func (s *Server) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	path, ok := documents.PathOf(p.TextDocument.URI)
	if !ok {
		return nil
	}
	change := func() { s.docs.Change(p.TextDocument, p.ContentChanges, s.client.unit) }
	if s.getSettings().Run == onSave {
		change()
		return nil
	}
	s.update(path, change)
	return nil
}

// DidSave tells that a text is on disk now: the moment for what is too slow while typing.
func (s *Server) DidSave(_ context.Context, p *protocol.DidSaveTextDocumentParams) error {
	d := s.docs.Snapshot().At(p.TextDocument.URI)
	if d == nil {
		return nil
	}
	f := s.folderFor(d.Path, false)
	switch {
	case isGo(d.Path):
		f.checkGo()
	case s.getSettings().Run == onSave:
		s.update(d.Path, func() {})
		s.refresh()
	case !s.client.watches:
		f.changed() // files may have come or gone
	}
	s.confirmSaved(f, d.Path)
	return nil
}

// DidClose gives a file back to the disk.
func (s *Server) DidClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	if path, ok := documents.PathOf(p.TextDocument.URI); ok {
		s.update(path, func() { s.docs.Close(p.TextDocument.URI) })
		s.dropLoose()
	}
	return nil
}

// matters tells whether what is typed into a file can change what is found. Go files count as they are on disk.
func matters(path string) bool {
	switch filepath.Ext(path) {
	case ".json", ".jsonc", ".yml", ".yaml", ".toml", ".twilioserverlessrc", ".gitignore":
		return true
	}
	return walk.IsScript(path)
}

// update changes an open text, and has checked again what that may concern.
func (s *Server) update(path string, change func()) {
	if !matters(path) {
		change()
		return
	}
	own := s.folderFor(path, true)
	own.edited(path, change)
	for _, f := range s.allFolders() {
		if f != own && !f.loose && inside(f.root, path) {
			f.edited(path, func() {})
		}
	}
}
