package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/internal/fix"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/rules"
)

// maxRounds bounds how often a file is checked again after fixes: one fix may make room for another.
const maxRounds = 10

// CodeActionResolve works out the edit of an action.
func (s *Server) CodeActionResolve(ctx context.Context, action *protocol.CodeAction) (*protocol.CodeAction, error) {
	return action, s.resolve(ctx, action)
}

// resolve fills an action's edit in, or says why it has none.
func (s *Server) resolve(ctx context.Context, action *protocol.CodeAction) error {
	if len(action.Data) == 0 {
		return nil // a command has no edit; Neovim before 0.8 asks all the same
	}
	var t task
	if err := json.Unmarshal(action.Data, &t); err != nil {
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the action's data is not handlervet's: %v", err)
	}
	doc := open(ctx).At(t.URI)
	if doc == nil || doc.Version != t.Version {
		return protocol.ErrContentModified
	}
	f := s.folderFor(doc.Path, false)
	a, err := f.exactly(ctx, doc)
	if err != nil {
		return err
	}
	w := &worker{server: s, folder: f, from: a.of(doc.Path), doc: doc, task: t}
	edit, err := w.edit(ctx)
	if err != nil {
		return err
	}
	if edit == nil {
		action.Disabled.Reason = "the result would not parse"
		return nil
	}
	action.Edit = edit
	return nil
}

// worker does what a task says.
type worker struct {
	server *Server
	folder *folder
	from   *analysis
	doc    *documents.Document
	task   task
}

// edit is nil if there is nothing that can be done.
func (w *worker) edit(ctx context.Context) (*protocol.WorkspaceEdit, error) {
	all := w.from.findings[w.doc.Path]
	i := slices.IndexFunc(all, func(f rules.Finding) bool { return f.Fingerprint == w.task.Fingerprint && f.Rule == w.task.Rule })
	switch w.task.Do {
	case doFixAll, doFixAllUnsafe:
		return w.rounds(ctx, w.task.Do == doFixAllUnsafe)
	case doFixRule:
		return w.apply(slices.DeleteFunc(slices.Clone(all), func(f rules.Finding) bool { return f.Rule != w.task.Rule }), false)
	}
	if i < 0 {
		return nil, protocol.ErrContentModified
	}
	f := all[i]
	switch w.task.Do {
	case doFix:
		if w.task.Fix < 0 || w.task.Fix >= len(f.Fixes) {
			return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is no such fix")
		}
		f.Fixes = f.Fixes[w.task.Fix : w.task.Fix+1]
		return w.apply([]rules.Finding{f}, true)
	case doRemove:
		return w.server.edits(w.doc, []rules.Edit{removeComment(w.doc, &f)}), nil
	case doIgnore:
		return w.server.edits(w.doc, []rules.Edit{ignoreLine(w.doc, &f)}), nil
	case doIgnoreHandler:
		return w.server.edits(w.doc, ignoreLines(w.doc, inHandler(all, &f))), nil
	case doIgnoreFile:
		return w.server.edits(w.doc, []rules.Edit{ignoreFile(w.doc, f.Rule)}), nil
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "unknown action %q", w.task.Do)
}

// source gives the texts that were checked.
func (w *worker) source() fix.Source {
	return fix.Source{
		Text: func(file string) (string, error) { return w.from.text(w.from.path(file)), nil },
		Valid: func(file, text string) bool {
			return w.task.Rule == configRule || pipeline.Parses(file, text)
		},
	}
}

// apply applies the fixes of findings, wherever they lead.
func (w *worker) apply(found []rules.Finding, unsafe bool) (*protocol.WorkspaceEdit, error) {
	res, err := fix.Apply(found, unsafe, w.source())
	if err != nil {
		return nil, fmt.Errorf("cannot fix: %w", err)
	}
	if res.Applied == 0 {
		return nil, nil
	}
	changes := map[string]string{}
	for file, text := range res.Changed {
		changes[w.from.path(file)] = text
	}
	return w.server.changes(w.from, changes), nil
}

// rounds applies all fixes in the file, checks again and goes on until nothing changes. Other files stay as they are.
func (w *worker) rounds(ctx context.Context, unsafe bool) (*protocol.WorkspaceEdit, error) {
	name, text := w.from.name(w.doc.Path), w.doc.Text
	found := w.from.findings[w.doc.Path]
	for round := range maxRounds {
		res, err := fix.Apply(within(found, name), unsafe, fix.Source{
			Text: func(string) (string, error) { return text, nil }, Valid: pipeline.Parses,
		})
		if err != nil {
			return nil, fmt.Errorf("cannot fix: %w", err)
		}
		if res.Applied == 0 {
			break
		}
		text = res.Changed[name]
		if round == maxRounds-1 || isGo(name) {
			break // types are loaded from disk
		}
		if found, err = w.again(ctx, name, text); err != nil {
			return nil, err
		}
	}
	if text == w.doc.Text {
		return nil, nil
	}
	return w.server.changes(w.from, map[string]string{w.doc.Path: text}), nil
}

// again is what is found in the file if it has another text.
func (w *worker) again(ctx context.Context, name, text string) ([]rules.Finding, error) {
	o := w.from.project.Options
	o.Overlay = w.folder.overlay(w.from.open)
	o.Overlay[name] = text
	o.Progress = nil
	out, err := w.folder.suppose(ctx, o, w.doc.Path)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(out.Findings, func(f rules.Finding) bool { return f.Range.File != name }), nil
}

// within leaves out fixes that change other files.
func within(found []rules.Finding, name string) []rules.Finding {
	found = slices.Clone(found)
	for i := range found {
		found[i].Fixes = slices.DeleteFunc(slices.Clone(found[i].Fixes), func(x rules.Fix) bool {
			return slices.ContainsFunc(x.Edits, func(e rules.Edit) bool { return e.Range.File != name })
		})
	}
	return found
}

// changes is the edit that gives files, by path, their new texts.
func (s *Server) changes(from *analysis, texts map[string]string) *protocol.WorkspaceEdit {
	edit := &protocol.WorkspaceEdit{}
	for path, text := range texts {
		index := from.index(path)
		var list []protocol.TextEdit
		for _, e := range udiff.Strings(from.text(path), text) {
			list = append(list, protocol.TextEdit{Range: documents.Range(index, e.Start, e.End, s.client.unit), NewText: e.New})
		}
		var version *int32
		if d := from.open[path]; d != nil {
			version = &d.Version
		}
		s.put(edit, protocol.OptionalVersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: from.uri(path)}, Version: version,
		}, list)
	}
	return edit
}

// put adds a file's changes to an edit, in the form that the client understands.
func (s *Server) put(edit *protocol.WorkspaceEdit, id protocol.OptionalVersionedTextDocumentIdentifier, list []protocol.TextEdit) {
	if !s.client.documentChanges {
		if edit.Changes == nil {
			edit.Changes = map[uri.URI][]protocol.TextEdit{}
		}
		edit.Changes[id.URI] = list
		return
	}
	elements := make([]protocol.TextDocumentEditElement, len(list))
	for i := range list {
		elements[i] = &list[i]
	}
	edit.DocumentChanges = append(edit.DocumentChanges, &protocol.TextDocumentEdit{TextDocument: id, Edits: elements})
}
