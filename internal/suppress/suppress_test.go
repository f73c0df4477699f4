package suppress

import (
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/rules"
)

// apply reports rule floating-promise at each `boom` of a text.
func apply(t *testing.T, text string, needsReason bool) (stay, gone int, own []string) {
	t.Helper()
	f, err := jsparse.Parse("a.js", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var found []rules.Finding
	for at := 0; ; {
		n := strings.Index(text[at:], "boom(")
		if n < 0 {
			break
		}
		at += n + 1
		found = append(found, rules.Finding{Rule: "floating-promise", Range: flow.Range{File: "a.js", Start: at - 1, End: at + 3}})
	}
	s, g, o := Apply(found, Parse(f), Options{
		Rules:       []string{"floating-promise", "double-completion", "missing-completion"},
		Ran:         func(rule string) bool { return rule != "missing-completion" },
		NeedsReason: needsReason,
	})
	for _, x := range o {
		own = append(own, x.Rule+"@"+text[x.Range.Start:x.Range.End])
	}
	return len(s), len(g), own
}

func TestApply(t *testing.T) {
	tests := []struct {
		name, text string
		stay, gone int
		own        string
	}{
		{"next line", "// handlervet-ignore floating-promise -- why\nboom();\nboom();", 1, 1, ""},
		{"same line", "boom(); // handlervet-ignore floating-promise -- why\nboom();", 1, 1, ""},
		{"block comment", "/* handlervet-ignore floating-promise -- why */\nboom();", 0, 1, ""},
		{"over blank lines and comments", "// handlervet-ignore floating-promise -- why\n\n// more\nboom();", 0, 1, ""},
		{"stacked", "// handlervet-ignore floating-promise -- why\n// handlervet-ignore double-completion -- why\nboom();", 0, 1,
			"unused-suppression@// handlervet-ignore double-completion -- why"},
		{"several rules", "// handlervet-ignore floating-promise, double-completion -- why\nboom();", 0, 1, "unused-suppression@double-completion"},
		{"a rule that did not run", "// handlervet-ignore missing-completion -- why\nboom();", 1, 0, ""},
		{"file", "boom();\n// handlervet-ignore-file floating-promise -- why\nboom();", 0, 2, ""},
		{"no reason", "// handlervet-ignore floating-promise\nboom();", 1, 0, "bad-suppression@// handlervet-ignore floating-promise"},
		{"no rule", "// handlervet-ignore -- why\nboom();", 1, 0, "bad-suppression@// handlervet-ignore -- why"},
		{"unknown rule", "// handlervet-ignore floating-promis -- why\nboom();", 1, 0, "bad-suppression@floating-promis"},
		{"in a string", "const s = '// handlervet-ignore floating-promise -- why';\nboom();", 1, 0, ""},
		{"another word", "// handlervet-ignored floating-promise -- why\nboom();", 1, 0, ""},
		{"in prose", "// see handlervet-ignore floating-promise -- why\nboom();", 1, 0, ""},
		{"CRLF", "// handlervet-ignore floating-promise -- why\r\nboom();\r\nboom();", 1, 1, ""},
		{"last line", "boom();\n// handlervet-ignore floating-promise -- why", 1, 0,
			"unused-suppression@// handlervet-ignore floating-promise -- why"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stay, gone, own := apply(t, tt.text, true)
			if stay != tt.stay || gone != tt.gone || strings.Join(own, " ") != tt.own {
				t.Errorf("stay %d gone %d own %q", stay, gone, own)
			}
		})
	}
}

func TestReasonsNotNeeded(t *testing.T) {
	stay, gone, own := apply(t, "// handlervet-ignore floating-promise\nboom();", false)
	if stay != 0 || gone != 1 || len(own) != 0 {
		t.Errorf("stay %d gone %d own %q", stay, gone, own)
	}
}
