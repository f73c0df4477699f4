package server

import (
	"encoding/json"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/server/documents"
)

// client is who is served, and what it can do.
type client struct {
	protocol.Client
	encoding protocol.PositionEncodingKind
	unit     position.Unit

	// Diagnostics: whether the client asks for them, and what it shows of them.
	pulls, relatedDocuments, versions, related, descriptions bool
	tags                                                     []protocol.DiagnosticTag
	// Code actions: whether edits may come later, of versions of documents, with something to fill in.
	actions, resolvesEdits, documentChanges, snippets, applies bool
	// Whether it can be told to ask again, tells of files that change, shows progress, and can be asked for its settings.
	refreshesDiagnostics, refreshesLenses, watches, progress, configuration bool
	// markdown is whether hovers may be Markdown; witness whether the client itself shows what came of a confirmation.
	markdown, witness bool
}

// learn reads what the client can do.
func (c *client) learn(can *protocol.ClientCapabilities) {
	c.encoding = protocol.PositionEncodingKindUTF16
	if can.General != nil {
		for _, e := range documents.Encodings() {
			if slices.Contains(can.General.PositionEncodings, e) {
				c.encoding = e
				break
			}
		}
	}
	c.unit = documents.UnitOf(c.encoding)
	if can.Workspace != nil {
		c.learnWorkspace(can.Workspace)
	}
	if can.TextDocument != nil {
		c.learnText(can.TextDocument)
	}
	c.progress = can.Window != nil && is(can.Window.WorkDoneProgress)
	var own struct {
		Handlervet struct {
			Witness bool `json:"witness"`
		} `json:"handlervet"`
	}
	_ = json.Unmarshal(can.Experimental, &own) // what others put there is not ours
	c.witness = own.Handlervet.Witness
}

func (c *client) learnWorkspace(can *protocol.WorkspaceClientCapabilities) {
	c.applies = is(can.ApplyEdit)
	c.configuration = is(can.Configuration)
	c.refreshesDiagnostics = can.Diagnostics != nil && is(can.Diagnostics.RefreshSupport)
	c.refreshesLenses = can.CodeLens != nil && is(can.CodeLens.RefreshSupport)
	c.watches = can.DidChangeWatchedFiles != nil && is(can.DidChangeWatchedFiles.DynamicRegistration)
	if e := can.WorkspaceEdit; e != nil {
		c.documentChanges = is(e.DocumentChanges)
		c.snippets = c.documentChanges && is(e.SnippetEditSupport)
	}
}

func (c *client) learnText(can *protocol.TextDocumentClientCapabilities) {
	if p := can.PublishDiagnostics; p != nil {
		c.versions = is(p.VersionSupport)
		c.learnDiagnostics(&p.DiagnosticsCapabilities)
	}
	if d := can.Diagnostic; d != nil {
		c.pulls = c.refreshesDiagnostics // else it would not hear of what changes elsewhere
		c.relatedDocuments = is(d.RelatedDocumentSupport)
		c.learnDiagnostics(&d.DiagnosticsCapabilities)
	}
	if a := can.CodeAction; a != nil {
		c.actions = len(a.CodeActionLiteralSupport.CodeActionKind.ValueSet) > 0
		c.resolvesEdits = slices.Contains(a.ResolveSupport.Properties, "edit") && is(a.DataSupport)
	}
	c.markdown = can.Hover == nil || len(can.Hover.ContentFormat) == 0 || slices.Contains(can.Hover.ContentFormat, protocol.MarkupKindMarkdown)
}

func (c *client) learnDiagnostics(can *protocol.DiagnosticsCapabilities) {
	c.related = c.related || is(can.RelatedInformation)
	c.descriptions = c.descriptions || is(can.CodeDescriptionSupport)
	c.tags = append(c.tags, can.TagSupport.ValueSet...)
}

func is(b *bool) bool { return b != nil && *b }

// answer is what the server can do for this client.
func (c *client) answer() protocol.ServerCapabilities {
	can := protocol.ServerCapabilities{
		PositionEncoding: c.encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true),
			Change:    new(protocol.TextDocumentSyncKindIncremental),
			Save:      &protocol.SaveOptions{IncludeText: new(false)},
		},
		HoverProvider:      protocol.Boolean(true),
		CodeLensProvider:   &protocol.CodeLensOptions{},
		CompletionProvider: &protocol.CompletionOptions{TriggerCharacters: []string{":", " "}},
		CodeActionProvider: &protocol.CodeActionOptions{
			CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, kindFixAll, kindFixAllUnsafe},
			ResolveProvider: new(true),
		},
		ExecuteCommandProvider: protocol.ExecuteCommandOptions{Commands: commandNames()},
		Workspace: &protocol.WorkspaceOptions{
			WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
				Supported: new(true), ChangeNotifications: protocol.Boolean(true),
			},
		},
	}
	if c.pulls {
		can.DiagnosticProvider = &protocol.DiagnosticOptions{
			Identifier: new(source), InterFileDependencies: true, WorkspaceDiagnostics: true,
			WorkDoneProgressOptions: protocol.WorkDoneProgressOptions{WorkDoneProgress: new(true)},
		}
	}
	return can
}
