package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for rule, want := range map[string]string{
		"sleepy-handler": "",
		"local-require2": "",
		"require-esm":    "",
		"":               "is not a rule name",
		"sleepy":         "is not a rule name",
		"Sleepy-handler": "is not a rule name",
		"sleepy_handler": "is not a rule name",
		"sleepy--x":      "is not a rule name",
		"../x-y":         "is not a rule name",
		"no-sleep":       "name what is found",
		"go-to":          "word of Go",
		"syntax-error":   "already",
	} {
		n, err := parseName(rule)
		switch {
		case want == "" && (err != nil || n.Rule != rule || strings.Contains(n.Package, "-")):
			t.Errorf("%q: %+v, %v", rule, n, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: error %v, want %q", rule, err, want)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"a-b", "c-d"}, {"--help"}} {
		if err := run(&bytes.Buffer{}, args); err == nil || !strings.Contains(err.Error(), "usage") {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// TestScaffold makes a rule in a copy of the module and runs the rule's tests there.
func TestScaffold(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a copy of the module")
	}
	dir := t.TempDir()
	for _, part := range []string{"go.mod", "go.sum", "analyzers", "internal", "rules", "shims", "testdata"} {
		duplicate(t, filepath.Join("../..", part), filepath.Join(dir, part))
	}
	said, err := goes(dir, "run", "./internal/newrule", "sleepy-handler")
	if err != nil || !strings.Contains(said, "wrote testdata/sleepy-handler/good.txtar") {
		t.Fatalf("newrule: %v\n%s", err, said)
	}
	list, err := os.ReadFile(filepath.Join(dir, "rules/all/rules.go"))
	if err != nil || !bytes.Contains(list, []byte("sleepyhandler.Rule(),")) {
		t.Errorf("the rule is not on the list: %v\n%s", err, list)
	}
	if said, err := goes(dir, "run", "./internal/newrule", "sleepy-handler"); err == nil || !strings.Contains(said, "exists already (rules/sleepyhandler)") {
		t.Errorf("the second time newrule says: %v\n%s", err, said)
	}
	if said, err := goes(dir, "vet", "./rules/sleepyhandler"); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	// The tests of the other rules are not this test's business, so neither is the exit status.
	said, _ = goes(dir, "test", "-v", "-run", "^(TestRules|TestPages)$/^sleepy-handler$", "./internal/ruletest")
	for _, test := range []string{"TestRules/sleepy-handler/bad", "TestRules/sleepy-handler/good", "TestPages/sleepy-handler"} {
		if !strings.Contains(said, "--- PASS: "+test) {
			t.Errorf("%s did not pass:\n%s", test, said)
		}
	}
}

// duplicate copies a file or a folder.
func duplicate(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// goes runs the go command. Without paths in what it builds, the cache serves every copy.
func goes(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath", "GOWORK=off")
	said, err := cmd.CombinedOutput()
	return string(said), err
}
