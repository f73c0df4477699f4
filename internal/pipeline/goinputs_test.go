package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGoInputs holds what the Go rules' answers rest on: each of these changes makes an earlier answer worthless, and the way back
// makes it good again.
func TestGoInputs(t *testing.T) {
	outer := t.TempDir()
	root, mods := filepath.Join(outer, "project"), filepath.Join(outer, "mods")
	t.Setenv("GOMODCACHE", mods)
	t.Setenv("GOPATH", filepath.Join(outer, "gopath"))
	for _, name := range []string{"GOFLAGS", "GOWORK", "GOENV"} {
		t.Setenv(name, "")
	}
	write(t, filepath.Join(root, "api/fn/go.mod"), "module example.com/fn\n\nrequire example.com/Dep v1.0.0\n\nreplace example.com/near => ../../../near\n")
	write(t, filepath.Join(root, "api/fn/go.sum"), "example.com/sum v1.2.3 h1:x=\n")
	write(t, filepath.Join(root, "api/fn/main.go"), "package fn\n")
	write(t, filepath.Join(outer, "near/near.go"), "package near\n")
	checked := []string{"api/fn/go.mod", "api/fn/go.sum", "api/fn/main.go"}
	o := Options{Root: root}
	in := goInputsOf(&o, checked)
	if in == nil || !in.hold(&o, checked) {
		t.Fatal("what did not change does not hold")
	}
	for name, file := range map[string]string{
		"a file that is not checked":       filepath.Join(root, "api/fn/ignored.go"),
		"a file that may be embedded":      filepath.Join(root, "api/fn/page.html"),
		"vercel.json above":                filepath.Join(root, "vercel.json"),
		"a workspace above":                filepath.Join(root, "api/go.work"),
		"a workspace above the root":       filepath.Join(outer, "go.work"),
		"a module in place of another":     filepath.Join(outer, "near/more.go"),
		"a dependency that was downloaded": filepath.Join(mods, "cache/download/example.com/!dep/@v/v1.0.0.zip"),
		"one that only go.sum names":       filepath.Join(mods, "cache/download/example.com/sum/@v/v1.2.3.zip"),
	} {
		write(t, file, "package x\n")
		if in.hold(&o, checked) {
			t.Errorf("%s is not seen", name)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if !in.hold(&o, checked) {
			t.Errorf("%s is still seen", name)
		}
	}
	t.Setenv("GOFLAGS", "-tags=x")
	if in.hold(&o, checked) {
		t.Error("build flags are not seen")
	}
	t.Setenv("GOFLAGS", "")
	write(t, filepath.Join(root, "api/fn/main.go"), "package fn // changed\n")
	if in.hold(&o, checked) {
		t.Error("a change is not seen")
	}
	workspace := filepath.Join(root, "api/go.work")
	write(t, workspace, "go 1.26\n")
	if in = goInputsOf(&o, checked); in == nil {
		t.Fatal("no inputs")
	}
	write(t, workspace, "go 1.26\nuse ./fn\n")
	if in.hold(&o, checked) {
		t.Error("a change of a workspace is not seen")
	}
	if goInputsOf(&o, []string{"a.js"}) != nil {
		t.Error("scripts have Go inputs")
	}
}
