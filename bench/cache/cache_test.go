package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	got := median([]cost{{3, 1}, {1, 9}, {2, 5}})
	if got != (cost{2, 5}) {
		t.Errorf("%v", got)
	}
}

// TestTable measures a small tree and holds that a line comes out for each state, and that the tree stays as it is.
func TestTable(t *testing.T) {
	dir := t.TempDir()
	text := "exports.handler = (context, event, callback) => { if (event.x) callback(null); };\n"
	file := filepath.Join(dir, "functions", "a.js")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	t.Chdir("../..")
	if err := measure(&b, dir, "", 1, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"functions/a.js", "nothing known, nothing kept", "nothing changed", "one file changed", "100.0 %"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != text {
		t.Errorf("the tree was changed: %q %v", after, err)
	}
}
