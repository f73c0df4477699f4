package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// made is a release from a checkout, by file name. The time of the commit is given, because a copy has no commits.
func made(t *testing.T, top string, env []string, flags ...string) map[string][]byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "dist")
	args := append([]string{"run", "./internal/release"}, flags...)
	trial.Must(t, top, append(env, "SOURCE_DATE_EPOCH=1700000000"), "go", append(args, "1.2.3", out)...)
	files, err := below(out)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{}
	for _, f := range files {
		if texts[f.name], err = os.ReadFile(f.file); err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

// TestSameBytes makes a release twice, the second time from a copy of the checkout somewhere else. It takes this machine's
// platform; with HANDLERVET_SLOW=1 all platforms, npm's packages and an empty build cache.
func TestSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("builds handlervet for a release")
	}
	top, elsewhere := trial.Top(t), t.TempDir()
	for name := range strings.SplitSeq(trial.Must(t, top, nil, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00") {
		text, err := os.ReadFile(filepath.Join(top, name))
		if name == "" || errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		trial.Write(t, elsewhere, map[string]string{name: string(text)})
	}
	platform := runtime.GOOS + "-" + runtime.GOARCH
	flags, env := []string{"-npm=false", "-only", platform}, []string{}
	if os.Getenv("HANDLERVET_SLOW") == "1" {
		flags, env = nil, []string{"GOCACHE=" + t.TempDir()}
	}
	first, second := made(t, top, nil, flags...), made(t, elsewhere, env, flags...)
	for name, text := range first {
		if !bytes.Equal(text, second[name]) {
			t.Errorf("%s is not the same each time", name)
		}
	}
	if len(first) != len(second) || len(first["SHA256SUMS"]) == 0 {
		t.Errorf("there are %d files, and %d the second time", len(first), len(second))
	}
	whole(t, first, platform)
}

// whole looks into a release.
func whole(t *testing.T, files map[string][]byte, platform string) {
	name := "handlervet-1.2.3-" + platform
	if pages, _ := unpack(t, files["handlervet-1.2.3-site.tar.gz"]); !slices.Contains(pages, "handlervet-1.2.3-site/rules/missing-completion.html") {
		t.Errorf("the site has only %v", pages)
	}
	if text := files[name+".tar.gz"]; text != nil {
		names, binary := unpack(t, text)
		for _, want := range []string{"/LICENSE", "/README.md", "/handlervet", "/man/handlervet.1", "/man/handlervet-check.1", "/completions/_handlervet", "/completions/handlervet.bash"} {
			if !slices.Contains(names, name+want) {
				t.Errorf("the archive has no %s: %v", want, names)
			}
		}
		if said := trial.Must(t, ".", nil, binary, "version"); !strings.HasPrefix(said, "handlervet 1.2.3 (") {
			t.Errorf("the binary says %s", said)
		}
		if text, err := os.ReadFile(binary); err != nil || bytes.Contains(text, []byte(trial.Top(t))) {
			t.Errorf("the binary knows where it was built (%v)", err)
		}
	}
	var bill struct {
		BOMFormat  string
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal(files[name+".cdx.json"], &bill); err != nil || bill.BOMFormat != "CycloneDX" {
		t.Fatalf("the bill of materials: %v, %+v", err, bill)
	}
	var names []string
	for _, c := range bill.Components {
		names = append(names, c.Name)
		if c.Version == "" {
			t.Errorf("%s has no version", c.Name)
		}
	}
	if !slices.Contains(names, "github.com/evanw/esbuild") || slices.Contains(names, "github.com/evanw/esbuild/shim") || slices.Contains(names, "github.com/nektos/act") {
		t.Errorf("the bill names %v", names)
	}
}

// unpack lists a .tar.gz, and writes the binary in it to a file.
func unpack(t *testing.T, text []byte) (names []string, binary string) {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return names, binary
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, h.Name)
		if filepath.Base(h.Name) == "handlervet" {
			content, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			binary = filepath.Join(t.TempDir(), "handlervet")
			if err := os.WriteFile(binary, content, h.FileInfo().Mode()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestWrongUse(t *testing.T) {
	full := t.TempDir()
	trial.Write(t, full, map[string]string{"x": ""})
	t.Setenv("SOURCE_DATE_EPOCH", "0")
	if err := run("1.2.3", full, nil, false); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("a directory that holds something: %v", err)
	}
	t.Setenv("SOURCE_DATE_EPOCH", "soon")
	if err := run("1.2.3", t.TempDir(), nil, false); err == nil || !strings.Contains(err.Error(), "no number of seconds") {
		t.Errorf("a wrong time: %v", err)
	}
	for version, good := range map[string]bool{"1.2.3": true, "1.2.3-rc.1": true, "v1.2.3": false, "1.2": false} {
		if versions.MatchString(version) != good {
			t.Errorf("%s: %v", version, !good)
		}
	}
}
