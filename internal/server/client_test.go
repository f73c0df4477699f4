package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/server"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/server/wire"
)

// TestMain makes the test binary a sandbox when it is started as one.
func TestMain(m *testing.M) {
	confirm.ServeIfChild()
	os.Exit(m.Run())
}

// features is what an editor of the tests can do.
type features struct {
	Pull     bool     `json:"pull"`
	Encoding string   `json:"encoding"`
	Plain    bool     `json:"plain"`    // no related information, no lazily resolved edits, no versions
	Snippets bool     `json:"snippets"` // edits with something to fill in
	Folders  []string `json:"folders"`  // of the workspace, below the directory of the test
	Settings any      `json:"settings"`
}

// editor is a client: it has files open, and keeps what the server says.
type editor struct {
	protocol.UnimplementedClient
	t      testing.TB
	dir    string
	unit   position.Unit
	server protocol.Server
	ended  chan error

	mu          sync.Mutex
	open        map[string]*protocol.TextDocumentItem
	diagnostics map[string][]protocol.Diagnostic // by path, as pushed
	results     map[uri.URI]string               // ids of reports, as pulled
	messages    []string
	progress    []string // what was told of requests, by token
	refreshed   int
	watching    bool
}

// start runs a server and an editor that is connected to it.
func start(t testing.TB, dir string, f features) (*editor, *protocol.InitializeResult) {
	t.Helper()
	here, there := net.Pipe()
	e := &editor{t: t, dir: dir, ended: make(chan error, 1), open: map[string]*protocol.TextDocumentItem{},
		diagnostics: map[string][]protocol.Diagnostic{}, results: map[uri.URI]string{}}
	go func() { e.ended <- server.Serve(context.Background(), there, server.Options{Version: "test"}) }()
	conn := jsonrpc2.NewConn(jsonrpc2.NewHeaderStream(here), jsonrpc2.WithCodec(wire.Codec{}))
	answer := protocol.ClientHandler(e, jsonrpc2.MethodNotFoundHandler)
	conn.Go(context.Background(), func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if req.IsCall() { // notifications count in their order
			jsonrpc2.Async(ctx)
		}
		return answer(ctx, req)
	})
	s := protocol.ServerDispatcher(conn)
	e.server = s
	result, err := s.Initialize(t.Context(), f.params(dir))
	if err != nil {
		t.Fatal(err)
	}
	e.unit = documents.UnitOf(result.Capabilities.PositionEncoding)
	if err := s.Initialized(t.Context(), &protocol.InitializedParams{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Error("shutdown:", err)
		}
		_ = s.Exit(context.Background())
		select {
		case err := <-e.ended:
			if err != nil {
				t.Error("the server ended with:", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("the server does not end")
		}
		_ = conn.Close()
	})
	return e, result
}

func (f *features) params(dir string) *protocol.InitializeParams {
	yes := new(true)
	common := protocol.DiagnosticsCapabilities{RelatedInformation: new(!f.Plain), CodeDescriptionSupport: yes, TagSupport: protocol.ClientDiagnosticsTagOptions{
		ValueSet: []protocol.DiagnosticTag{protocol.DiagnosticTagUnnecessary},
	}}
	text := &protocol.TextDocumentClientCapabilities{
		PublishDiagnostics: &protocol.PublishDiagnosticsClientCapabilities{DiagnosticsCapabilities: common, VersionSupport: new(!f.Plain)},
		CodeAction: &protocol.CodeActionClientCapabilities{CodeActionLiteralSupport: protocol.ClientCodeActionLiteralOptions{
			CodeActionKind: protocol.ClientCodeActionKindOptions{ValueSet: []protocol.CodeActionKind{"quickfix", "source"}},
		}},
	}
	if !f.Plain {
		text.CodeAction.DataSupport = yes
		text.CodeAction.ResolveSupport.Properties = []string{"edit"}
	}
	if f.Pull {
		text.Diagnostic = &protocol.DiagnosticClientCapabilities{DiagnosticsCapabilities: common, RelatedDocumentSupport: yes}
	}
	p := &protocol.InitializeParams{Capabilities: protocol.ClientCapabilities{
		TextDocument: text,
		General:      &protocol.GeneralClientCapabilities{PositionEncodings: []protocol.PositionEncodingKind{protocol.PositionEncodingKind(f.Encoding)}},
		Workspace: &protocol.WorkspaceClientCapabilities{
			ApplyEdit: yes, Diagnostics: &protocol.DiagnosticWorkspaceClientCapabilities{RefreshSupport: yes},
			DidChangeWatchedFiles: &protocol.DidChangeWatchedFilesClientCapabilities{DynamicRegistration: yes},
			WorkspaceEdit:         &protocol.WorkspaceEditClientCapabilities{DocumentChanges: new(!f.Plain), SnippetEditSupport: &f.Snippets},
		},
	}}
	var folders []protocol.WorkspaceFolder
	for _, name := range f.Folders {
		folders = append(folders, protocol.WorkspaceFolder{URI: uri.File(filepath.Join(dir, name)), Name: name})
	}
	p.WorkspaceFolders = protocol.NewNullable(folders)
	settings := map[string]any{"debounce": 0}
	if own, ok := f.Settings.(map[string]any); ok {
		for k, v := range own {
			settings[k] = v
		}
	}
	raw, _ := json.Marshal(settings)
	p.InitializationOptions = protocol.LSPAny(raw)
	return p
}

func (e *editor) uri(name string) uri.URI {
	return uri.File(filepath.Join(e.dir, filepath.FromSlash(name)))
}

