package server_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/server/documents"
)

// update writes what is found into the golden sections: go test ./internal/server -update
var update = flag.Bool("update", false, "write the golden sections of testdata/lsp")

const scripts = "../../testdata/lsp"

// script is one archive: files, what the editor can do (`client.json`), what it does (`script`), and what is to come of it (`@name`).
// testdata/lsp/README.md explains the commands and the marks.
type script struct {
	*editor
	features features
	archive  *txtar.Archive
	file     string
	used     map[string]bool
}

func TestScripts(t *testing.T) {
	found, err := filepath.Glob(scripts + "/*.txtar")
	if err != nil || len(found) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range found {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runScript(t, file)
		})
	}
}

func runScript(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{archive: archive, file: file, used: map[string]bool{}}
	s.features.Folders = []string{"."}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	lines := "open *\ncheck\n"
	for _, f := range archive.Files {
		switch {
		case f.Name == "client.json":
			if err := json.Unmarshal(f.Data, &s.features); err != nil {
				t.Fatal(err)
			}
		case f.Name == "script":
			lines = string(f.Data)
		case !strings.HasPrefix(f.Name, "@"):
			path := filepath.Join(dir, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.editor, _ = start(t, dir, s.features)
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			s.do(line)
		}
	}
	s.finish()
}

// finish holds that each golden section was asked for, and writes them if that is wanted.
func (s *script) finish() {
	for _, f := range s.archive.Files {
		if strings.HasPrefix(f.Name, "@") && !s.used[f.Name] {
			s.t.Errorf("nothing asks for the section %s", f.Name)
		}
	}
	if *update && !s.t.Failed() {
		if err := os.WriteFile(s.file, txtar.Format(s.archive), 0o644); err != nil {
			s.t.Error(err)
		}
	}
}

// golden holds something against a section.
func (s *script) golden(name, got string) {
	s.t.Helper()
	name = "@" + strings.TrimPrefix(name, "@")
	s.used[name] = true
	got = strings.ReplaceAll(got, s.dir, "$DIR")
	if got != "" && !strings.HasSuffix(got, "\n") {
		got += "\n"
	}
	for i := range s.archive.Files {
		f := &s.archive.Files[i]
		if f.Name != name {
			continue
		}
		if *update {
			f.Data = []byte(got)
		} else if string(f.Data) != got {
			s.t.Errorf("%s is not as expected.\ngot:\n%s\nwant:\n%s", name, got, f.Data)
		}
		return
	}
	if !*update {
		s.t.Errorf("there is no section %s for:\n%s", name, got)
		return
	}
	s.archive.Files = append(s.archive.Files, txtar.File{Name: name, Data: []byte(got)})
}

// do runs a line of the script.
func (s *script) do(line string) {
	s.t.Helper()
	command, rest, _ := strings.Cut(line, " ")
	name, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	switch command {
	case "open":
		s.openFiles(name)
	case "type": // type file `old` `new`
		old, text := quoted(s.t, rest)
		s.typeIn(name, old, text)
	case "act": // act file `place` `title`: does what an action does
		place, title := quoted(s.t, rest)
		s.act(name, place, title)
	case "save":
		s.save(name)
	case "close":
		s.close(name)
	case "disk": // disk file @section, or - to delete it
		s.disk(name, strings.TrimSpace(rest))
	case "folders": // folders added removed, - for none
		s.must(s.server.DidChangeWorkspaceFolders(s.t.Context(), &protocol.DidChangeWorkspaceFoldersParams{
			Event: protocol.WorkspaceFoldersChangeEvent{Added: s.folders(name), Removed: s.folders(strings.TrimSpace(rest))},
		}))
	case "check":
		s.check(true)
	case "marks": // like check, but other diagnostics are as they may
		s.check(false)
	case "list": // list @section
		s.golden(name, s.listing())
	case "run": // run command {arguments} @section
		i := strings.LastIndex(rest, " @")
		s.golden(rest[i+1:], s.run(name, rest[:i]))
	case "settings":
		s.settings(line[len(command):])
	case "messages":
		s.golden(name, strings.Join(s.messages, "\n---\n"))
	case "text": // text file @section
		s.golden(strings.TrimSpace(rest), s.text(name))
	case "pull": // pull file @section
		s.golden(strings.TrimSpace(rest), s.pull(name))
	case "wait": // wait file `text`: until a diagnostic says so
		s.wait(name, strings.Trim(rest, "` "))
	default:
		s.t.Fatalf("%s: unknown command %q", s.file, command)
	}
}

// quoted are the two texts between backquotes.
func quoted(t testing.TB, rest string) (a, b string) {
	t.Helper()
	parts := strings.Split(rest, "`")
	if len(parts) != 5 {
		t.Fatalf("expected `old` `new`, not %s", rest)
	}
	unescape := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	return unescape.Replace(parts[1]), unescape.Replace(parts[3])
}

func (s *script) openFiles(pattern string) {
	names := []string{pattern}
	if pattern == "*" {
		names = nil
		for _, f := range s.archive.Files {
			if f.Name != "client.json" && f.Name != "script" && !strings.HasPrefix(f.Name, "@") {
				names = append(names, f.Name)
			}
		}
	}
	for _, name := range names {
		item := &protocol.TextDocumentItem{URI: s.uri(name), LanguageID: "any", Version: 1, Text: s.text(name)}
		s.mu.Lock()
		s.open[name] = item
		s.mu.Unlock()
		s.must(s.server.DidOpen(s.t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: *item}))
	}
}

