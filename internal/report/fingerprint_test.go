package report

import (
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

func at(start, end int) rules.Finding {
	return rules.Finding{Rule: "floating-promise", Handler: "handler", Range: flow.Range{File: "a.js", Start: start, End: end}}
}

func TestFingerprintSurvivesEdits(t *testing.T) {
	before := Fingerprint(at(0, 9), []byte("f(a, b, c);"))
	after := Fingerprint(at(10, 21), []byte("// added\n\tf(a,\r\n\tb, c);"))
	if before != after {
		t.Error("edits elsewhere and blanks change the fingerprint")
	}
	if Fingerprint(at(0, 9), []byte("f(a, b, d);")) == before {
		t.Error("another text has the same fingerprint")
	}
	other := at(0, 9)
	other.Handler = "other"
	if Fingerprint(other, []byte("f(a, b, c);")) == before {
		t.Error("another handler has the same fingerprint")
	}
}

func TestFingerprintsAreCounted(t *testing.T) {
	text := []byte("f();\nf();\ng();\n")
	found := []rules.Finding{at(0, 3), at(5, 8), at(10, 13), at(10, 10)}
	Fingerprints(found, func(string) ([]byte, bool) { return text, true })
	seen := map[string]bool{}
	for _, f := range found {
		if f.Fingerprint == "" || seen[f.Fingerprint] {
			t.Errorf("fingerprint %q is empty or not its own", f.Fingerprint)
		}
		seen[f.Fingerprint] = true
	}
	if found[0].Fingerprint != Fingerprint(found[0], text) {
		t.Error("the first of its kind has another fingerprint alone")
	}
}
