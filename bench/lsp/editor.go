package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/server/wire"
)

// patience is how long an answer may take.
const patience = 30 * time.Second

// editor is a client of one server.
type editor struct {
	protocol.UnimplementedClient
	cmd      *exec.Cmd
	server   protocol.Server
	pid      int
	full     bool // whether the server wants whole texts
	docs     documents.Store
	versions map[uri.URI]int32
	news     chan *protocol.PublishDiagnosticsParams
}

// pipes are both ends of a process.
type pipes struct {
	io.ReadCloser
	io.WriteCloser
}

func (p pipes) Close() error { return errors.Join(p.WriteCloser.Close(), p.ReadCloser.Close()) }

// connect starts a server in a directory.
func connect(ctx context.Context, c contender, dir string) (*editor, error) {
	cmd := exec.Command(c.command[0], c.command[1:]...)
	cmd.Dir = dir
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	e := &editor{
		cmd: cmd, pid: cmd.Process.Pid, versions: map[uri.URI]int32{},
		news: make(chan *protocol.PublishDiagnosticsParams, 1<<16),
	}
	conn := jsonrpc2.NewConn(jsonrpc2.NewHeaderStream(pipes{out, in}), jsonrpc2.WithCodec(wire.Codec{}))
	conn.Go(ctx, protocol.Handlers(protocol.ClientHandler(e, jsonrpc2.MethodNotFoundHandler)))
	e.server = protocol.ServerDispatcher(conn)
	root := uri.File(dir)
	can, err := e.server.Initialize(ctx, &protocol.InitializeParams{
		ProcessID:             new(int32(os.Getpid())), //nolint:gosec // process ids are small
		InitializationOptions: protocol.LSPAny(c.options),
		WorkspaceFoldersInitializeParams: protocol.WorkspaceFoldersInitializeParams{
			WorkspaceFolders: protocol.NewNullable([]protocol.WorkspaceFolder{{URI: root, Name: "bench"}}),
		},
		Capabilities: protocol.ClientCapabilities{TextDocument: &protocol.TextDocumentClientCapabilities{
			PublishDiagnostics: &protocol.PublishDiagnosticsClientCapabilities{
				VersionSupport:          new(true),
				DiagnosticsCapabilities: protocol.DiagnosticsCapabilities{RelatedInformation: new(true)},
			},
		}},
	})
	if err == nil {
		e.full = wantsFull(can.Capabilities.TextDocumentSync)
		err = e.server.Initialized(ctx, &protocol.InitializedParams{})
	}
	if err != nil {
		e.close()
		return nil, fmt.Errorf("cannot speak with %s: %w", c.name, err)
	}
	return e, nil
}

func (e *editor) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = e.server.Shutdown(ctx)
	_ = e.server.Exit(ctx)
	done := make(chan struct{})
	go func() { _ = e.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		_ = e.cmd.Process.Kill()
	}
}

func wantsFull(sync protocol.TextDocumentSync) bool {
	switch sync := sync.(type) {
	case *protocol.TextDocumentSyncOptions:
		return sync.Change != nil && *sync.Change == protocol.TextDocumentSyncKindFull
	case protocol.TextDocumentSyncKind:
		return sync == protocol.TextDocumentSyncKindFull
	}
	return false
}

// PublishDiagnostics is called by the server.
func (e *editor) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	e.news <- p
	return nil
}

// Configuration is called by servers that ask for settings.
func (e *editor) Configuration(_ context.Context, p *protocol.ConfigurationParams) ([]protocol.LSPAny, error) {
	answer := make([]protocol.LSPAny, len(p.Items))
	for i := range answer {
		answer[i] = protocol.LSPAny("null")
	}
	return answer, nil
}

// RegisterCapability is called by servers that want to hear of files.
func (e *editor) RegisterCapability(context.Context, *protocol.RegistrationParams) error { return nil }

func (e *editor) open(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	u := uri.File(path)
	e.versions[u] = 1
	item := protocol.TextDocumentItem{URI: u, LanguageID: protocol.LanguageKindJavaScript, Version: 1, Text: string(text)}
	e.docs.Open(&item)
	return e.server.DidOpen(context.Background(), &protocol.DidOpenTextDocumentParams{TextDocument: item})
}

// quiet waits until the server has nothing to say for a while, and returns what it said last about a file.
func (e *editor) quiet(d time.Duration, about string) ([]protocol.Diagnostic, error) {
	var last []protocol.Diagnostic
	for {
		select {
		case p := <-e.news:
			if p.URI == uri.File(about) {
				last = p.Diagnostics
			}
		case <-time.After(d):
			if len(last) == 0 {
				return nil, errors.New("it reports nothing about the project")
			}
			return last, nil
		}
	}
}

// typing is what is typed, edit for edit, and what is to be said then.
type typing struct {
	path  string // into which file
	about string // which file the diagnostics are about
	edit  func(i int) protocol.TextDocumentContentChangePartial
	seen  func(i int, said []protocol.Diagnostic) bool
}

// measure types and takes the time from each edit to the diagnostics that it brings about.
func (e *editor) measure(t typing, n int) ([]time.Duration, error) {
	u := uri.File(t.path)
	var times []time.Duration
	for i := range n {
		e.versions[u]++
		change := t.edit(i)
		p := &protocol.DidChangeTextDocumentParams{
			TextDocument: protocol.VersionedTextDocumentIdentifier{
				TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: u}, Version: e.versions[u],
			},
			ContentChanges: []protocol.TextDocumentContentChangeEvent{&change},
		}
		typed := e.docs.Change(p.TextDocument, p.ContentChanges, position.UTF16)
		if e.full {
			p.ContentChanges[0] = &protocol.TextDocumentContentChangeWholeDocument{Text: typed.Text}
		}
		begin := time.Now()
		err := e.server.DidChange(context.Background(), p)
		if err != nil {
			return nil, err
		}
		if err := e.await(uri.File(t.about), func(said []protocol.Diagnostic) bool { return t.seen(i, said) }); err != nil {
			return nil, fmt.Errorf("after %d edits: %w", i, err)
		}
		times = append(times, time.Since(begin))
	}
	return times, nil
}

// await waits until something certain is said about a file.
func (e *editor) await(u uri.URI, seen func([]protocol.Diagnostic) bool) error {
	deadline := time.After(patience)
	for {
		select {
		case p := <-e.news:
			if p.URI == u && seen(p.Diagnostics) {
				return nil
			}
		case <-deadline:
			return errors.New("the diagnostics do not follow")
		}
	}
}

// state is what handlervet.state says.
type state struct {
	Unsent  bool
	Folders []struct {
		Generation, Told          uint64
		Go                        bool
		Files, Handlers, Findings int
	}
}

// settle waits until handlervet has reported all that there is.
func (e *editor) settle(ctx context.Context) (state, error) {
	for {
		raw, err := e.server.ExecuteCommand(ctx, &protocol.ExecuteCommandParams{Command: "handlervet.state"})
		if err != nil {
			return state{}, err
		}
		var s state
		if err := json.Unmarshal(raw, &s); err != nil {
			return state{}, err
		}
		if len(s.Folders) > 0 && s.Folders[0].Generation == s.Folders[0].Told && !s.Unsent {
			return s, nil
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// memory is the most resident memory that a process ever had, 0 where the system does not tell.
func memory(pid int) int64 {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb << 10
		}
	}
	return 0
}

// tick is the unit in which Linux counts a process's time on the processor.
const tick = 10 * time.Millisecond

// processor is the time that a process has had on the processor, 0 where the system does not tell.
func processor(pid int) time.Duration {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name before may hold blanks
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick
}
