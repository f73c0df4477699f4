// Package server is the language server: findings while typing. It stands at both ends of the way:
// it decides which texts to check and when, and turns findings into what editors show.
package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/server/wire"
)

// Options says how to serve.
type Options struct {
	Version string // of handlervet
	Log     *slog.Logger
	// Sandbox is the command that starts a sandbox; empty for this program's own.
	Sandbox []string
}

// errAbrupt is how a connection ends that was not shut down first.
var errAbrupt = errors.New("the client went away without shutting the server down")

// codeNotInitialized is the protocol's answer to requests that come too early.
const codeNotInitialized jsonrpc2.Code = -32002

// The states of the protocol.
const (
	fresh int32 = iota
	initialized
	shutDown
)

// Server answers one client.
type Server struct {
	protocol.UnimplementedServer
	options Options
	state   atomic.Int32
	client  *client
	docs    documents.Store
	// life ends with the connection; work that outlives a request hangs on it.
	life     context.Context
	end      context.CancelFunc
	spawning sync.Mutex
	over     bool // nothing is spawned any more
	work     sync.WaitGroup
	outbox   outbox

	waking sync.Mutex
	wake   chan struct{} // closed at the next change, nil if nobody waits for one

	tokens  atomic.Int64
	cancels sync.Map // of what the client shows a progress bar for, by token

	mu       sync.Mutex
	initial  Settings // as initialize brought them
	settings Settings
	folders  []*folder // deepest root first
}

// Serve speaks with a client over rw until it goes. The error is nil if the client shut the server down first.
func Serve(ctx context.Context, rw io.ReadWriteCloser, o Options) error {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{options: o, initial: defaults(), settings: defaults()}
	s.life, s.end = context.WithCancel(ctx)
	defer s.rest()
	defer func() { _ = rw.Close() }() // what was to be said is said
	defer s.end()
	conn := wire.Serve(s.life, wire.NewStream(rw), func(c protocol.Client) wire.Options {
		s.client = &client{Client: c}
		return wire.Options{Server: s, Begin: s.begin, Log: o.Log}
	})
	select {
	case <-conn.Done():
	case <-s.life.Done():
	}
	if s.state.Load() != shutDown {
		return errAbrupt
	}
	return nil
}

// begin lets requests through when the protocol allows them, with what is open at their arrival.
func (s *Server) begin(ctx context.Context, method string) (context.Context, error) {
	switch state := s.state.Load(); {
	case state == shutDown:
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is shut down")
	case state == fresh && method != protocol.MethodInitialize:
		return nil, jsonrpc2.NewError(codeNotInitialized, "the server waits for initialize")
	}
	return context.WithValue(ctx, openKey{}, s.docs.Snapshot()), nil
}

type openKey struct{}

// open is what was open when a request arrived.
func open(ctx context.Context) documents.Set {
	set, _ := ctx.Value(openKey{}).(documents.Set)
	return set
}

// rest waits for all that was spawned. The connection has ended.
func (s *Server) rest() {
	s.spawning.Lock()
	s.over = true
	s.spawning.Unlock()
	s.work.Wait()
}

// spawn runs something that outlives the message that caused it. It ends with the connection; after that it does not begin.
func (s *Server) spawn(do func(context.Context)) {
	s.spawning.Lock()
	defer s.spawning.Unlock()
	if s.over {
		return
	}
	s.work.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				s.options.Log.Error("panic in the background", "reason", r, "stack", string(debug.Stack()))
			}
		}()
		do(s.life)
	})
}
