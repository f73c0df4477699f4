package report

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestSARIFMultitool asks Microsoft's validator, with the rules of GitHub's code scanning.
func TestSARIFMultitool(t *testing.T) {
	tool := multitool(t)
	for name, build := range samples() {
		t.Run(name, func(t *testing.T) {
			archive, err := txtar.ParseFile(goldens + "/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			in, out := filepath.Join(dir, "in.sarif"), filepath.Join(dir, "out.sarif")
			if err := os.WriteFile(in, render(t, "sarif", build(newTree(archive)), Options{Suppressed: true}), 0o644); err != nil {
				t.Fatal(err)
			}
			said, err := exec.Command(tool, "validate", in, "-o", out, "--log", "ForceOverwrite",
				"--rule-kind", "Sarif;Ghas", "--level", "Error;Warning").CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, said)
			}
			for _, complaint := range complaints(t, out) {
				t.Error(complaint)
			}
		})
	}
}

func multitool(t *testing.T) string {
	tool := os.Getenv("HANDLERVET_SARIF_MULTITOOL")
	if tool == "" {
		tool = "Sarif.Multitool"
	}
	path, err := exec.LookPath(tool)
	if err == nil {
		return path
	}
	if os.Getenv("HANDLERVET_REQUIRE_TOOLS") == "1" {
		t.Fatalf("the SARIF multitool is required: %v", err)
	}
	t.Skipf("no SARIF multitool (npm: @microsoft/sarif-multitool-linux; set HANDLERVET_SARIF_MULTITOOL): %v", err)
	return ""
}

func complaints(t *testing.T, file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
				Message       json.RawMessage
				Locations     json.RawMessage
			}
		}
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(text), "\ufeff")), &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) == 0 {
		t.Fatal("the validator wrote no run")
	}
	var out []string
	for _, r := range log.Runs[0].Results {
		if r.Level != "note" && r.Level != "none" {
			out = append(out, r.RuleID+" "+r.Level+" "+string(r.Message)+" "+string(r.Locations))
		}
	}
	return out
}

func TestSemantic(t *testing.T) {
	for version, want := range map[string]string{
		"1.2.3": "1.2.3", "v1.2.3": "1.2.3", "(devel)": "0.0.0-devel", "(unknown)": "0.0.0-devel", "v": "0.0.0-devel",
	} {
		if got := semantic(version); got != want {
			t.Errorf("%s: got %s, want %s", version, got, want)
		}
	}
}

func TestURI(t *testing.T) {
	for file, want := range map[string]string{
		"a/b.js":    "a/b.js",
		"./a b.js":  "a%20b.js",
		"c:x/ä#.js": "c%3Ax/%C3%A4%23.js",
		"[id]?.ts":  "%5Bid%5D%3F.ts",
	} {
		if got := uri(file); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
}
