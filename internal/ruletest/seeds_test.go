package ruletest

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named is an expectation that says which rule it is about: // want missing-completion "regexp".
var named = regexp.MustCompile("([a-z]+(?:-[a-z]+)+) (\"(?:[^\"\\\\]|\\\\.)*\")")

// TestSeeds runs all rules on what the platforms' own guides show: the examples that they warn of are reported for the
// reason that they give, and the ones that they recommend are silent.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(folder("seeds"), "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("testdata/seeds is empty")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			p := Read(t, file)
			found := p.Check(t).Findings
			asked := map[string]bool{}
			for _, f := range found {
				asked[f.Rule] = true
			}
			for _, text := range p {
				for _, m := range named.FindAllStringSubmatch(expectations(text), -1) {
					asked[m[1]] = true
				}
			}
			for rule := range asked {
				p.about(rule).Compare(t, rule, found)
			}
		})
	}
}

// expectations are the `want` comments of a file.
func expectations(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if m := want.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			b.WriteString(m[1] + "\n")
		}
	}
	return b.String()
}

// about is the project with the expectations of one rule alone, each in as many bytes as before.
func (p Project) about(rule string) Project {
	out := Project{}
	for name, text := range p {
		out[name] = named.ReplaceAllStringFunc(text, func(s string) string {
			if strings.HasPrefix(s, rule+" ") {
				return s
			}
			return strings.Repeat(" ", len(s))
		})
	}
	return out
}
