// Package layout holds what the tree looks like: how long files are, what
// reaches what, and that nothing in it comes from one machine.
package layout

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	top    = "../.."
	module = "github.com/handlervet/handlervet"
)

// maxLines is how long a Go file may be.
const maxLines = 400

// files calls visit with every file of the tree that belongs to the project, by its name below the top.
func files(t *testing.T, visit func(name string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, file)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if d.IsDir() {
			if name == ".git" || name == ".ci/tools" || name == "dist" || d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		visit(name, text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFileLength(t *testing.T) {
	seen := 0
	files(t, func(name string, text []byte) {
		if path.Ext(name) != ".go" {
			return
		}
		seen++
		if n := bytes.Count(text, []byte("\n")); n > maxLines {
			t.Errorf("%s has %d lines, more than %d: split it by what its parts do", name, n, maxLines)
		}
	})
	if seen == 0 {
		t.Error("no Go files found")
	}
}

// machine is what paths of somebody's machine begin with. It does not match its own text.
var machine = regexp.MustCompile(`(^|[^\w./-])/(ro{2}t|w[o]rk|tmp/[b]ash|h[o]me/[a-z]+|U[s]ers/[A-Za-z]+)/`)

func TestNoMachinePaths(t *testing.T) {
	if !machine.MatchString(`"/home/` + `ada/x"`) {
		t.Fatal("the pattern does not work")
	}
	files(t, func(name string, text []byte) {
		if path.Base(name) == "go.sum" || bytes.IndexByte(text, 0) >= 0 {
			return
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			if m := machine.Find(line); m != nil {
				t.Errorf("%s:%d names a path of a machine: %s", name, i+1, m)
			}
		}
	})
}

// vague are names that say nothing about what a package is for.
var vague = regexp.MustCompile(`(^|/)(utils?|commons?|helpers?|misc|shared|base)/`)

func TestNamesSaySomething(t *testing.T) {
	files(t, func(name string, _ []byte) {
		if path.Ext(name) == ".go" && vague.MatchString(name) {
			t.Errorf("%s: name the folder after what it does", name)
		}
	})
}

// parts are those that must not reach something, however long the way. Direct imports are depguard's (.golangci.yml).
var parts = []struct {
	folder string
	never  []string
}{
	{"analyzers/flow", []string{module + "/", "github.com/evanw/esbuild", "github.com/dop251/goja"}},
	{"analyzers/contract", light},
	{"rules", light},
	{"analyzers/jsparse", []string{module + "/rules", module + "/internal", "github.com/evanw/esbuild/pkg", "github.com/dop251/goja"}},
	{"analyzers/jstype", []string{module + "/", "github.com/evanw/esbuild", "github.com/dop251/goja"}},
	{"analyzers/jsflow", []string{module + "/rules", module + "/internal", "github.com/evanw/esbuild/pkg", "github.com/dop251/goja"}},
	{"rules/all", []string{module + "/internal", module + "/analyzers/jsflow", "github.com/evanw/esbuild/pkg", "github.com/dop251/goja"}},
	{"analyzers/goflow", light},
	{"rules/gorule", light},
	{"rules/allgo", light},
	{"cmd/handlervet-go", light},
	{"integrations/golangci", light},
}

// light is what the Go side never reaches: with it, `go get -tool` and `golangci-lint custom` would need the replace.
var light = []string{"github.com/evanw/esbuild", "github.com/dop251/goja", module + "/analyzers/jsparse"}

func TestReach(t *testing.T) {
	checked := 0
	for _, p := range parts {
		if found, _ := filepath.Glob(filepath.Join(top, p.folder, "*.go")); len(found) == 0 {
			continue // a part that is still to come
		}
		checked++
		own := module + "/" + p.folder
		for _, reached := range dependencies(t, own) {
			for _, never := range p.never {
				if reached != own && strings.HasPrefix(reached+"/", strings.TrimSuffix(never, "/")+"/") {
					t.Errorf("%s reaches %s", p.folder, reached)
				}
			}
		}
	}
	if checked < 4 {
		t.Errorf("only %d parts found", checked)
	}
}

func dependencies(t *testing.T, pkg string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", pkg)
	cmd.Dir = top
	var trouble bytes.Buffer
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, trouble.String())
	}
	return strings.Fields(string(out))
}
