package confirm

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden runs hand-made findings. A case's comment is lines of `key: value`: contract, export, file, then for each
// finding `rule-name: text`, where the text stands in the file once and is the finding's range. The file `want` is what came of it.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := answerFor(t, archive)
			if *update {
				setFile(archive, "want", got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil { //nolint:gosec // a test's own data
					t.Fatal(err)
				}
				return
			}
			if want := string(file(archive, "want")); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func file(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func setFile(a *txtar.Archive, name, text string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(text)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
}

// taskOf writes a case's files to a directory and makes its task.
func taskOf(t testing.TB, a *txtar.Archive) *Task {
	t.Helper()
	task := &Task{Root: t.TempDir(), Line: 1}
	for _, f := range a.Files {
		if f.Name == "want" {
			continue
		}
		to := filepath.Join(task.Root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // a test's own data
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o644); err != nil { //nolint:gosec // a test's own data
			t.Fatal(err)
		}
	}
	for line := range strings.Lines(string(a.Comment)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case !ok:
		case key == "contract":
			task.Contract = value
		case key == "export":
			task.Export = value
		case key == "method":
			task.Method = value
		case key == "file":
			task.File = value
		default:
			text := file(a, task.File)
			at := bytes.Index(text, []byte(value))
			if at < 0 || bytes.Count(text, []byte(value)) > 1 {
				t.Fatalf("%q does not stand in %s once", value, task.File)
			}
			task.Claims = append(task.Claims, Claim{Rule: key, Range: flow.Range{File: task.File, Start: at, End: at + len(value)}})
		}
	}
	if i := bytes.Index(file(a, task.File), []byte("/* handler */")); i >= 0 {
		task.Line = 1 + bytes.Count(file(a, task.File)[:i], []byte("\n"))
	}
	if platform.ContractByID(task.Contract) == nil {
		t.Fatalf("no contract %q", task.Contract)
	}
	return task
}

func answerFor(t *testing.T, a *txtar.Archive) string {
	task := taskOf(t, a)
	var b strings.Builder
	for i, r := range Judge(context.Background(), task) {
		b.WriteString(task.Claims[i].Rule + ": " + string(r.Verdict))
		if r.Reason != "" {
			b.WriteString(": " + r.Reason)
		}
		b.WriteByte('\n')
		for _, line := range r.Witness {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}
