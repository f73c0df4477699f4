// Package vscode holds the extension for VS Code to what it promises: how it finds the server, and what is in its package.
package vscode

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// modules skips the test if what package-lock.json names is not installed. It returns node.
func modules(t *testing.T) string {
	t.Helper()
	node := trial.Tool(t, "node")
	if _, err := os.Stat("node_modules"); err != nil {
		trial.Missing(t, "npm ci --ignore-scripts has not run in integrations/vscode")
	}
	return node
}

// TestSearch runs the tests of the search for the server, which are written in TypeScript.
func TestSearch(t *testing.T) {
	if status, said := trial.Run(t, ".", nil, modules(t), "test.mjs"); status != 0 || !strings.Contains(said, "fail 0") {
		t.Errorf("exit status %d\n%s", status, said)
	}
}

func TestTypes(t *testing.T) {
	trial.Must(t, ".", nil, modules(t), "node_modules/typescript/bin/tsc")
}

// TestLock holds that the lock names exact versions and nobody's private registry.
func TestLock(t *testing.T) {
	text, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct{ Resolved, Integrity string }
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		t.Fatal(err)
	}
	for name, p := range lock.Packages {
		if p.Resolved != "" && !strings.HasPrefix(p.Resolved, "https://registry.npmjs.org/") {
			t.Errorf("%s comes from %s", name, p.Resolved)
		}
		if name != "" && p.Integrity == "" {
			t.Errorf("%s has no checksum", name)
		}
	}
}

// TestPackage makes the package for this machine and looks into it.
func TestPackage(t *testing.T) {
	if testing.Short() {
		t.Skip("builds handlervet for a release")
	}
	archive := packaged(t)
	want := []string{
		"[Content_Types].xml", "extension.vsixmanifest", "extension/LICENSE.txt", "extension/bin/handlervet", "extension/dist/extension.js",
		"extension/package.json", "extension/readme.md",
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("it holds %v", names)
	}

	binary := filepath.Join(t.TempDir(), "handlervet")
	if err := os.WriteFile(binary, read(t, archive, "extension/bin/handlervet"), 0o755); err != nil {
		t.Fatal(err)
	}
	trial.Must(t, ".", nil, binary, "lsp", "--help")
	if mode := stat(t, archive, "extension/bin/handlervet").Mode(); mode.Perm()&0o111 == 0 {
		t.Errorf("the binary may not be run: %v", mode)
	}

	var manifest struct {
		Version      string
		Main         string
		Dependencies map[string]string
		Capabilities struct {
			UntrustedWorkspaces struct{ Supported *bool }
		}
	}
	if err := json.Unmarshal(read(t, archive, "extension/package.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != "1.2.3" || manifest.Main != "./dist/extension.js" || len(manifest.Dependencies) > 0 {
		t.Errorf("%+v", manifest)
	}
	if trusted := manifest.Capabilities.UntrustedWorkspaces.Supported; trusted == nil || *trusted {
		t.Error("it runs in workspaces that are not trusted")
	}
}

// packaged is the package for this machine.
func packaged(t *testing.T) *zip.Reader {
	t.Helper()
	text, err := os.ReadFile(makePackage(t))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

func makePackage(t *testing.T) string {
	t.Helper()
	node := modules(t)
	platform, err := exec.Command(node, "-p", "process.platform + '-' + process.arch").Output()
	if err != nil {
		t.Fatal(err)
	}
	name, out := strings.TrimSpace(string(platform)), t.TempDir()
	trial.Must(t, trial.Top(t), nil, node, "integrations/vscode/build.mjs", "1.2.3", out, name)
	return filepath.Join(out, "handlervet-"+name+".vsix")
}

func stat(t *testing.T, archive fs.FS, name string) fs.FileInfo {
	t.Helper()
	info, err := fs.Stat(archive, name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func read(t *testing.T, archive fs.FS, name string) []byte {
	t.Helper()
	text, err := fs.ReadFile(archive, name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
