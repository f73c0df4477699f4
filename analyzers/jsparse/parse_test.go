package jsparse

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// update rewrites the golden trees: go test ./analyzers/jsparse -update
var update = flag.Bool("update", false, "rewrite the trees in testdata")

// TestTrees compares trees, and the bytes that each node covers, with those in testdata: `x.js.tree` belongs to `x.js`.
func TestTrees(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { compareTrees(t, file) })
	}
}

func compareTrees(t *testing.T, file string) {
	old, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range old.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: old.Comment}
	for _, f := range old.Files {
		if strings.HasSuffix(f.Name, ".tree") {
			continue
		}
		got := treeOf(t, f)
		if !*update && got != want[f.Name+".tree"] {
			t.Errorf("%s: the tree is\n%s", f.Name, got)
		}
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".tree", Data: []byte(got)})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func treeOf(t *testing.T, f txtar.File) string {
	tree, err := Parse(f.Name, f.Data)
	var syntax *SyntaxError
	if errors.As(err, &syntax) {
		return "error at " + string(f.Data[syntax.Span.Start:syntax.Span.End]) + ": " + syntax.Message + "\n"
	}
	if f.Name == "made.ts" {
		return dump(tree) // nodes that stand for what TypeScript makes of the text have no bytes of their own
	}
	checkTree(tree, func(format string, a ...any) { t.Errorf(f.Name+": "+format, a...) })
	return dump(tree)
}

// FuzzParse holds that no text makes the parser panic, and that the nodes of what parses stay inside it.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range ar.Files {
			f.Add(string(x.Data), filepath.Ext(x.Name) == ".ts")
		}
	}
	f.Fuzz(func(t *testing.T, text string, typed bool) {
		name := "a.js"
		if typed {
			name = "a.ts"
		}
		tree, err := Parse(name, []byte(text))
		var syntax *SyntaxError
		switch {
		case errors.As(err, &syntax):
			if syntax.Internal {
				t.Fatal(err)
			}
			return
		case err != nil:
			t.Fatal(err)
		}
		for _, s := range tree.Body {
			Walk(s, func(n Node) bool {
				if sp := n.Span(); sp.Start < 0 || sp.Start > sp.End || sp.End > len(tree.Text) {
					t.Fatalf("%T covers %v of %d bytes", n, sp, len(tree.Text))
				}
				return true
			})
		}
	})
}
