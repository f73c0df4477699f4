package changes

import (
	"strings"
	"testing"

	"github.com/bluekeyes/go-gitdiff/gitdiff"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/rules"
)

// TestFresh holds which findings are taken for new. A text is checked by finding each line that says "bad".
func TestFresh(t *testing.T) {
	for _, c := range []struct {
		name, before, after, want string
		added                     bool
	}{
		{name: "nothing before", before: "a\n", after: "a\nbad\n", want: "2"},
		{name: "the same", before: "bad\n", after: "bad\n", want: ""},
		{name: "moved", before: "bad\n", after: "a\na\nbad\n", want: ""},
		{name: "a second one below", before: "bad\n", after: "bad\na\nbad\n", want: "3"},
		{name: "a second one above", before: "a\nbad\n", after: "bad\na\nbad\n", want: "1"},
		{name: "one less", before: "bad\nbad\n", after: "bad\n", want: ""},
		{name: "a new file", before: "bad\n", after: "bad\n", added: true, want: "1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &Base{Added: map[string]bool{"f": c.added}, lines: map[string][]span{"f": inserted(c.before, c.after)}}
			text := func(string) string { return c.after }
			var got []string
			for _, f := range b.Fresh(bads(c.after), bads(c.before), text) {
				got = append(got, string(rune('1'+strings.Count(c.after[:f.Range.Start], "\n"))))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("new on lines %q, want %q", s, c.want)
			}
		})
	}
}

func bads(text string) []rules.Finding {
	var found []rules.Finding
	at := 0
	for line := range strings.Lines(text) {
		if line == "bad\n" {
			found = append(found, rules.Finding{Rule: "r", Range: flow.Range{File: "f", Start: at, End: at + 3}})
		}
		at += len(line)
	}
	report.Fingerprints(found, func(string) ([]byte, bool) { return []byte(text), true })
	return found
}

// inserted are the lines of after that were put before, between or behind those of before.
func inserted(before, after string) []span {
	old, now := strings.Count(before, "\n"), strings.Count(after, "\n")
	switch {
	case now <= old:
		return nil
	case strings.HasPrefix(after, before):
		return []span{{old + 1, now}}
	}
	return []span{{1, now - old}}
}

func TestTouched(t *testing.T) {
	const patch = `diff --git a/f b/f
--- a/f
+++ b/f
@@ -2 +2,2 @@
-old
+new
+newer
@@ -9,2 +9,0 @@
-gone
-gone
`
	files, _, err := gitdiff.Parse(strings.NewReader(patch))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	got := touched(files[0])
	if want := [2]span{{2, 3}, {9, 9}}; len(got) != 2 || [2]span(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
