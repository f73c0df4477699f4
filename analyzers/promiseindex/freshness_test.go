package promiseindex_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestFresh makes a few files of the index anew and compares. It needs node, npm and the package registry.
func TestFresh(t *testing.T) {
	required := os.Getenv("HANDLERVET_REQUIRE_TOOLS") == "1"
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if required {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	if _, err := os.Stat("gen/node_modules/typescript"); err != nil {
		if !required {
			t.Skip("gen/node_modules is not installed")
		}
		run(t, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	}
	out := run(t, "npm", "run", "--silent", "check", "--", "pg", "node-fetch", "@azure/service-bus")
	if strings.Count(out, ": fresh") < 7 {
		t.Errorf("checked too little:\n%s", out)
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = "gen"
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
