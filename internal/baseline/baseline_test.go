package baseline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

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

func TestAdd(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.json")
	a := rules.Finding{Rule: "r", Fingerprint: "1", Range: flow.Range{File: "a.js"}}
	b := rules.Finding{Rule: "r", Fingerprint: "2", Range: flow.Range{File: "a.js"}}
	for _, x := range []rules.Finding{b, a, a} {
		if err := Add(file, x); err != nil {
			t.Fatal(err)
		}
	}
	set, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(file)
	if len(set) != 2 || strings.Count(string(text), "fingerprint") != 2 {
		t.Errorf("the file holds %s", text)
	}
	if err := os.WriteFile(file, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if Add(file, a) == nil {
		t.Error("a file that is no baseline is replaced")
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
