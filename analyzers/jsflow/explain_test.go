package jsflow_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// TestExplain asks what calls are taken for. In testdata/explain/*.txtar, `//= a promise` behind a line says what the
// last call of that line is to be taken for in the handler of the file whose first line is `// contract: value`.
func TestExplain(t *testing.T) {
	archives, err := filepath.Glob("testdata/explain/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p := newProject(ar)
		l := jsflow.New(p, modules.New(p), p.Files())
		for _, f := range ar.Files {
			if id, ok := strings.CutPrefix(firstLine(f.Data), "// contract: "); ok {
				tree, err := p.Parse(f.Name)
				if err != nil {
					t.Fatal(err)
				}
				x := l.Explainer(&platform.Handler{Handler: contract.Handler{File: f.Name, Contract: contractOf(id)}, Entry: entryOf(tree)})
				explained(t, x, f)
			}
		}
	}
}

func explained(t *testing.T, x *jsflow.Explainer, f txtar.File) {
	t.Helper()
	asked, start := 0, 0
	for line := range strings.Lines(string(f.Data)) {
		code, want, ok := strings.Cut(line, "//= ")
		if ok {
			asked++
			got, reached := x.Call(f.Name, start+strings.LastIndexByte(code, ')'))
			if want = strings.TrimSpace(want); got.Takes != want {
				t.Errorf("%s: %s: %q (%s; reached: %v), want %q", f.Name, strings.TrimSpace(code), got.Takes, got.Why, reached, want)
			}
		}
		start += len(line)
	}
	if asked == 0 {
		t.Errorf("%s asks nothing", f.Name)
	}
}
