package jsflow_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// FuzzLower holds that any program can be lowered and solved under every kind of contract: without a panic, within
// the bounds, and with ranges that lie in the file.
func FuzzLower(f *testing.F) {
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
			f.Add(string(x.Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := newProject(&txtar.Archive{Files: []txtar.File{{Name: "a.js", Data: []byte(text)}}})
		tree, err := p.Parse("a.js")
		if err != nil {
			return
		}
		for _, id := range []string{"callback", "response", "value"} {
			res, _ := p.run(tree, "a.js", id, flow.Limits{States: 2000})
			for _, o := range res.Outcomes {
				for _, s := range o.Steps {
					if s.Range.Start < 0 || s.Range.Start > s.Range.End || s.Range.End > len(text) {
						t.Errorf("step %q has the range %v of %d bytes", s.Text, s.Range, len(text))
					}
				}
			}
		}
	})
}
