package baseline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

func at(text, what string, nth int) rules.Finding {
	start := -1
	for range nth {
		start += 1 + strings.Index(text[start+1:], what)
	}
	return rules.Finding{Rule: "r", Handler: "h", Range: flow.Range{File: "a.js", Start: start, End: start + len(what)}}
}

func prints(text string, found ...rules.Finding) []string {
	Fingerprint(found, func(string) string { return text })
	var out []string
	for _, f := range found {
		out = append(out, f.Fingerprint)
	}
	return out
}

func TestFingerprint(t *testing.T) {
	old := "f(a);\nf(a);\n"
	before := prints(old, at(old, "f(a)", 1), at(old, "f(a)", 2))
	moved := "// new\n\n  f( a );\ng();\nf(a);\n"
	after := prints(moved, at(moved, "f( a )", 1), at(moved, "f(a)", 1))
	if before[0] == before[1] {
		t.Error("two findings share a fingerprint")
	}
	if before[0] != after[0] || before[1] != after[1] {
		t.Errorf("moving lines changes fingerprints: %v, %v", before, after)
	}
	if other := prints("f(b);", at("f(b);", "f(b)", 1)); other[0] == before[0] {
		t.Error("different code has the same fingerprint")
	}
}

func TestReadWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.json")
	a := rules.Finding{Rule: "r", Fingerprint: "1", Range: flow.Range{File: "a.js"}}
	b := rules.Finding{Rule: "r", Fingerprint: "2", Range: flow.Range{File: "a.js"}}
	if err := Write(file, []rules.Finding{a}); err != nil {
		t.Fatal(err)
	}
	set, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	fresh, known := set.Split([]rules.Finding{a, b})
	if len(fresh) != 1 || fresh[0].Fingerprint != "2" || len(known) != 1 {
		t.Errorf("fresh %v, known %v", fresh, known)
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"not json": "x", "version": `{"version":2,"findings":[]}`, "key": `{"version":1,"entries":[]}`} {
		file := filepath.Join(dir, "b.json")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(file); err == nil || !strings.Contains(err.Error(), "--write-baseline") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(filepath.Join(dir, "none")); err == nil {
		t.Error("a missing file is no error")
	}
}
