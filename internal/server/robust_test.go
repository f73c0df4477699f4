package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/server"
)

// project is a directory with a handler that never answers.
func project(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		".twilioserverlessrc": "{}",
		"functions/a.js":      "exports.handler = function (context, event, callback) {\n};\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestStates(t *testing.T) {
	here, there := net.Pipe()
	done := make(chan error, 1)
	go func() { done <- server.Serve(context.Background(), there, server.Options{}) }()
	_, _, s := protocol.NewClient(context.Background(), protocol.UnimplementedClient{}, jsonrpc2.NewHeaderStream(here))
	code := func(want jsonrpc2.Code, err error) {
		t.Helper()
		var e *jsonrpc2.Error
		if !errors.As(err, &e) || e.Code != want {
			t.Errorf("got %v, want code %d", err, want)
		}
	}
	_, err := s.Hover(t.Context(), &protocol.HoverParams{})
	code(-32002, err)
	if _, err := s.Initialize(t.Context(), &protocol.InitializeParams{}); err != nil {
		t.Fatal(err)
	}
	_, err = s.Initialize(t.Context(), &protocol.InitializeParams{})
	code(jsonrpc2.InvalidRequest, err)
	_, err = s.Declaration(t.Context(), &protocol.DeclarationParams{})
	code(jsonrpc2.MethodNotFound, err)
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = s.Hover(t.Context(), &protocol.HoverParams{})
	code(jsonrpc2.InvalidRequest, err)
	if err := s.Exit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestClientVanishes holds that the server ends when its input does, and says that this was not agreed.
func TestClientVanishes(t *testing.T) {
	here, there := net.Pipe()
	done := make(chan error, 1)
	go func() { done <- server.Serve(context.Background(), there, server.Options{}) }()
	_, _, s := protocol.NewClient(context.Background(), protocol.UnimplementedClient{}, jsonrpc2.NewHeaderStream(here))
	f := features{Folders: []string{"."}}
	if _, err := s.Initialize(t.Context(), f.params(project(t))); err != nil {
		t.Fatal(err)
	}
	if err := s.Initialized(t.Context(), &protocol.InitializedParams{}); err != nil {
		t.Fatal(err)
	}
	_ = here.Close()
	select {
	case err := <-done:
		if err == nil {
			t.Error("an abrupt end is taken for a shutdown")
		}
	case <-time.After(20 * time.Second):
		t.Error("the server outlives its client")
	}
}

// TestParentDies holds that the server ends with the process that the client named, though the connection stays open.
func TestParentDies(t *testing.T) {
	parent := exec.Command("sleep", "60")
	if err := parent.Start(); err != nil {
		t.Skip("there is no sleep:", err)
	}
	t.Parallel()
	here, there := net.Pipe()
	done := make(chan error, 1)
	go func() { done <- server.Serve(context.Background(), there, server.Options{}) }()
	params, err := json.Marshal(map[string]any{"processId": parent.Process.Pid, "capabilities": map[string]any{}, "rootUri": nil})
	if err != nil {
		t.Fatal(err)
	}
	stream := jsonrpc2.NewHeaderStream(here)
	if _, err := stream.Write(t.Context(), jsonrpc2.NewCall(jsonrpc2.NewNumberID(1), protocol.MethodInitialize, params)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := stream.Read(t.Context()); err != nil { // by now the server has seen that the parent lives
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, here) }()
	_ = parent.Process.Kill()
	_ = parent.Wait()
	select {
	case err := <-done:
		if err == nil {
			t.Error("an abrupt end is taken for a shutdown")
		}
	case <-time.After(20 * time.Second):
		t.Error("the server outlives its parent")
	}
}

// TestHostileFiles holds that no text takes the server down.
func TestHostileFiles(t *testing.T) {
	e, _ := start(t, project(t), features{Folders: []string{"."}, Encoding: "utf-16"})
	texts := map[string]string{
		"functions/deep.js":   "exports.handler = " + strings.Repeat("(", 20_000),
		"functions/nested.js": "exports.handler = (c, e, cb) => " + strings.Repeat("[", 3_000) + strings.Repeat("]", 3_000),
		"functions/nul.js":    "exports.handler = (c, e, cb) => { \x00 cb(null) }",
		"functions/long.js":   "exports.handler = (c, e, cb) => { " + strings.Repeat("if (e.x) cb(null); ", 3_000) + "}",
		"functions/cr.js":     "exports.handler = (c, e, cb) => {\r\r\n\u2028if (e.x)\u2029 cb(null)\r}",
		"serverless.yml":      "functions: &a\n  x: *a\n  y: {<<: *a}\n" + strings.Repeat("  z: [\n", 500),
		".handlervet.yml":     "rules: &a\n  x: *a\n",
		"package.json":        strings.Repeat(`{"a":`, 5_000),
		"wrangler.toml":       strings.Repeat("[a.b]\n", 5_000),
	}
	for name, text := range texts {
		item := protocol.TextDocumentItem{URI: e.uri(name), Version: 1, Text: text}
		e.mu.Lock()
		e.open[name] = &item
		e.mu.Unlock()
		e.must(e.server.DidOpen(t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: item}))
	}
	for name := range texts {
		doc := protocol.TextDocumentIdentifier{URI: e.uri(name)}
		place := protocol.TextDocumentPositionParams{TextDocument: doc, Position: protocol.Position{Line: 1 << 31, Character: 1 << 31}}
		_, _ = e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: place})
		_, _ = e.server.Completion(t.Context(), &protocol.CompletionParams{TextDocumentPositionParams: place})
		_, _ = e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: doc})
		_, _ = e.server.CodeAction(t.Context(), &protocol.CodeActionParams{TextDocument: doc, Range: protocol.Range{End: place.Position}})
	}
	if list := e.all(false)["functions/a.js"]; len(list) == 0 {
		t.Error("the other file is not reported on any more")
	}
}

