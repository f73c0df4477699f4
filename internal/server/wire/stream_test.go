package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// tape is a connection whose other side has said all that it has to say.
type tape struct {
	io.Reader
	bytes.Buffer
}

func (t *tape) Read(p []byte) (int, error)  { return t.Reader.Read(p) }
func (t *tape) Write(p []byte) (int, error) { return t.Buffer.Write(p) }
func (t *tape) Close() error                { return nil }

func framed(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

func TestStreamOutlivesGarbage(t *testing.T) {
	good := framed(`{"jsonrpc":"2.0","method":"good"}`)
	tests := []struct {
		name, text string
		answers    int // errors that are sent back
	}{
		{"nothing", "", 0},
		{"a line", "hello\r\n", 0},
		{"a header without a number", "Content-Length: many\r\n\r\n", 0},
		{"a header without a length", "Content-Type: x\r\n\r\n", 0},
		{"a negative length", "Content-Length: -5\r\n\r\n", 0},
		{"a huge length", "Content-Length: 99999999999999999999\r\n\r\n", 0},
		{"no JSON", framed("{bad}"), 1},
		{"no object", framed("17"), 1},
		{"a batch", framed(`[{"jsonrpc":"2.0","method":"x"}]`), 1},
		{"neither request nor response", framed(`{"jsonrpc":"2.0"}`), 1},
		{"another version", framed(`{"jsonrpc":"1.0","method":"x"}`), 1},
		{"an id that is an object", framed(`{"jsonrpc":"2.0","id":{},"method":"x"}`), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rw := &tape{Reader: bytes.NewReader([]byte(tt.text + good))}
			msg, _, err := NewStream(rw).Read(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if n, ok := msg.(*jsonrpc2.Notification); !ok || n.Method() != "good" {
				t.Errorf("got %#v", msg)
			}
			if got := bytes.Count(rw.Bytes(), []byte("Content-Length")); got != tt.answers {
				t.Errorf("%d answers, want %d: %s", got, tt.answers, rw.Bytes())
			}
		})
	}
}

// FuzzStream holds that whatever is read, reading ends with the input and without a panic.
func FuzzStream(f *testing.F) {
	for _, seed := range []string{"", "x", framed("{}"), framed(`{"jsonrpc":"2.0","id":1,"method":"a","params":[1,{"a":"\u00e4"}]}`) + "\r\n", framed("[[[[") + framed(`{"jsonrpc":"2.0","id":null,"result":1}`)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := NewStream(&tape{Reader: bytes.NewReader(data)})
		for range len(data) + 1 {
			if _, _, err := s.Read(context.Background()); err != nil {
				if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Fatalf("the stream ended with %v", err)
				}
				return
			}
		}
		t.Fatal("reading does not end")
	})
}

// fragile is a server that fails in every way.
type fragile struct {
	protocol.UnimplementedServer
	seen chan string
}

func (f *fragile) DidOpen(context.Context, *protocol.DidOpenTextDocumentParams) error { panic("open") }

func (f *fragile) DidSave(context.Context, *protocol.DidSaveTextDocumentParams) error {
	return errors.New("no")
}

func (f *fragile) Hover(context.Context, *protocol.HoverParams) (*protocol.Hover, error) {
	panic("hover")
}

func (f *fragile) CodeLens(ctx context.Context, _ *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	f.seen <- "waiting"
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestServe holds that panics and errors do not end the connection, and that a request can be taken back.
func TestServe(t *testing.T) {
	here, there := net.Pipe()
	f := &fragile{seen: make(chan string, 1)}
	served := Serve(t.Context(), NewStream(there), func(protocol.Client) Options {
		return Options{Server: f, Log: slog.New(slog.DiscardHandler),
			Begin: func(ctx context.Context, _ string) (context.Context, error) { return ctx, nil }}
	})
	_, conn, server := protocol.NewClient(t.Context(), protocol.UnimplementedClient{}, jsonrpc2.NewHeaderStream(here))
	defer func() { _ = there.Close() }()
	doc := protocol.TextDocumentIdentifier{URI: "file:///a.js"}
	for range 3 {
		if err := server.DidOpen(t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{URI: doc.URI}}); err != nil {
			t.Fatal(err)
		}
		if err := server.DidSave(t.Context(), &protocol.DidSaveTextDocumentParams{TextDocument: doc}); err != nil {
			t.Fatal(err)
		}
		var e *jsonrpc2.Error
		_, err := server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{TextDocument: doc}})
		if !errors.As(err, &e) || e.Code != jsonrpc2.InternalError {
			t.Fatalf("a panic is answered with %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error, 1)
	go func() {
		var lenses []protocol.CodeLens
		answer <- protocol.Call(ctx, conn, protocol.MethodTextDocumentCodeLens, &protocol.CodeLensParams{TextDocument: doc}, &lenses)
	}()
	<-f.seen
	cancel()
	if err := <-answer; err == nil {
		t.Error("a request that was taken back is answered")
	}
	if _, err := server.Hover(t.Context(), &protocol.HoverParams{}); err == nil {
		t.Error("the connection is lost")
	}
	select {
	case <-served.Done():
		t.Error("the connection has ended")
	case <-time.After(time.Millisecond):
	}
}