func (e *editor) name(u uri.URI) string {
	rel, err := filepath.Rel(e.dir, u.FsPath())
	if err != nil {
		return u.String()
	}
	return filepath.ToSlash(rel)
}

// text is that of a file, as typed or on disk.
func (e *editor) text(name string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if d := e.open[name]; d != nil {
		return d.Text
	}
	text, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(name)))
	if err != nil {
		return ""
	}
	return string(text)
}

// settled waits until the server has said all that there is to say.
func (e *editor) settled() {
	e.t.Helper()
	for range 20_000 {
		raw, err := e.server.ExecuteCommand(e.t.Context(), &protocol.ExecuteCommandParams{Command: "handlervet.state"})
		if err != nil {
			e.t.Fatal(err)
		}
		var state struct {
			Pull    bool
			Unsent  bool
			Folders []struct {
				Generation, Told uint64
				Go               bool
			}
		}
		if err := json.Unmarshal(raw, &state); err != nil {
			e.t.Fatal(err)
		}
		busy := state.Unsent
		for _, f := range state.Folders {
			busy = busy || f.Go || !state.Pull && f.Generation != f.Told
		}
		if !busy {
			return
		}
		time.Sleep(3 * time.Millisecond)
	}
	e.t.Fatal("the server does not come to rest")
}

// all are the diagnostics by file name: those pushed, or all of the workspace on request.
func (e *editor) all(pull bool) map[string][]protocol.Diagnostic {
	e.t.Helper()
	e.settled()
	list := map[string][]protocol.Diagnostic{}
	if pull {
		res, err := e.server.DiagnosticWorkspace(e.t.Context(), &protocol.WorkspaceDiagnosticParams{PreviousResultIds: []protocol.PreviousResultId{}})
		if err != nil {
			e.t.Fatal(err)
		}
		for _, item := range res.Items {
			if full, ok := item.(*protocol.WorkspaceFullDocumentDiagnosticReport); ok && len(full.Items) > 0 {
				list[e.name(full.URI)] = full.Items
			}
		}
		return list
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for path, ds := range e.diagnostics {
		if len(ds) > 0 {
			list[path] = slices.Clone(ds)
		}
	}
	return list
}

// PublishDiagnostics is called by the server. A version that is not that of the text is a mistake.
func (e *editor) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	name := e.name(p.URI)
	if v, ok := p.Version.Get(); ok && e.open[name] != nil && v > e.open[name].Version {
		e.t.Errorf("%s: published for version %d, which does not exist", name, v)
	}
	e.diagnostics[name] = p.Diagnostics
	return nil
}

func (e *editor) ShowMessage(_ context.Context, p *protocol.ShowMessageParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.messages = append(e.messages, p.Message)
	return nil
}

func (e *editor) Progress(_ context.Context, p *protocol.ProgressParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.progress = append(e.progress, fmt.Sprint(p.Token))
	return nil
}

func (e *editor) DiagnosticRefresh(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.refreshed++
	return nil
}

func (e *editor) RegisterCapability(context.Context, *protocol.RegistrationParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.watching = true
	return nil
}

// ApplyEdit is called by the server: it types the edits.
func (e *editor) ApplyEdit(_ context.Context, p *protocol.ApplyWorkspaceEditParams) (*protocol.ApplyWorkspaceEditResult, error) {
	for name, text := range e.apply(&p.Edit) {
		e.retype(name, text)
	}
	return &protocol.ApplyWorkspaceEditResult{Applied: true}, nil
}

// apply is what files become by an edit.
func (e *editor) apply(edit *protocol.WorkspaceEdit) map[string]string {
	texts := map[string]string{}
	for u, list := range edit.Changes {
		texts[e.name(u)] = e.applied(e.name(u), list)
	}
	for _, change := range edit.DocumentChanges {
		d, ok := change.(*protocol.TextDocumentEdit)
		if !ok {
			e.t.Fatalf("an edit that is none of a text: %T", change)
		}
		var list []protocol.TextEdit
		for _, x := range d.Edits {
			switch x := x.(type) {
			case *protocol.TextEdit:
				list = append(list, *x)
			case *protocol.SnippetTextEdit:
				list = append(list, protocol.TextEdit{Range: x.Range, NewText: x.Snippet.Value})
			}
		}
		texts[e.name(d.TextDocument.URI)] = e.applied(e.name(d.TextDocument.URI), list)
	}
	return texts
}

func (e *editor) applied(name string, list []protocol.TextEdit) string {
	text := e.text(name)
	index := position.New([]byte(text))
	at := func(p protocol.Position) int { return documents.Offset(index, p, e.unit) }
	slices.SortStableFunc(list, func(a, b protocol.TextEdit) int { return at(a.Range.Start) - at(b.Range.Start) })
	var b strings.Builder
	last := 0
	for _, x := range list {
		b.WriteString(text[last:at(x.Range.Start)] + x.NewText)
		last = at(x.Range.End)
	}
	return b.String() + text[last:]
}

// retype gives an open file another text.
func (e *editor) retype(name, text string) {
	e.mu.Lock()
	d := e.open[name]
	if d == nil {
		e.mu.Unlock()
		_ = os.WriteFile(filepath.Join(e.dir, filepath.FromSlash(name)), []byte(text), 0o644)
		return
	}
	d.Version++
	d.Text = text
	version := d.Version
	e.mu.Unlock()
	e.must(e.server.DidChange(context.Background(), &protocol.DidChangeTextDocumentParams{
		TextDocument:   protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: e.uri(name)}, Version: version},
		ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: text}},
	}))
}

func (e *editor) must(err error) {
	e.t.Helper()
	if err != nil && !errors.Is(err, io.EOF) {
		e.t.Fatal(err)
	}
}
