package server

import (
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// reason is what stands where a suppression says why, until somebody fills it in.
const reason = "TODO: why is this right?"

// commentOf is how a comment begins in a file, empty if its format has none.
func commentOf(path string) string {
	switch ext := filepath.Ext(path); {
	case walk.IsScript(path), ext == ".go", ext == ".jsonc":
		return "//"
	case ext == ".yml", ext == ".yaml", ext == ".toml":
		return "#"
	}
	return ""
}

// suppressible tells whether a comment can allow the findings of a rule: not those about files that cannot be read, or about comments.
func suppressible(rule string) bool {
	return !slices.Contains([]string{pipeline.SyntaxError, pipeline.InternalError, suppress.Bad, suppress.Unused}, rule)
}

// inHandler are the findings of the same rule in the same handler, one a line.
func inHandler(all []rules.Finding, f *rules.Finding) []rules.Finding {
	return slices.DeleteFunc(slices.Clone(all), func(x rules.Finding) bool { return x.Rule != f.Rule || x.Handler != f.Handler })
}

// ignoreLine allows a finding by a comment above its line.
func ignoreLine(doc *documents.Document, f *rules.Finding) rules.Edit {
	start := doc.Index.Start(doc.Index.Line(f.Range.Start))
	line := string(doc.Index.Text(doc.Index.Line(f.Range.Start)))
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	e := rules.Edit{Text: indent + comment(doc, "handlervet-ignore", f.Rule)}
	e.Range.File, e.Range.Start, e.Range.End = f.Range.File, start, start
	return e
}

// ignoreLines allows several findings, each on its line.
func ignoreLines(doc *documents.Document, found []rules.Finding) []rules.Edit {
	var edits []rules.Edit
	for i := range found {
		e := ignoreLine(doc, &found[i])
		if !slices.ContainsFunc(edits, func(x rules.Edit) bool { return x.Range == e.Range }) {
			edits = append(edits, e)
		}
	}
	return edits
}

// ignoreFile allows a rule's findings in the whole file by a comment at its top, below what must come first.
func ignoreFile(doc *documents.Document, rule string) rules.Edit {
	line := 1
	if strings.HasPrefix(doc.Text, "#!") {
		line = 2
	}
	e := rules.Edit{Text: comment(doc, "handlervet-ignore-file", rule)}
	e.Range.Start = doc.Index.Start(line)
	e.Range.End = e.Range.Start
	return e
}

// isComment tells whether a finding is about a whole comment, and not about a name in it.
func isComment(doc *documents.Document, f *rules.Finding) bool {
	return f.Range.End <= len(doc.Text) && strings.ContainsAny(doc.Text[f.Range.Start:min(f.Range.Start+1, f.Range.End)], "/#")
}

// removeComment takes a comment away, and its line if there is nothing else on it.
func removeComment(doc *documents.Document, f *rules.Finding) rules.Edit {
	e := rules.Edit{Range: f.Range}
	first, last := doc.Index.Line(f.Range.Start), doc.Index.Line(f.Range.End)
	before := doc.Text[doc.Index.Start(first):f.Range.Start]
	if strings.TrimSpace(before+doc.Text[f.Range.End:doc.Index.End(last)]) != "" {
		e.Range.Start -= len(before) - len(strings.TrimRight(before, " \t"))
		return e
	}
	e.Range.Start, e.Range.End = doc.Index.Start(first), len(doc.Text)
	if last < doc.Index.Lines() {
		e.Range.End = doc.Index.Start(last + 1)
	}
	return e
}

// comment is a line with a suppression, its reason still to be given.
func comment(doc *documents.Document, mark, rule string) string {
	end := "\n"
	if strings.Contains(doc.Text, "\r\n") {
		end = "\r\n"
	}
	return commentOf(doc.Path) + " " + mark + " " + rule + " -- " + reason + end
}

// edits is the edit of an open document. Where the client can, the reasons are there to be filled in.
func (s *Server) edits(doc *documents.Document, list []rules.Edit) *protocol.WorkspaceEdit {
	edit := &protocol.WorkspaceEdit{}
	id := protocol.OptionalVersionedTextDocumentIdentifier{
		TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: doc.URI}, Version: &doc.Version,
	}
	if !s.client.snippets {
		var plain []protocol.TextEdit
		for _, e := range list {
			plain = append(plain, protocol.TextEdit{Range: documents.Range(doc.Index, e.Range.Start, e.Range.End, s.client.unit), NewText: e.Text})
		}
		s.put(edit, id, plain)
		return edit
	}
	elements := make([]protocol.TextDocumentEditElement, len(list))
	for i, e := range list {
		escaped := strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`).Replace(e.Text)
		elements[i] = &protocol.SnippetTextEdit{
			Range:   documents.Range(doc.Index, e.Range.Start, e.Range.End, s.client.unit),
			Snippet: protocol.StringValue{Kind: "snippet", Value: strings.ReplaceAll(escaped, reason, "${1:"+reason+"}")},
		}
	}
	edit.DocumentChanges = append(edit.DocumentChanges, &protocol.TextDocumentEdit{TextDocument: id, Edits: elements})
	return edit
}
