package server

import (
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

	versions     bool // of documents, with diagnostics
	related      bool // related information
	descriptions bool // links to pages about codes
	tags         []protocol.DiagnosticTag
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
	if t := can.TextDocument; t != nil {
		if p := t.PublishDiagnostics; p != nil {
			c.versions = is(p.VersionSupport)
			c.diagnostics(&p.DiagnosticsCapabilities)
		}
	}
}

func (c *client) diagnostics(can *protocol.DiagnosticsCapabilities) {
	c.related = c.related || is(can.RelatedInformation)
	c.descriptions = c.descriptions || is(can.CodeDescriptionSupport)
	c.tags = append(c.tags, can.TagSupport.ValueSet...)
}

func is(b *bool) bool { return b != nil && *b }

// answer is what the server can do for this client.
func (c *client) answer() protocol.ServerCapabilities {
	return protocol.ServerCapabilities{
		PositionEncoding: c.encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true),
			Change:    new(protocol.TextDocumentSyncKindIncremental),
			Save:      &protocol.SaveOptions{IncludeText: new(false)},
		},
		Workspace: &protocol.WorkspaceOptions{
			WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
				Supported: new(true), ChangeNotifications: protocol.Boolean(true),
			},
		},
	}
}
