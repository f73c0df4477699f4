package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoJavaScript holds that the command can be installed without the replace directive: what it is made of
// reaches neither the parser's shim nor the interpreter.
func TestNoJavaScript(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if len(deps) < 20 {
		t.Fatalf("only %d packages: go list did not do its work", len(deps))
	}
	for _, dep := range deps {
		for _, banned := range []string{"evanw/esbuild", "dop251/goja", "handlervet/analyzers/js", "handlervet/analyzers/platform"} {
			if strings.Contains(dep, banned) {
				t.Errorf("depends on %s", dep)
			}
		}
	}
}

const demo = `package demo

import "net/http"

func Serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		http.Error(w, "no", http.StatusMethodNotAllowed)
	}
	w.Write(nil)
}
`

// TestTools runs the command the way it is meant to be run: by go vet and go fix.
func TestTools(t *testing.T) {
	dir := t.TempDir()
	tool := filepath.Join(dir, "handlervet-go")
	goTool(t, ".", "build", "-o", tool, ".")
	write(t, filepath.Join(dir, "go.mod"), "module example.com/demo\n\ngo 1.25\n")
	source := filepath.Join(dir, "a.go")
	write(t, source, demo)

	cmd := exec.Command("go", "vet", "-vettool="+tool, "./...")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "a.go:7:3: `http.Error` answers here, and `w.Write` is called") {
		t.Errorf("go vet: %v\n%s", err, out)
	}
	goTool(t, dir, "fix", "-fixtool="+tool, "./...")
	want := strings.Replace(demo, "NotAllowed)\n", "NotAllowed)\n\t\treturn\n", 1)
	if got, err := os.ReadFile(source); err != nil || string(got) != want {
		t.Errorf("go fix: %v\n%s", err, got)
	}
}

func goTool(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
