package rules

import "testing"

func TestSummary(t *testing.T) {
	for doc, want := range map[string][2]string{
		"# a-rule\n\nOne `a.b`\nsentence. And another.\n\nMore.\n": {"One `a.b` sentence. And another.", "One `a.b` sentence."},
		"# a-rule\r\n\r\n## What it does\r\n\r\nOne.\r\n":          {"One.", "One."},
		"": {"Reports a rule.", "Reports a rule."},
	} {
		r := Rule{Name: "a-rule", Doc: doc}
		if got := [2]string{r.Description(), r.Summary()}; got != want {
			t.Errorf("%q: got %q, want %q", doc, got, want)
		}
	}
}