// typeIn replaces the first occurrence of a text, as an editor tells it.
func (s *script) typeIn(name, old, text string) {
	s.t.Helper()
	s.mu.Lock()
	d := s.open[name]
	at := strings.Index(d.Text, old)
	if at < 0 {
		s.mu.Unlock()
		s.t.Fatalf("%s does not hold %q", name, old)
	}
	index := position.New([]byte(d.Text))
	change := &protocol.TextDocumentContentChangePartial{Range: documents.Range(index, at, at+len(old), s.unit), Text: text}
	d.Text = d.Text[:at] + text + d.Text[at+len(old):]
	d.Version++
	id := protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: d.URI}, Version: d.Version}
	s.mu.Unlock()
	s.must(s.server.DidChange(s.t.Context(), &protocol.DidChangeTextDocumentParams{
		TextDocument: id, ContentChanges: []protocol.TextDocumentContentChangeEvent{change},
	}))
}

func (s *script) save(name string) {
	s.must(os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), []byte(s.text(name)), 0o644))
	s.must(s.server.DidSave(s.t.Context(), &protocol.DidSaveTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: s.uri(name)}}))
}

func (s *script) close(name string) {
	s.mu.Lock()
	delete(s.open, name)
	s.mu.Unlock()
	s.must(s.server.DidClose(s.t.Context(), &protocol.DidCloseTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: s.uri(name)}}))
}

// disk changes a file behind the editor's back, whose watcher sees it.
func (s *script) disk(name, section string) {
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	kind := protocol.FileChangeTypeChanged
	if _, err := os.Stat(path); err != nil {
		kind = protocol.FileChangeTypeCreated
	}
	if section == "-" {
		kind = protocol.FileChangeTypeDeleted
		s.must(os.Remove(path))
	}
	for _, f := range s.archive.Files {
		if f.Name == section {
			s.used[section] = true
			s.must(os.MkdirAll(filepath.Dir(path), 0o755))
			s.must(os.WriteFile(path, f.Data, 0o644))
		}
	}
	s.must(s.server.DidChangeWatchedFiles(s.t.Context(), &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: s.uri(name), Type: kind}},
	}))
}

// settings sends what workspace/didChangeConfiguration does.
func (s *script) settings(raw string) {
	var p protocol.DidChangeConfigurationParams
	s.must(protocol.Unmarshal([]byte(raw), &p))
	s.must(s.server.DidChangeConfiguration(s.t.Context(), &p))
}

func (s *script) folders(name string) []protocol.WorkspaceFolder {
	if name == "-" {
		return []protocol.WorkspaceFolder{}
	}
	return []protocol.WorkspaceFolder{{URI: s.uri(name), Name: name}}
}

// wait waits for a diagnostic that comes by itself.
func (s *script) wait(name, text string) {
	s.t.Helper()
	for range 20_000 {
		for _, d := range s.all(s.features.Pull)[name] {
			if strings.Contains(string(d.Message.(protocol.String)), text) {
				return
			}
		}
		time.Sleep(3 * time.Millisecond)
	}
	s.t.Errorf("%s: no diagnostic says %q", name, text)
}

// act does what an action at a place does: its edit, its command.
func (s *script) act(name, place, title string) {
	s.t.Helper()
	at := strings.Index(s.text(name), place)
	if at < 0 {
		s.t.Fatalf("%s does not hold %q", name, place)
	}
	m := mark{file: name, start: at, end: at + len(place)}
	for _, action := range s.actions(m) {
		if action.Title != strings.ReplaceAll(title, "'", "`") {
			continue
		}
		if action.Command.Command != "" {
			_, err := s.server.ExecuteCommand(s.t.Context(), &protocol.ExecuteCommandParams{Command: action.Command.Command, Arguments: action.Command.Arguments})
			s.must(err)
			return
		}
		if action.Edit == nil {
			resolved, err := s.server.CodeActionResolve(s.t.Context(), action)
			s.must(err)
			action = resolved
		}
		for changed, text := range s.apply(action.Edit) {
			s.retype(changed, text)
		}
		return
	}
	s.t.Fatalf("%s: no action %q at %q", name, title, place)
}

// run executes a command of the server; its result as indented JSON.
func (s *script) run(command, arguments string) string {
	arguments = strings.ReplaceAll(arguments, "$DIR", uri.File(s.dir).String())
	raw, err := s.server.ExecuteCommand(s.t.Context(), &protocol.ExecuteCommandParams{
		Command: command, Arguments: []protocol.LSPAny{protocol.LSPAny(arguments)},
	})
	if err != nil {
		return "error: " + err.Error()
	}
	var value any
	s.must(json.Unmarshal(raw, &value))
	text, err := json.MarshalIndent(value, "", "  ")
	s.must(err)
	return strings.ReplaceAll(string(text), uri.File(s.dir).String(), "$DIR")
}
