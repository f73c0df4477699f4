package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

// TestCappedIsSilent holds that a handler which is too much for the solver is counted, and nothing is said of its paths.
func TestCappedIsSilent(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(".twilioserverlessrc", "{}")
	write("functions/a.js", "exports.handler = async (context, event, callback) => { if (event.a) await fetch('x'); if (event.b) callback(null); };")
	paths := -1
	rule := rules.Rule{Name: "paths", Check: func(s *rules.Subject, _ func(rules.Finding)) { paths = len(s.Result.Outcomes) }}
	run := func(limits flow.Limits) *Outcome {
		t.Helper()
		out, err := Run(context.Background(), Options{Root: dir, Rules: []rules.Rule{rule}, Limits: limits})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := run(flow.Limits{}); out.Stats.Capped != 0 || paths == 0 {
		t.Errorf("without a bound: %d capped, %d paths", out.Stats.Capped, paths)
	}
	if out := run(flow.Limits{States: 3}); out.Stats.Capped != 1 || paths != 0 {
		t.Errorf("with a bound: %d capped, %d paths", out.Stats.Capped, paths)
	}
}