// TestCancel holds that a request that waits for news is given up when it is taken back.
func TestCancel(t *testing.T) {
	e, _ := start(t, project(t), features{Folders: []string{"."}, Encoding: "utf-16", Pull: true})
	res, err := e.server.DiagnosticWorkspace(t.Context(), &protocol.WorkspaceDiagnosticParams{PreviousResultIds: []protocol.PreviousResultId{}})
	if err != nil {
		t.Fatal(err)
	}
	known := []protocol.PreviousResultId{}
	for _, item := range res.Items {
		full := item.(*protocol.WorkspaceFullDocumentDiagnosticReport)
		known = append(known, protocol.PreviousResultId{URI: full.URI, Value: *full.ResultID})
	}
	if len(known) == 0 {
		t.Fatal("nothing is found")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := e.server.DiagnosticWorkspace(ctx, &protocol.WorkspaceDiagnosticParams{PreviousResultIds: known}); err == nil {
		t.Error("the same again is told at once")
	}
	answer := make(chan int, 1)
	go func() {
		res, err := e.server.DiagnosticWorkspace(t.Context(), &protocol.WorkspaceDiagnosticParams{PreviousResultIds: known})
		if err != nil {
			answer <- -1
			return
		}
		answer <- len(res.Items)
	}()
	item := protocol.TextDocumentItem{URI: e.uri("functions/a.js"), Version: 1, Text: "exports.handler = (context, event, callback) => { callback(null); };"}
	e.must(e.server.DidOpen(t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: item}))
	if n := <-answer; n != 1 {
		t.Errorf("news have %d files, want the one that was mended", n)
	}
}

