package confirm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules/all"
)

// TestSeeds confirms what is found in the examples that the platforms' own guides warn of. testdata/seeds.golden is what a reader is told.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob("../../testdata/seeds/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no seeds", err)
	}
	var b strings.Builder
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		confirmSeed(t, &b, strings.TrimSuffix(filepath.Base(name), ".txtar"), archive)
	}
	const golden = "testdata/seeds.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func confirmSeed(t *testing.T, b *strings.Builder, name string, archive *txtar.Archive) {
	root := t.TempDir()
	for _, f := range archive.Files {
		to := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := pipeline.Run(context.Background(), pipeline.Options{Root: root, Rules: all.Rules()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range out.Findings {
		f := &out.Findings[i]
		h := handlerOf(f, out.Handlers)
		if h == nil || questions()[f.Rule].shows == nil {
			continue
		}
		line := position.New([]byte(out.Text(f.Range.File))).Line(f.Range.Start)
		r := Judge(context.Background(), TaskFor(root, h, out.Findings[i:i+1]))[0]
		fmt.Fprintf(b, "%s: %s:%d [%s] %s %s\n", name, f.Range.File, line, f.Rule, r.Verdict, r.Reason)
		for _, w := range r.Witness {
			b.WriteString("  " + w + "\n")
		}
		if r.Verdict == Refuted {
			t.Errorf("%s: %s is wrongly refuted", name, f.Rule)
		}
	}
}
