package server

import (
	"encoding/json"
	"time"

	"go.lsp.dev/protocol"
)

// Settings are what a user decides in the editor. docs/lsp.md explains them.
type Settings struct {
	// Run is when files are checked: onType or onSave.
	Run string `json:"run"`
	// Debounce is how long to wait for more typing, in milliseconds.
	Debounce int `json:"debounce"`
	// Scope is whose findings are shown: workspace or openFiles.
	Scope string `json:"scope"`
	// Confirm is whether findings are confirmed without being asked: never or onSave.
	Confirm string `json:"confirm"`
	// CodeLens shows platform, budget and findings above handlers.
	CodeLens bool `json:"codeLens"`
}

// The values of settings.
const (
	onType    = "onType"
	onSave    = "onSave"
	openFiles = "openFiles"
)

func defaults() Settings {
	return Settings{Run: onType, Debounce: 150, Scope: "workspace", Confirm: "never", CodeLens: true}
}

func (s *Settings) debounce() time.Duration {
	return time.Duration(min(max(s.Debounce, 0), 10_000)) * time.Millisecond
}

// setSettings takes settings over, also such as lie under `handlervet`. What they do not say is as it was at the start: some
// clients send empty ones later.
func (s *Server) setSettings(raw protocol.LSPAny) {
	var wrapped struct {
		Handlervet json.RawMessage `json:"handlervet"`
	}
	if json.Unmarshal(raw, &wrapped) == nil && len(wrapped.Handlervet) > 0 {
		raw = protocol.LSPAny(wrapped.Handlervet)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.initial
	if err := json.Unmarshal(raw, &next); err != nil {
		next = s.initial
	}
	s.settings = next
	if s.state.Load() == fresh {
		s.initial = next
	}
}

func (s *Server) getSettings() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings
}
