package merge_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/internal/merge"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/report"
)

const top = "../.."

// sarif is what `handlervet check --format sarif` writes.
func sarif(t *testing.T, dir string, shard pipeline.Shard) []byte {
	t.Helper()
	out, err := pipeline.Run(context.Background(), pipeline.Options{Root: dir, Rules: project.Rules(), NeedsReason: true, Shard: shard})
	if err != nil {
		t.Fatal(err)
	}
	r := &report.Report{
		Version: "1.2.3", Findings: out.Findings, Suppressed: out.Suppressed, Rules: project.Rules(), Shard: shard.String(), Used: out.Used(),
		Texts: func(file string) ([]byte, bool) { text, err := out.Read(file); return text, err == nil },
	}
	for _, p := range out.Problems {
		r.Problems = append(r.Problems, report.Problem{File: p.File, Text: "it cannot be read"})
	}
	var b bytes.Buffer
	if err := report.SARIF(&b, r, report.Options{Suppressed: true}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func merged(t *testing.T, inputs []merge.Input) []byte {
	t.Helper()
	log, err := merge.SARIF(inputs)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := log.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestShardsAreTheWhole holds that shards, merged in any order, are what one check says, byte for byte.
func TestShardsAreTheWhole(t *testing.T) {
	for name, dir := range trees(t) {
		t.Run(name, func(t *testing.T) {
			whole := sarif(t, dir, pipeline.Shard{})
			if bytes.Count(whole, []byte(`"ruleId"`)) < 3 {
				t.Fatal("there is nothing to split")
			}
			for count := 1; count <= 7; count++ {
				var inputs []merge.Input
				for i := count; i >= 1; i-- {
					shard := pipeline.Shard{Index: i, Count: count}
					inputs = append(inputs, merge.Input{Name: shard.String(), Text: sarif(t, dir, shard)})
				}
				if got := merged(t, inputs); !bytes.Equal(got, whole) {
					t.Errorf("%d shards: %s", count, difference(whole, got))
				}
			}
		})
	}
}

// trees are the demo, all projects of testdata in one, and a tree where handlers share a helper: HANDLERVET_TREES may name more, with colons.
func trees(t *testing.T) map[string]string {
	t.Helper()
	dirs := map[string]string{"demo": filepath.Join(top, "demo"), "testdata": t.TempDir(), "shared": t.TempDir()}
	for _, dir := range filepath.SplitList(os.Getenv("HANDLERVET_TREES")) {
		dirs[filepath.Base(dir)] = dir
	}
	archives, err := filepath.Glob(top + "/testdata/*-*/*.txtar")
	if err != nil || len(archives) < 20 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, file := range archives {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rule := filepath.Base(filepath.Dir(file))
		unpack(t, filepath.Join(dirs["testdata"], rule, strings.TrimSuffix(filepath.Base(file), ".txtar")), a)
	}
	shared, err := txtar.ParseFile("testdata/shared.txtar")
	if err != nil {
		t.Fatal(err)
	}
	unpack(t, dirs["shared"], shared)
	for name, dir := range dirs {
		abs, err := filepath.Abs(dir)
		if err != nil {
			t.Fatal(err)
		}
		dirs[name] = abs
	}
	return dirs
}

func unpack(t *testing.T, dir string, a *txtar.Archive) {
	t.Helper()
	for _, f := range a.Files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// difference is the first line that two texts do not share.
func difference(want, got []byte) string {
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is\n%s\nand should be\n%s", i+1, strings.Join(b[max(0, i-12):i+1], "\n"), a[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(b), len(a))
}

func TestWrongInputs(t *testing.T) {
	dir := filepath.Join(top, "demo")
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	shard := func(i, n int) merge.Input {
		return merge.Input{Name: fmt.Sprintf("%d-%d.sarif", i, n), Text: sarif(t, abs, pipeline.Shard{Index: i, Count: n})}
	}
	whole := merge.Input{Name: "whole.sarif", Text: sarif(t, abs, pipeline.Shard{})}
	old := merge.Input{Name: "old.sarif", Text: bytes.ReplaceAll(whole.Text, []byte(`"1.2.3"`), []byte(`"1.2.2"`))}
	foreign := merge.Input{Name: "foreign.sarif", Text: []byte(`{"runs": [{"tool": {"driver": {"name": "other"}}}]}`)}
	for want, inputs := range map[string][]merge.Input{
		"no reports to merge":                       nil,
		"foreign.sarif: not a report of handlervet": {foreign},
		"x: not valid SARIF":                        {{Name: "x", Text: []byte("[")}},
		"shard 2/3 is missing":                      {shard(3, 3), shard(1, 3)},
		"shard 3/3 is missing":                      {shard(1, 3), shard(2, 3)},
		"are both shard 1/2":                        {shard(1, 2), shard(2, 2), shard(1, 2)},
		"they are not parts of the same check":      {shard(1, 2), whole},
		"write both with the same version":          {whole, old},
	} {
		if _, err := merge.SARIF(inputs); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if twice := merged(t, []merge.Input{whole, whole}); !bytes.Equal(twice, whole.Text) {
		t.Errorf("a report merged with itself: %s", difference(whole.Text, twice))
	}
}

func FuzzSARIF(f *testing.F) {
	f.Add([]byte(`{"runs":[{"tool":{"driver":{"name":"handlervet"}},"results":[{"ruleId":"a"},1,null],"properties":{"shard":"1/1","usedSuppressions":[1,{}]}}]}`))
	f.Add([]byte(`{"runs":[{"tool":{"driver":{"name":"handlervet","rules":[1,{}]}},"invocations":[{"toolExecutionNotifications":[1]},2]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		log, err := merge.SARIF([]merge.Input{{Name: "a", Text: text}, {Name: "b", Text: text}})
		if err == nil {
			_ = log.Write(&bytes.Buffer{})
		}
	})
}
