package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestTables runs the command on each archive of testdata: two reports, reasons, a project, and what is printed.
func TestTables(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			want := ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				write(t, filepath.Join(root, f.Name), strings.ReplaceAll(string(f.Data), "$ROOT", filepath.ToSlash(root)))
			}
			at := func(name string) string { return filepath.Join(root, name) }
			a := arguments{root: root, reasons: at("reasons.json"), calls: at("calls.json"), lint: at("eslint.json"),
				findings: at("handlervet.json"), list: true, projects: strings.Fields(string(archive.Comment))}
			var got strings.Builder
			if err := a.run(t.Context(), &got); err != nil {
				got.WriteString("error: " + strings.ReplaceAll(err.Error(), filepath.ToSlash(root), "$ROOT") + "\n")
			}
			if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
