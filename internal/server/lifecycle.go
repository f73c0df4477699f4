package server

import (
	"context"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// parentEvery is how often it is looked whether the editor still lives.
const parentEvery = 3 * time.Second

// Initialize agrees with the client on what both can do.
func (s *Server) Initialize(_ context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	if s.state.Load() != fresh {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is already initialized")
	}
	s.client.learn(&p.Capabilities)
	s.setSettings(p.InitializationOptions)
	for _, dir := range workspaceDirs(p) {
		s.addFolder(dir)
	}
	s.state.Store(initialized)
	if p.ProcessID != nil {
		s.watchParent(int(*p.ProcessID))
	}
	return &protocol.InitializeResult{
		Capabilities: s.client.answer(),
		ServerInfo:   protocol.ServerInfo{Name: "handlervet", Version: protocol.NewOptional(s.options.Version)},
	}, nil
}

// workspaceDirs are the directories that the client has open.
func workspaceDirs(p *protocol.InitializeParams) []string {
	var dirs []string
	if folders, ok := p.WorkspaceFolders.Get(); ok {
		for _, f := range folders {
			if f.URI.IsFile() {
				dirs = append(dirs, f.URI.FsPath())
			}
		}
	}
	if root := p.RootURI; len(dirs) == 0 && root != nil && root.IsFile() { //nolint:staticcheck // all that old clients send
		dirs = append(dirs, root.FsPath())
	}
	return dirs
}

// Initialized is the first moment at which the server may speak by itself.
func (s *Server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.spawn(func(ctx context.Context) {
		s.watchFiles(ctx)
		if s.askSettings(ctx) {
			s.refresh()
		}
	})
	for _, f := range s.allFolders() {
		f.begin()
	}
	return nil
}

// Shutdown ends the work; exit is to follow.
func (s *Server) Shutdown(context.Context) error {
	s.state.Store(shutDown)
	return nil
}

// Exit ends the connection.
func (s *Server) Exit(context.Context) error {
	s.end()
	return nil
}

// watchParent ends the connection when the process that wants the answers is gone.
func (s *Server) watchParent(pid int) {
	if !alive(pid) {
		return // of another machine or container: it cannot be watched from here
	}
	s.spawn(func(ctx context.Context) {
		ticker := time.NewTicker(parentEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				if !alive(pid) {
					s.end()
					return
				}
			}
		}
	})
}
