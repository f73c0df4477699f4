package server

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// publish tells a client that does not ask what is new in an analysis, unless it is out of date.
func (f *folder) publish(ctx context.Context, a *analysis) {
	reports := f.reports(a)
	f.mu.Lock()
	defer f.mu.Unlock()
	if a.generation != f.generation || f.gone {
		return
	}
	next := map[string]string{}
	for _, r := range reports {
		next[r.path] = r.id
		if f.told[r.path] == r.id {
			continue
		}
		p := &protocol.PublishDiagnosticsParams{URI: r.uri, Diagnostics: r.items}
		if r.version != nil && f.server.client.versions {
			p.Version = protocol.NewOptional(*r.version)
		}
		f.tell(ctx, p)
	}
	for path := range f.told {
		if _, still := next[path]; !still {
			f.tell(ctx, &protocol.PublishDiagnosticsParams{URI: a.uri(path), Diagnostics: []protocol.Diagnostic{}})
		}
	}
	f.told, f.toldOf = next, a.generation
}

// withdraw takes back all that was said.
func (f *folder) withdraw(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.server.client.pulls {
		return
	}
	for path := range f.told {
		f.tell(ctx, &protocol.PublishDiagnosticsParams{URI: uri.File(path), Diagnostics: []protocol.Diagnostic{}})
	}
	f.told = nil
}

func (f *folder) tell(ctx context.Context, p *protocol.PublishDiagnosticsParams) {
	if err := f.server.client.PublishDiagnostics(ctx, p); err != nil {
		f.server.options.Log.Debug("cannot publish", "error", err)
	}
}
