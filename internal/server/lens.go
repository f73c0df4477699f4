package server

import (
	"context"
	"encoding/json"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/rules"
)

// handlerAt is how commands name a handler: they find it again if the file has changed above it.
type handlerAt struct {
	URI     uri.URI `json:"uri"`
	Handler string  `json:"handler,omitempty"`
	Line    int     `json:"line,omitempty"`
	// Fingerprint, if not empty, is that of the only finding meant.
	Fingerprint string `json:"fingerprint,omitempty"`
}

// CodeLens stands above each handler: who invokes it within which budget, what was found, and the way to the proof.
func (s *Server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	doc := open(ctx).At(p.TextDocument.URI)
	if doc == nil || !s.getSettings().CodeLens {
		return []protocol.CodeLens{}, nil
	}
	a, err := s.folderFor(doc.Path, false).exactly(ctx, doc)
	if err != nil {
		return nil, err
	}
	list := []protocol.CodeLens{}
	for _, h := range a.outcome.Handlers {
		if h.File == a.name(doc.Path) {
			list = append(list, s.lenses(a, doc, h)...)
		}
	}
	return list, nil
}

func (s *Server) lenses(a *analysis, doc *documents.Document, h *platform.Handler) []protocol.CodeLens {
	start := doc.Index.Start(h.Line)
	at := documents.Range(doc.Index, start, start, s.client.unit)
	args, err := json.Marshal(handlerAt{URI: doc.URI, Handler: h.Name, Line: h.Line})
	if err != nil {
		return nil
	}
	lens := func(title, command string) protocol.CodeLens {
		return protocol.CodeLens{Range: at, Command: protocol.Command{
			Title: title, Command: command, Arguments: []protocol.LSPAny{protocol.LSPAny(args)},
		}}
	}
	found := a.about(h)
	list := []protocol.CodeLens{lens(lensTitle(h, len(found)), commandHandler)}
	if slices.ContainsFunc(found, confirmable) {
		list = append(list, lens(confirmTitle(found), commandConfirm))
	}
	return list
}

// confirmable tells whether a run may show what a finding claims.
func confirmable(f rules.Finding) bool { return confirm.Shows(f.Rule) }

// confirmTitle asks for a confirmation, or says what came of it.
func confirmTitle(found []rules.Finding) string {
	confirmed, judged := 0, 0
	for _, f := range found {
		if f.Confirmation.Verdict != "" {
			judged++
		}
		if f.Confirmation.Verdict == string(confirm.Confirmed) {
			confirmed++
		}
	}
	switch {
	case judged == 0:
		return "confirm"
	case confirmed == 0:
		return "not confirmed"
	}
	return "confirmed"
}
