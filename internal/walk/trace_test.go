package walk

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestTrace holds that a trace sees whatever changes the names that a walk finds, and nothing else.
func TestTrace(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	file := func(dir, name, text string) string {
		t.Helper()
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return at
	}
	file(root, "a.js", "")
	file(root, "deep/er/b.js", "")
	ignores := file(root, ".gitignore", "ignored\n")
	file(root, "ignored/c.js", "")
	target := file(outside, "d.js", "")
	if err := os.Symlink(target, filepath.Join(root, "d.js")); err != nil {
		t.Skip("no links here:", err)
	}
	o := Options{Root: root, Trace: true}
	if Walk(o).Trace != nil {
		t.Error("what is this young can be relied on")
	}
	time.Sleep(granularity + 100*time.Millisecond)
	trace := Walk(o).Trace
	if trace == nil {
		t.Skip("the file system does not tell enough")
	}
	if len(trace.Names) != 4 || len(trace.Links) != 1 || !trace.Links[0].Taken {
		t.Errorf("%+v", trace)
	}
	holds := func(want bool, what string) {
		t.Helper()
		if trace.Holds(root) != want {
			t.Errorf("%s: holds is %v", what, !want)
		}
	}
	holds(true, "nothing happened")
	file(root, "deep/er/b.js", "changed")
	file(root, "ignored/new.js", "")
	holds(true, "a text changed, and an ignored file is new")
	gone := filepath.Join(outside, "gone.js")
	if err := os.Rename(target, gone); err != nil {
		t.Fatal(err)
	}
	holds(false, "a link leads nowhere")
	if err := os.Rename(gone, target); err != nil {
		t.Fatal(err)
	}
	holds(true, "it leads where it led")
	info, err := os.Stat(ignores)
	if err != nil {
		t.Fatal(err)
	}
	file(root, ".gitignore", "ignores\n")
	if err := os.Chtimes(ignores, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
	holds(false, "other names are ignored")
	if Walk(Options{Root: root, Paths: []string{filepath.Join(root, "deep")}, Trace: true}).Trace != nil {
		t.Error("a part of a tree has a trace")
	}
	time.Sleep(granularity + 100*time.Millisecond)
	trace = Walk(o).Trace
	holds(true, "it was walked again")
	dir := filepath.Join(root, "deep", "er")
	old, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "b.js"), filepath.Join(dir, "e.js")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(dir, time.Time{}, old.ModTime()); err != nil {
		t.Fatal(err)
	}
	holds(false, "a file was renamed, and the time of its directory set back")
}
