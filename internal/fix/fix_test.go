package fix

import (
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

func replace(start, end int, text string) rules.Edit {
	return rules.Edit{Range: flow.Range{File: "a.js", Start: start, End: end}, Text: text}
}

func finding(safe bool, edits ...rules.Edit) rules.Finding {
	return rules.Finding{Fixes: []rules.Fix{{Safe: safe, Edits: edits}}}
}

func source(text string) Source {
	return Source{
		Text:  func(string) (string, error) { return text, nil },
		Valid: func(_, text string) bool { return !strings.Contains(text, "BROKEN") },
	}
}

func TestApply(t *testing.T) {
	tests := []struct {
		name   string
		text   string
		found  []rules.Finding
		unsafe bool
		want   string
	}{
		{"two", "abcdef", []rules.Finding{finding(true, replace(4, 5, "X")), finding(true, replace(0, 1, "Y"))}, false, "YbcdXf"},
		{"overlap", "abcdef", []rules.Finding{finding(true, replace(1, 4, "X")), finding(true, replace(3, 5, "Y"))}, false, "aXef"},
		{"same insertion", "ab", []rules.Finding{finding(true, replace(1, 1, "X")), finding(true, replace(1, 1, "X"))}, false, "aXb"},
		{"unsafe left out", "ab", []rules.Finding{finding(false, replace(0, 1, "X"))}, false, ""},
		{"unsafe", "ab", []rules.Finding{finding(false, replace(0, 1, "X"))}, true, "Xb"},
		{"breaks the file", "ab", []rules.Finding{finding(true, replace(0, 1, "BROKEN")), finding(true, replace(1, 2, "Y"))}, false, "aY"},
		{"outside", "ab", []rules.Finding{finding(true, replace(1, 9, "X"))}, false, ""},
		{"CRLF", "a\r\nb", []rules.Finding{finding(true, replace(1, 1, ";\nc"))}, false, "a;\r\nc\r\nb"},
		{"BOM", "\ufeffab", []rules.Finding{finding(true, replace(3, 4, "X"))}, false, "\ufeffXb"},
		{"all or nothing", "abcdef", []rules.Finding{finding(true, replace(0, 1, "X")), finding(true, replace(0, 1, "Y"), replace(3, 4, "Z"))}, false, "Xbcdef"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Apply(tt.found, tt.unsafe, source(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := res.Changed["a.js"]; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestFilesApart holds that fixes at the same place of different files do not get in each other's way.
func TestFilesApart(t *testing.T) {
	other := replace(0, 1, "Y")
	other.Range.File = "b.js"
	res, err := Apply([]rules.Finding{finding(true, replace(0, 1, "X")), finding(true, other)}, false, source("ab"))
	if err != nil {
		t.Fatal(err)
	}
	if res.Applied != 2 || res.Changed["a.js"] != "Xb" || res.Changed["b.js"] != "Yb" {
		t.Errorf("%d applied: %v", res.Applied, res.Changed)
	}
}

func TestDiff(t *testing.T) {
	got := Diff("a.js", "a\nb\n", "a\nc\n")
	want := "--- a/a.js\n+++ b/a.js\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
