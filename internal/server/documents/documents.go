// Package documents keeps the texts that are open in an editor, including unsaved edits. For the
// server they replace the files on disk.
package documents

import (
	"maps"
	"path/filepath"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/internal/position"
)

// Document is one version of an open text. It does not change.
type Document struct {
	URI     uri.URI // as the client writes it
	Path    string  // absolute
	Version int32
	Text    string
	Index   *position.Index
}

// Set is what is open at one moment, by path. It must not be changed.
type Set map[string]*Document

// Store follows what is open. It may be used by several goroutines.
type Store struct {
	mu  sync.Mutex
	set Set
}

// Snapshot is what is open now.
func (s *Store) Snapshot() Set {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.set
}

// PathOf is the path of a document, and whether it is a file at all.
func PathOf(u uri.URI) (string, bool) {
	if !u.IsFile() {
		return "", false
	}
	return filepath.Clean(u.FsPath()), true
}

// Open adds a text. It returns nil if it is no file: only files belong to a project.
func (s *Store) Open(item *protocol.TextDocumentItem) *Document {
	path, ok := PathOf(item.URI)
	if !ok {
		return nil
	}
	d := &Document{URI: item.URI, Path: path, Version: item.Version, Text: item.Text, Index: position.New([]byte(item.Text))}
	s.put(path, d)
	return d
}

// Change applies changes to an open text, columns counted in unit. It returns nil if the text is not open.
func (s *Store) Change(id protocol.VersionedTextDocumentIdentifier, changes []protocol.TextDocumentContentChangeEvent, unit position.Unit) *Document {
	path, ok := PathOf(id.URI)
	if !ok {
		return nil
	}
	old := s.Snapshot()[path]
	if old == nil {
		return nil
	}
	text, index := old.Text, old.Index
	for _, c := range changes {
		text = apply(text, index, c, unit)
		index = position.New([]byte(text))
	}
	d := &Document{URI: old.URI, Path: path, Version: id.Version, Text: text, Index: index}
	s.put(path, d)
	return d
}

// Close forgets a text; what is on disk counts again.
func (s *Store) Close(u uri.URI) {
	if path, ok := PathOf(u); ok {
		s.put(path, nil)
	}
}

// put replaces the set by one in which a document is another, or none.
func (s *Store) put(path string, d *Document) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := maps.Clone(s.set)
	if next == nil {
		next = Set{}
	}
	if d == nil {
		delete(next, path)
	} else {
		next[path] = d
	}
	s.set = next
}

func apply(text string, index *position.Index, change protocol.TextDocumentContentChangeEvent, unit position.Unit) string {
	switch c := change.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		return c.Text
	case *protocol.TextDocumentContentChangePartial:
		start := Offset(index, c.Range.Start, unit)
		end := max(start, Offset(index, c.Range.End, unit))
		return text[:start] + c.Text + text[end:]
	}
	return text
}

// At is the open document of a URI, nil if there is none.
func (s Set) At(u uri.URI) *Document {
	path, _ := PathOf(u)
	return s[path]
}
