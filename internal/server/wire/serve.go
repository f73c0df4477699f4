package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Options says whom to call.
type Options struct {
	Server protocol.Server
	// Begin is called for each request in the order of arrival, before any later message is looked at. What it puts into the
	// context is what the request sees.
	Begin func(ctx context.Context, method string) (context.Context, error)
	Log   *slog.Logger
}

// Serve calls the server for the messages of a connection until it ends. Notifications run one after another, in the order of
// arrival. Requests run side by side, except those that change the state of the protocol itself.
func Serve(ctx context.Context, s jsonrpc2.Stream, bind func(protocol.Client) Options) jsonrpc2.Conn {
	conn := jsonrpc2.NewConn(s, jsonrpc2.WithCodec(Codec{}))
	h := &handler{Options: bind(protocol.ClientDispatcher(conn)), cancels: map[jsonrpc2.ID]context.CancelFunc{}}
	h.dispatch = protocol.ServerHandler(h.Server, jsonrpc2.MethodNotFoundHandler)
	conn.Go(ctx, func(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
		defer func() { result, err = h.contain(req, recover(), result, err) }()
		if req.IsCall() {
			return h.call(ctx, req)
		}
		return nil, h.notify(ctx, req)
	})
	return conn
}

// handler hands messages on, in copies of their own: strings of what is decoded may be parts of the message, whose buffer is
// used again. The library's own cancellation derives contexts from pooled ones, which are used again
// while somebody still waits for them; so this one has its own.
type handler struct {
	Options
	dispatch jsonrpc2.Handler

	mu      sync.Mutex
	cancels map[jsonrpc2.ID]context.CancelFunc // of the requests being answered
}

func (h *handler) call(pooled context.Context, req *jsonrpc2.Request) (any, error) {
	ctx, cancel := context.WithCancel(jsonrpc2.DetachContext(pooled))
	defer cancel()
	id := req.ID()
	h.mu.Lock()
	h.cancels[id] = cancel
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.cancels, id)
		h.mu.Unlock()
	}()
	ctx, err := h.Begin(ctx, req.Method())
	if err != nil {
		return nil, err
	}
	if req.Method() != protocol.MethodInitialize && req.Method() != protocol.MethodShutdown {
		jsonrpc2.Async(pooled)
	}
	result, err := h.dispatch(ctx, req.Clone())
	if errors.Is(err, context.Canceled) {
		err = protocol.ErrRequestCancelled
	}
	return result, err
}

func (h *handler) notify(pooled context.Context, req *jsonrpc2.Request) error {
	if req.Method() != protocol.MethodCancelRequest {
		_, err := h.dispatch(jsonrpc2.DetachContext(pooled), req.Clone())
		return err
	}
	var p protocol.CancelParams
	if err := protocol.Unmarshal(req.Params(), &p); err != nil {
		return err
	}
	var id jsonrpc2.ID
	switch n := p.ID.(type) {
	case protocol.Integer:
		id = jsonrpc2.NewNumberID(int64(n))
	case protocol.String:
		id = jsonrpc2.NewStringID(string(n))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if cancel := h.cancels[id]; cancel != nil {
		cancel()
	}
	return nil
}

// contain keeps a panic from ending the connection, and the error of a notification, which nobody could answer.
func (o *Options) contain(req *jsonrpc2.Request, panicked, result any, err error) (any, error) {
	if panicked != nil {
		o.Log.Error("panic", "method", req.Method(), "reason", panicked, "stack", string(debug.Stack()))
		result, err = nil, jsonrpc2.NewError(jsonrpc2.InternalError, fmt.Sprintf("handlervet failed on %s: %v", req.Method(), panicked))
	}
	if err != nil && !req.IsCall() {
		o.Log.Debug("notification refused", "method", req.Method(), "error", err)
		return nil, nil
	}
	return result, err
}

// Codec is that of the protocol's types, which the library keeps to itself. What it decodes does not share memory with the
// message.
type Codec struct{}

// Marshal encodes params and results.
func (Codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok && raw != nil {
		return raw, nil
	}
	return protocol.Marshal(v)
}

// Unmarshal decodes a copy of a result, because the message's buffer is used again.
func (Codec) Unmarshal(data []byte, v any) error {
	data = bytes.Clone(data)
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = data
		return nil
	}
	return protocol.Unmarshal(data, v)
}
