package ruletest

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/internal/fix"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// update rewrites the .fixed files: go test ./internal/ruletest -update
var update = flag.Bool("update", false, "rewrite the .fixed files of testdata")

// folder is testdata/<rule>.
func folder(rule string) string { return filepath.Join("..", "..", "testdata", rule) }

// TestRules runs each rule on its projects.
func TestRules(t *testing.T) {
	for _, r := range all.Rules() {
		files, err := filepath.Glob(filepath.Join(folder(r.Name), "*.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) < 2 {
			t.Errorf("testdata/%s has no bad.txtar and good.txtar", r.Name)
		}
		for _, file := range files {
			t.Run(r.Name+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				p := Read(t, file)
				found := p.Check(t, r.Name).Findings
				p.Compare(t, r.Name, found)
				p.fixes(t, r.Name, found)
				p.golden(t, r.Name, file, found)
			})
		}
	}
}

// fixes holds that each fix leaves a file that parses, and that what it mends is gone.
func (p Project) fixes(t *testing.T, rule string, found []rules.Finding) {
	for _, f := range found {
		if f.Rule != rule {
			continue
		}
		for _, x := range f.Fixes {
			one := f
			one.Fixes = []rules.Fix{x}
			after := p.apply(t, []rules.Finding{one})
			for _, g := range after.Check(t, rule).Findings {
				if g.Rule == "syntax-error" {
					t.Errorf("%s: %q breaks the file: %s", f.Range.File, x.Title, g.Message)
				}
				if g.Fingerprint == f.Fingerprint {
					t.Errorf("%s:%d: %q does not mend it:\n%s", f.Range.File, p.line(f.Range.File, f.Range.Start), x.Title, after[f.Range.File])
				}
			}
		}
	}
}

// apply is the project with the fixes of findings applied, unsafe ones too.
func (p Project) apply(t *testing.T, found []rules.Finding) Project {
	t.Helper()
	res, err := fix.Apply(found, true, fix.Source{
		Text:  func(file string) (string, error) { return p[file], nil },
		Valid: pipeline.Parses,
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.Refused > 0 {
		t.Errorf("%d fixes would break their files", res.Refused)
	}
	out := maps.Clone(p)
	maps.Copy(out, res.Changed)
	return out
}

// golden compares the files that have a .fixed twin with what the rule's fixes make of them.
func (p Project) golden(t *testing.T, rule, file string, found []rules.Finding) {
	mine := slices.DeleteFunc(slices.Clone(found), func(f rules.Finding) bool { return f.Rule != rule })
	after := p.apply(t, mine)
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := false
	for i, f := range a.Files {
		of, ok := strings.CutSuffix(f.Name, ".fixed")
		if !ok || string(f.Data) == after[of] {
			continue
		}
		if *update {
			a.Files[i].Data, changed = []byte(after[of]), true
			continue
		}
		t.Errorf("%s is fixed to:\n%s", of, after[of])
	}
	if changed {
		if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
