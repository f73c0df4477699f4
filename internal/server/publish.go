package server

import (
	"context"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// publish tells a client that does not ask what is new in an analysis, unless it is out of date.
func (f *folder) publish(a *analysis) {
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
		f.server.tell(p)
	}
	for path := range f.told {
		if _, still := next[path]; !still {
			f.server.tell(&protocol.PublishDiagnosticsParams{URI: a.uri(path), Diagnostics: []protocol.Diagnostic{}})
		}
	}
	f.told, f.toldOf = next, a.generation
}

// withdraw takes back all that was said. The folder is locked.
func (f *folder) withdraw() {
	if f.server.client.pulls {
		return
	}
	for path := range f.told {
		f.server.tell(&protocol.PublishDiagnosticsParams{URI: uri.File(path), Diagnostics: []protocol.Diagnostic{}})
	}
	f.told = nil
}

// outbox is what is still to be said, in order. A client that does not read must not keep the server from working.
type outbox struct {
	mu      sync.Mutex
	list    []*protocol.PublishDiagnosticsParams
	sending bool
}

// tell puts something into the outbox.
func (s *Server) tell(p *protocol.PublishDiagnosticsParams) {
	s.outbox.mu.Lock()
	defer s.outbox.mu.Unlock()
	s.outbox.list = append(s.outbox.list, p)
	if !s.outbox.sending {
		s.outbox.sending = true
		s.spawn(s.send)
	}
}

// send empties the outbox.
func (s *Server) send(ctx context.Context) {
	for {
		s.outbox.mu.Lock()
		if len(s.outbox.list) == 0 {
			s.outbox.sending = false
			s.outbox.mu.Unlock()
			return
		}
		p := s.outbox.list[0]
		s.outbox.list = s.outbox.list[1:]
		s.outbox.mu.Unlock()
		if err := s.client.PublishDiagnostics(ctx, p); err != nil {
			s.options.Log.Debug("cannot publish", "error", err)
		}
	}
}

// unsent tells whether something is still to be said.
func (s *Server) unsent() bool {
	s.outbox.mu.Lock()
	defer s.outbox.mu.Unlock()
	return s.outbox.sending
}
