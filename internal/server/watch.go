package server

import (
	"context"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/server/documents"
)

// watched are globs of the files whose change may change what is found.
var watched = []string{
	"**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,go}",
	"**/*.{json,jsonc,yml,yaml,toml}",
	"**/{.twilioserverlessrc,.gitignore,go.mod,.env}",
}

// watchFiles asks the client to tell of files that change on disk.
func (s *Server) watchFiles(ctx context.Context) {
	if !s.client.watches {
		return
	}
	o := protocol.DidChangeWatchedFilesRegistrationOptions{}
	for _, glob := range watched {
		o.Watchers = append(o.Watchers, protocol.FileSystemWatcher{GlobPattern: protocol.Pattern(glob)})
	}
	raw, err := protocol.Marshal(&o)
	if err == nil {
		err = s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
			ID: "handlervet-files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: protocol.LSPAny(raw),
		}}})
	}
	if err != nil {
		s.options.Log.Debug("the client does not watch files", "error", err)
	}
}

// DidChangeWatchedFiles checks again what files on disk say something about. What is open counts as it is typed.
func (s *Server) DidChangeWatchedFiles(_ context.Context, p *protocol.DidChangeWatchedFilesParams) error {
	touched := false
	golang := map[*folder]bool{}
	open := s.docs.Snapshot()
	for _, c := range p.Changes {
		path, ok := documents.PathOf(c.URI)
		if !ok || vendored(path) {
			continue
		}
		f := s.workspaceFolderFor(path)
		switch {
		case f == nil:
		case isGo(path):
			golang[f] = true
		case c.Type == protocol.FileChangeTypeChanged && open[path] != nil:
		case c.Type == protocol.FileChangeTypeChanged:
			s.update(path, func() {})
			touched = true
		default:
			f.changed()
			touched = true
		}
	}
	for f := range golang {
		f.checkGo()
	}
	if touched {
		s.refresh()
	}
	return nil
}

// vendored tells whether a path lies where nobody writes by hand.
func vendored(path string) bool {
	path = filepath.ToSlash(path)
	return strings.Contains(path, "/node_modules/") || strings.Contains(path, "/.git/")
}

// DidChangeWorkspaceFolders follows what the client has open.
func (s *Server) DidChangeWorkspaceFolders(_ context.Context, p *protocol.DidChangeWorkspaceFoldersParams) error {
	for _, w := range p.Event.Removed {
		if path, ok := documents.PathOf(w.URI); ok {
			s.removeFolder(path)
		}
	}
	for _, w := range p.Event.Added {
		if path, ok := documents.PathOf(w.URI); ok {
			s.addFolder(path).begin()
		}
	}
	for path := range s.docs.Snapshot() {
		s.folderFor(path, true).changed() // it may belong to another folder now
	}
	s.refresh()
	return nil
}

// DidChangeConfiguration takes new settings over.
func (s *Server) DidChangeConfiguration(_ context.Context, p *protocol.DidChangeConfigurationParams) error {
	s.spawn(func(ctx context.Context) {
		if !s.askSettings(ctx) {
			s.setSettings(p.Settings)
		}
		for _, f := range s.allFolders() {
			f.changed()
		}
		s.refresh()
	})
	return nil
}

// askSettings asks the client for the settings; false if it does not say.
func (s *Server) askSettings(ctx context.Context) bool {
	if !s.client.configuration {
		return false
	}
	answer, err := s.client.Configuration(ctx, &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: new("handlervet")}}})
	if err != nil || len(answer) != 1 || string(answer[0]) == "null" || len(answer[0]) == 0 {
		return false
	}
	s.setSettings(answer[0])
	return true
}
