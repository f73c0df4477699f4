package report

import (
	"slices"
	"strings"
	"testing"
)

// The values are those of the tests of GitHub's uploader.
func TestLineHashes(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{"c129715d7a2bc9a3:1"}},
		{" a\nb\n  \t\tc\n d", []string{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
	} {
		if got := lineHashes([]byte(c.text))[1:]; !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLineEndsHashAlike(t *testing.T) {
	text := "a\nb\n\n  c 😀\nb\n" + strings.Repeat("long ", 50) + "\n"
	want := lineHashes([]byte(text))
	for _, end := range []string{"\r\n", "\r"} {
		if got := lineHashes([]byte(strings.ReplaceAll(text, "\n", end))); !slices.Equal(got, want) {
			t.Errorf("with %q: got %q, want %q", end, got, want)
		}
	}
}

func TestAlikeLinesAreCounted(t *testing.T) {
	line := strings.Repeat("x", block) + "\n"
	got := lineHashes([]byte(line + line))
	if !strings.HasSuffix(got[1], ":1") || got[2][:8] != got[1][:8] || !strings.HasSuffix(got[2], ":2") {
		t.Errorf("got %q", got)
	}
}
