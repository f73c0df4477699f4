package server

import "context"

// announce wakes those who wait for a change.
func (s *Server) announce() {
	s.waking.Lock()
	defer s.waking.Unlock()
	if s.wake != nil {
		close(s.wake)
		s.wake = nil
	}
}

// nextChange is closed when something changes.
func (s *Server) nextChange() <-chan struct{} {
	s.waking.Lock()
	defer s.waking.Unlock()
	if s.wake == nil {
		s.wake = make(chan struct{})
	}
	return s.wake
}

// refresh has the client ask again for what it shows: for changes that it did not make itself.
func (s *Server) refresh() {
	if s.state.Load() != initialized {
		return
	}
	s.spawn(func(ctx context.Context) {
		if s.client.pulls {
			if err := s.client.DiagnosticRefresh(ctx); err != nil {
				s.options.Log.Debug("no refresh of diagnostics", "error", err)
			}
		}
		if s.client.refreshesLenses && s.getSettings().CodeLens {
			if err := s.client.CodeLensRefresh(ctx); err != nil {
				s.options.Log.Debug("no refresh of lenses", "error", err)
			}
		}
	})
}
