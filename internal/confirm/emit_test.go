package confirm

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestEmit writes a test for each finding of testdata/emit and runs it in Node: it must fail, say what the case's comment says
// (`says: …`), and pass once the file is as `fixed` has it.
func TestEmit(t *testing.T) {
	cases, err := filepath.Glob("testdata/emit/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			says := takeComment(archive, "says: ")
			fixed := string(file(archive, "fixed"))
			task := taskOf(t, archive)
			node := nodeFor(t, task.File)
			dir := "test"
			task.Test = &dir
			r := Judge(context.Background(), task)[0]
			if r.Test == "" {
				t.Fatalf("%s %s: no test: %s\n%s", r.Verdict, r.Reason, r.TestError, strings.Join(r.Witness, "\n"))
			}
			written := filepath.Join(task.Root, dir, "handler.test.mjs")
			if err := os.MkdirAll(filepath.Dir(written), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(written, []byte(r.Test), 0o600); err != nil {
				t.Fatal(err)
			}
			if said, err := runTest(node, written); err == nil || !strings.Contains(said, says) {
				t.Errorf("before the fix: %v, want %q in\n%s\n%s", err, says, said, r.Test)
			}
			if err := os.WriteFile(filepath.Join(task.Root, filepath.FromSlash(task.File)), []byte(fixed), 0o600); err != nil {
				t.Fatal(err)
			}
			if said, err := runTest(node, written); err != nil {
				t.Errorf("after the fix: %v\n%s\n%s", err, said, r.Test)
			}
		})
	}
}

// takeComment removes a line of a case's comment and gives what is behind its key.
func takeComment(a *txtar.Archive, key string) string {
	var rest []string
	value := ""
	for line := range strings.Lines(string(a.Comment)) {
		if found, ok := strings.CutPrefix(strings.TrimSpace(line), key); ok {
			value = found
			continue
		}
		rest = append(rest, line)
	}
	a.Comment = []byte(strings.Join(rest, ""))
	return value
}

func runTest(node, file string) (string, error) {
	cmd := exec.Command(node, "--test", filepath.Base(file)) //nolint:gosec // a test's own file
	cmd.Dir = filepath.Dir(file)
	said, err := cmd.CombinedOutput()
	return string(said), err
}

// nodeFor is a Node that can run a file: TypeScript needs one that strips types.
func nodeFor(t *testing.T, file string) string {
	t.Helper()
	typed := strings.Contains(filepath.Ext(file), "ts")
	list, _ := filepath.Glob(filepath.Join(os.Getenv("HOME"), ".cache", "handlervet-test", "node-*", "node_modules", "node-*", "bin", "node"))
	for _, node := range append([]string{"node"}, list...) {
		script := "require('node:test').mock.timers.enable({ apis: ['Date'] })"
		if typed {
			script = "if (!require('node:module').stripTypeScriptTypes) process.exit(1)"
		}
		if exec.Command(node, "-e", script).Run() == nil { //nolint:gosec // Node, wherever it is
			return node
		}
	}
	if os.Getenv("HANDLERVET_REQUIRE_TOOLS") == "1" {
		t.Fatal("a Node is required that can run the test")
	}
	t.Skip("no Node that can run the test")
	return ""
}
