// Package ruletest runs the rules on the projects of testdata and on the examples of the rules' pages.
//
// A project is a txtar archive of its files. The comment `// want "regexp"` at the end of a line says that the rule reports
// something there; every other line is silent. YAML and TOML have `# want "regexp"`, and JSON takes the comment of scripts,
// because deployment files are read with comments. A file `x.fixed` is what the rule's fixes make of x.
package ruletest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// Project is the files of a small project by name.
type Project map[string]string

// Read reads an archive.
func Read(t *testing.T, file string) Project {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := Project{}
	for _, f := range a.Files {
		p[f.Name] = string(f.Data)
	}
	return p
}

// Check runs all rules on the project. Those that are off unless somebody names them are asked if they are named here.
func (p Project) Check(t *testing.T, named ...string) *pipeline.Outcome {
	t.Helper()
	dir := t.TempDir()
	for name, text := range p {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	asked := all.Rules()
	for i := range asked {
		asked[i].OptIn = asked[i].OptIn && !slices.Contains(named, asked[i].Name)
	}
	out, err := pipeline.Run(context.Background(), pipeline.Options{Root: dir, Rules: asked, NeedsReason: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range out.Problems {
		t.Errorf("%s: %v", problem.File, problem.Err)
	}
	return out
}

var want = regexp.MustCompile("(?://|#) want (.+)$")
var quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")

// Compare holds what one rule found against the `// want` comments.
func (p Project) Compare(t *testing.T, rule string, found []rules.Finding) {
	t.Helper()
	expected := map[string][]*regexp.Regexp{}
	for name, text := range p {
		if strings.HasSuffix(name, ".fixed") {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			m := want.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			for _, q := range quoted.FindAllString(m[1], -1) {
				pattern, err := strconv.Unquote(q)
				if err != nil {
					t.Fatalf("%s:%d: %v", name, i+1, err)
				}
				at := fmt.Sprintf("%s:%d", name, i+1)
				expected[at] = append(expected[at], regexp.MustCompile(pattern))
			}
		}
	}
	for _, f := range found {
		if f.Rule != rule {
			continue
		}
		at := fmt.Sprintf("%s:%d", f.Range.File, p.line(f.Range.File, f.Range.Start))
		if !take(expected, at, f.Message) {
			t.Errorf("%s: unexpected: %s [%s]\n%s", at, f.Message, f.Rule, p.steps(f))
		}
	}
	for at, rest := range expected {
		for _, re := range rest {
			t.Errorf("%s: nothing reported that matches %q", at, re)
		}
	}
}

// take removes the first expectation that a message meets.
func take(expected map[string][]*regexp.Regexp, at, message string) bool {
	for i, re := range expected[at] {
		if re.MatchString(message) {
			expected[at] = append(expected[at][:i:i], expected[at][i+1:]...)
			return true
		}
	}
	return false
}

func (p Project) line(file string, offset int) int {
	text := p[file]
	return 1 + strings.Count(text[:min(offset, len(text))], "\n")
}

func (p Project) steps(f rules.Finding) string {
	var b strings.Builder
	for _, s := range f.Steps {
		fmt.Fprintf(&b, "\t%s:%d: %s\n", s.Range.File, p.line(s.Range.File, s.Range.Start), s.Text)
	}
	return b.String()
}
