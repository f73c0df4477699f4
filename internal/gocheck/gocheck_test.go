package gocheck

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestCheck compares what is found in the projects of testdata with the part `want` of each.
func TestCheck(t *testing.T) {
	t.Setenv("GOWORK", "")
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOPROXY", "off")
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no projects", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			var names []string
			want := ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				if f.Name == "go.work" {
					t.Setenv("GOFLAGS", "") // -mod=mod is refused in a workspace
				}
				names = append(names, f.Name)
				write(t, filepath.Join(root, f.Name), f.Data)
			}
			got := lines(t, root, Check(context.Background(), Options{Root: root, Files: names}))
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func write(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// lines writes findings as the tests compare them: place, rule, and how the message begins.
func lines(t *testing.T, root string, res *Result) string {
	t.Helper()
	var list []string
	for _, f := range res.Findings {
		text, err := os.ReadFile(filepath.Join(root, f.Range.File))
		if err != nil {
			t.Fatal(err)
		}
		what, _, _ := strings.Cut(f.Message, ": ")
		list = append(list, fmt.Sprintf("%s:%d %s %s\n", f.Range.File, 1+strings.Count(string(text[:f.Range.Start]), "\n"), f.Rule, what))
	}
	slices.Sort(list)
	return strings.Join(list, "") + fmt.Sprintf("%d modules, %d packages, %d handlers\n", res.Modules, res.Packages, res.Handlers)
}

func TestNoModules(t *testing.T) {
	res := Check(context.Background(), Options{Root: t.TempDir(), Files: []string{"a.js", "b.go", "x/testdata/go.mod", "gone.go"}})
	if len(res.Findings) > 0 || res.Modules > 0 {
		t.Errorf("something was loaded: %+v", res)
	}
}

func TestSkip(t *testing.T) {
	if n := len(chosen(func(rule string) bool { return rule != "double-completion" })); n != 1 {
		t.Errorf("%d analyzers are left", n)
	}
}

// TestOverlay checks a text that is not on the disk.
func TestOverlay(t *testing.T) {
	t.Setenv("GOFLAGS", "-mod=mod")
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), []byte("module example.com/overlay\n\ngo 1.25\n"))
	write(t, filepath.Join(root, "a.go"), []byte("package overlay\n"))
	text := "package overlay\n\nimport \"net/http\"\n\nfunc Serve(w http.ResponseWriter, r *http.Request) {\n\thttp.NotFound(w, r)\n\tw.WriteHeader(200)\n}\n"
	res := Check(context.Background(), Options{
		Root: root, Files: []string{"a.go", "go.mod"}, Overlay: map[string]string{"a.go": text},
	})
	if len(res.Findings) != 1 || res.Findings[0].Rule != "double-completion" {
		t.Errorf("found %v", res.Findings)
	}
	if !Parses("a.go", text) || Parses("a.go", text+"}") {
		t.Error("what is Go and what is not")
	}
}
