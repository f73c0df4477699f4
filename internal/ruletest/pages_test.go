package ruletest

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// headings are the parts of a rule's page, in order.
var headings = []string{"What it does", "Why it matters", "Bad", "Good", "Fix", "When to allow it"}

var block = regexp.MustCompile("(?ms)^```[a-z]+\n(?://|#) (\\S+)\n(.*?)^```$")

// TestPages holds the pages to their form, and their examples to what they say.
func TestPages(t *testing.T) {
	for _, r := range all.Rules() {
		t.Run(r.Name, func(t *testing.T) {
			parts := sections(t, r.Name, r.Doc)
			for _, at := range examples(t, parts["Bad"]).Check(t, r.Name).Findings {
				if at.Rule == r.Name {
					delete(parts, at.Range.File)
					parts["found "+at.Range.File] = ""
				}
			}
			for name := range examples(t, parts["Bad"]) {
				if _, found := parts["found "+name]; !found && mustReport(r, name) {
					t.Errorf("the bad example %s is not reported", name)
				}
			}
			for _, f := range examples(t, parts["Good"]).Check(t, r.Name).Findings {
				t.Errorf("the good example %s is reported: %s [%s]", f.Range.File, f.Message, f.Rule)
			}
		})
	}
}

// mustReport tells whether a rule has to report something in a file of its bad example: in scripts if it asks about handlers, in
// deployment files if it asks about nothing else.
func mustReport(r rules.Rule, name string) bool {
	ext := path.Ext(name)
	script := ext == ".js" || ext == ".ts" || ext == ".mjs"
	return script == (r.Check != nil)
}

// sections splits a page at its headings.
func sections(t *testing.T, rule, page string) map[string]string {
	if !strings.HasPrefix(page, "# "+rule+"\n\n") {
		t.Errorf("the page does not begin with its name")
	}
	out := map[string]string{}
	var order []string
	for _, part := range strings.Split(page, "\n## ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		out[name] = text
		order = append(order, name)
	}
	if strings.Join(order, ",") != strings.Join(headings, ",") {
		t.Errorf("headings are %q, not %q", order, headings)
	}
	return out
}

// examples are the code blocks of a section that begin with their file's name in a comment.
func examples(t *testing.T, section string) Project {
	p := Project{}
	for _, m := range block.FindAllStringSubmatch(section, -1) {
		p[m[1]] = m[2]
	}
	if len(p) == 0 {
		t.Error("there is no example that begins with its file's name")
	}
	return p
}