// TestWorkspace holds that many reports come in parts, with a progress bar, and that the client hears of what changes on disk.
func TestWorkspace(t *testing.T) {
	dir := project(t)
	for i := range 119 {
		text := "exports.handler = function (context, event, callback) {\n};\n"
		if err := os.WriteFile(filepath.Join(dir, "functions", fmt.Sprintf("f%d.js", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	e, _ := start(t, dir, features{Folders: []string{"."}, Encoding: "utf-8", Pull: true})
	res, err := e.server.DiagnosticWorkspace(t.Context(), &protocol.WorkspaceDiagnosticParams{
		WorkDoneProgressParams: protocol.WorkDoneProgressParams{WorkDoneToken: protocol.String("bar")},
		PartialResultParams:    protocol.PartialResultParams{PartialResultToken: protocol.String("part")},
		PreviousResultIds:      []protocol.PreviousResultId{},
	})
	if err != nil {
		t.Fatal(err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if want := []string{"bar", "bar", "part", "part"}; len(res.Items) != 20 || !slices.Equal(e.progress, want) {
		t.Errorf("%d reports at the end, and before %q; want 20 and %q", len(res.Items), e.progress, want)
	}
	if err := os.WriteFile(filepath.Join(dir, ".handlervet.yml"), []byte("rules: {missing-completion: off}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	e.mu.Unlock()
	e.must(e.server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: e.uri(".handlervet.yml"), Type: protocol.FileChangeTypeCreated}},
	}))
	if list := e.all(true); len(list) != 0 {
		t.Errorf("%d files have findings after the rule was switched off", len(list))
	}
	for range 1000 {
		e.mu.Lock()
		if e.refreshed > 0 && e.watching {
			return
		}
		e.mu.Unlock()
		time.Sleep(3 * time.Millisecond)
	}
	e.mu.Lock()
	t.Error("the client is not told that there is something new")
}

// TestTyping holds that what is said in the end is about the last text, however fast one types.
func TestTyping(t *testing.T) {
	e, _ := start(t, project(t), features{Folders: []string{"."}, Encoding: "utf-8"})
	name := "functions/a.js"
	item := protocol.TextDocumentItem{URI: e.uri(name), Version: 1, Text: e.text(name)}
	e.open[name] = &item
	e.must(e.server.DidOpen(t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: item}))
	for i := range 200 {
		text := "exports.handler = function (context, event, callback) {\n" + strings.Repeat("\n", i%7)
		if i%2 == 0 {
			text += "  callback(null);"
		}
		e.retype(name, text+"};\n")
	}
	list := e.all(false)[name]
	if len(list) != 1 || list[0].Range.Start.Line != 1+199%7 {
		t.Errorf("got %+v, want one finding in line %d", list, 1+199%7)
	}
}

// FuzzServer sends any request to a server that is at work, and holds that it still answers afterwards.
func FuzzServer(f *testing.F) {
	for _, method := range []string{
		protocol.MethodTextDocumentHover, protocol.MethodTextDocumentCodeAction, protocol.MethodTextDocumentDidChange, protocol.MethodTextDocumentDidOpen,
		protocol.MethodWorkspaceExecuteCommand, protocol.MethodTextDocumentCompletion, protocol.MethodWorkspaceDidChangeConfiguration, "$/nonsense",
		protocol.MethodWorkspaceDidChangeWatchedFiles, protocol.MethodTextDocumentDiagnostic, protocol.MethodCodeActionResolve,
	} {
		f.Add(method, `{"textDocument":{"uri":"file:///a.js","version":3,"text":"x"},"position":{"line":0,"character":9},"contentChanges":[{"text":"a"}]}`)
		f.Add(method, `{"command":"handlervet.confirm","arguments":[{"uri":"a"}],"changes":[{"uri":"file:///%00","type":9}],"settings":{"handlervet":[]},"data":{}}`)
	}
	dir := project(f)
	here, there := net.Pipe()
	go func() { _ = server.Serve(context.Background(), there, server.Options{}) }()
	_, conn, s := protocol.NewClient(context.Background(), protocol.UnimplementedClient{}, jsonrpc2.NewHeaderStream(here))
	features := features{Folders: []string{"."}}
	if _, err := s.Initialize(context.Background(), features.params(dir)); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, method, params string) {
		if method == protocol.MethodShutdown || method == protocol.MethodExit || !json.Valid([]byte(params)) {
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		var result jsonrpc2.RawMessage
		_ = protocol.Call(ctx, conn, method, jsonrpc2.RawMessage(params), &result)
		_ = conn.Notify(ctx, method, jsonrpc2.RawMessage(params))
		if _, err := s.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: "handlervet.state"}); err != nil {
			t.Fatalf("after %s: %v", method, err)
		}
	})
}
