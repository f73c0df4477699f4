package golangci

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
)

func TestRegistered(t *testing.T) {
	build, err := register.GetPlugin("handlervet")
	if err != nil {
		t.Fatal(err)
	}
	p, err := build(map[string]any{"disable": []any{"detached-context"}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, a := range list {
		names += a.Name + " "
	}
	if strings.Contains(names, "detachedcontext") || !strings.Contains(names, "doublecompletion") {
		t.Errorf("analyzers are %s", names)
	}
	if _, err := build(map[string]any{"disable": []any{"double-complete"}}); err == nil {
		t.Error("an unknown rule is accepted")
	}
}

// TestNoJavaScript holds that a custom build needs no replace directive.
func TestNoJavaScript(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "handlervet/rules/allgo") {
		t.Fatal("go list did not do its work")
	}
	for _, banned := range []string{"evanw/esbuild", "dop251/goja"} {
		if strings.Contains(string(out), banned) {
			t.Errorf("depends on %s", banned)
		}
	}
}

// TestCustom builds golangci-lint with the plug-in and lets it check a module. It takes minutes, and `golangci-lint custom`
// clones the linter's own repository, so it runs only if it is asked for.
func TestCustom(t *testing.T) {
	if os.Getenv("HANDLERVET_SLOW") != "1" {
		t.Skip("slow, and clones golangci-lint: set HANDLERVET_SLOW=1")
	}
	tool, err := exec.LookPath("golangci-lint")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	version, err := exec.Command(tool, "version", "--short").Output()
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, ".custom-gcl.yml", "version: v"+strings.TrimPrefix(strings.TrimSpace(string(version)), "v")+
		"\nname: linter\nplugins:\n  - module: github.com/handlervet/handlervet\n    import: github.com/handlervet/handlervet/integrations/golangci\n    path: "+root+"\n")
	run(t, dir, tool, "custom")
	write(t, dir, ".golangci.yml", `version: "2"
linters:
  default: none
  enable: [handlervet]
  settings:
    custom:
      handlervet:
        type: module
`)
	write(t, dir, "go.mod", "module example.com/demo\n\ngo 1.26\n")
	write(t, dir, "a.go", `package demo

import "net/http"

func Serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		http.Error(w, "no", http.StatusMethodNotAllowed)
	}
	w.Write(nil)
}
`)
	cmd := exec.Command(filepath.Join(dir, "linter"), "run", "./...")
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput() // it fails: there is a finding
	if !strings.Contains(string(out), "a.go:7") || !strings.Contains(string(out), "doublecompletion") {
		t.Errorf("it says:\n%s", out)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}
