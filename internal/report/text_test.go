package report

import (
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

func TestMark(t *testing.T) {
	for _, c := range []struct {
		source   string
		from, to int
		shown    string
		marks    string
	}{
		{"f(x);", 0, 4, "f(x);", "^~~~"},
		{"\tf(x);", 1, 5, "    f(x);", "    ^~~~"},
		{"a\tb", 2, 3, "a   b", "    ^"},
		{"f", 1, 1, "f", " ^"},
		{"漢x", 3, 4, "漢x", "  ^"},
		{"\xffx\x1b", 1, 2, "\ufffdx\ufffd", " ^"},
		{strings.Repeat("a", 30) + "HERE" + strings.Repeat("b", 30), 30, 34, "…aaaaaaaHEREbbbbbbb…", "        ^~~~"},
		{"HERE" + strings.Repeat("b", 30), 0, 4, "HEREbbbbbbbbbbbbbbb…", "^~~~"},
		{strings.Repeat("a", 30) + "HERE", 30, 34, "…aaaaaaaaaaaaaaaHERE", "                ^~~~"},
	} {
		shown, marks := mark([]byte(c.source), c.from, c.to, 20)
		if shown != c.shown || marks != c.marks {
			t.Errorf("%q:\n%s\n%s\nwant\n%s\n%s", c.source, shown, marks, c.shown, c.marks)
		}
	}
}

func TestClean(t *testing.T) {
	if got := clean("a\nb\x1bc\u202ed\u2028e\u2029f\xff"); got != "a b\ufffdc\ufffdd\ufffde\ufffdf\ufffd" {
		t.Errorf("got %q", got)
	}
}

func FuzzMark(f *testing.F) {
	f.Add([]byte("\t漢字\xff👩‍👩‍👧 e\u0301"), 2, 5, 8)
	f.Fuzz(func(t *testing.T, source []byte, from, to, width int) {
		from = min(max(from, 0), len(source))
		to = min(max(to, from), len(source))
		shown, marks := mark(source, from, to, max(width, 1))
		if strings.ContainsAny(shown+marks, "\x1b\x07\t") || !strings.Contains(marks, "^") {
			t.Errorf("%q: %q, %q", source, shown, marks)
		}
	})
}

func TestColorsAndLinksOnlyWhenTold(t *testing.T) {
	r := &Report{
		Root:     "/srv/a b",
		Texts:    func(string) ([]byte, bool) { return []byte("f();\n"), true },
		Findings: []rules.Finding{{Rule: "floating-promise", Severity: rules.Error, Message: "m", Range: flow.Range{File: "x.js", End: 3}}},
	}
	if plain := string(render(t, "text", r, Options{})); strings.Contains(plain, "\x1b") {
		t.Errorf("escape sequences in %q", plain)
	}
	full := string(render(t, "text", r, Options{Color: true, Links: true}))
	for _, want := range []string{
		"\x1b]8;;file:///srv/a%20b/x.js\x1b\\x.js:1:1\x1b]8;;\x1b\\: ", "\x1b[1;31mm\x1b[0m", "\x1b[31m^~~\x1b[0m",
		"\x1b]8;;" + RuleURL("floating-promise"),
	} {
		if !strings.Contains(full, want) {
			t.Errorf("%q is not in %q", want, full)
		}
	}
}
