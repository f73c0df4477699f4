package server

import (
	"context"
	"maps"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// publish tells the client what is new in an analysis, unless it is out of date.
func (f *folder) publish(ctx context.Context, a *analysis) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a.generation != f.generation || f.gone {
		return
	}
	show := a.shower(f.server.client)
	next := map[string]string{}
	scope := f.server.getSettings().Scope
	for _, path := range slices.Sorted(maps.Keys(a.findings)) {
		if scope == openFiles && a.open[path] == nil {
			continue
		}
		p := &protocol.PublishDiagnosticsParams{URI: a.uri(path), Diagnostics: show.diagnostics(path)}
		if d := a.open[path]; d != nil && f.server.client.versions {
			p.Version = protocol.NewOptional(d.Version)
		}
		text, err := protocol.Marshal(p.Diagnostics)
		if err != nil {
			continue
		}
		next[path] = string(text)
		if f.published[path] != next[path] {
			f.tell(ctx, p)
		}
	}
	for path := range f.published {
		if _, still := next[path]; !still {
			f.tell(ctx, &protocol.PublishDiagnosticsParams{URI: a.uri(path), Diagnostics: []protocol.Diagnostic{}})
		}
	}
	f.published = next
}

// withdraw takes back all that was said.
func (f *folder) withdraw(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for path := range f.published {
		f.tell(ctx, &protocol.PublishDiagnosticsParams{URI: uri.File(path), Diagnostics: []protocol.Diagnostic{}})
	}
	f.published = nil
}

func (f *folder) tell(ctx context.Context, p *protocol.PublishDiagnosticsParams) {
	if err := f.server.client.PublishDiagnostics(ctx, p); err != nil {
		f.server.options.Log.Debug("cannot publish", "error", err)
	}
}
