// Package wire carries the messages of the language server protocol: bytes → messages → calls, in
// an order that callers can rely on, whatever the client sends.
package wire

import (
	"context"
	"errors"
	"io"

	"go.lsp.dev/jsonrpc2"
)

// stream is a framed stream that outlives what is no message: the library's ends at the first one.
type stream struct {
	jsonrpc2.Stream
}

// NewStream reads and writes messages with a Content-Length each. What is no message is answered with an error where it has a
// frame, and skipped up to the next header otherwise. Closing the stream closes rw.
func NewStream(rw io.ReadWriteCloser) jsonrpc2.Stream {
	return &stream{jsonrpc2.NewHeaderStream(rw)}
}

// Read returns the next message. The error is that of the underlying stream, io.EOF at its end.
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		msg, n, err := s.Stream.Read(ctx)
		var refused *jsonrpc2.Error
		switch {
		case err == nil:
			return msg, n, nil
		case errors.Is(err, jsonrpc2.ErrInvalidHeader):
			// Each attempt takes at least a line, so this ends with the stream.
		case errors.As(err, &refused):
			if _, err := s.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, refused)); err != nil {
				return nil, 0, err
			}
		default:
			return nil, 0, err
		}
	}
}
