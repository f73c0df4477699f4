// Package docs writes the parts of the documentation that come from the program itself: the table
// of rules, their pages, and sample output. Its test compares the files with them and updates them:
// go test ./internal/docs -update.
package docs

import (
	"fmt"
	"strings"

	"github.com/handlervet/handlervet/rules"
)

// Replace puts body between the marks of a part of a page. It fails if the page does not have both marks, once each.
func Replace(page, part, body string) (string, error) {
	start, end := "<!-- generated: "+part+" -->\n", "<!-- end of "+part+" -->"
	if strings.Count(page, start) != 1 || strings.Count(page, end) != 1 {
		return "", fmt.Errorf("the page needs the marks of %q once each: %s… %s", part, start, end)
	}
	before, rest, _ := strings.Cut(page, start)
	_, after, ok := strings.Cut(rest, end)
	if !ok {
		return "", fmt.Errorf("the marks of %q are in the wrong order", part)
	}
	return before + start + body + end + after, nil
}

// Fence is a text as a code block of Markdown; it ends no earlier than the text does.
func Fence(language, text string) string {
	ticks := "```"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	return ticks + language + "\n" + strings.TrimRight(text, "\n") + "\n" + ticks + "\n"
}

// Table lists rules with links to the book.
func Table(list []rules.Rule, book string) string {
	var b strings.Builder
	b.WriteString("| rule | severity | what it finds |\n|---|---|---|\n")
	for _, r := range list {
		fmt.Fprintf(&b, "| [`%s`](%s#%s) | %s | %s |\n", r.Name, book, r.Name, r.Default, r.Summary())
	}
	return b.String()
}

// Book is all pages in one, the headings a level deeper.
func Book(list []rules.Rule) string {
	var b strings.Builder
	for i, r := range list {
		if i > 0 {
			b.WriteString("\n")
		}
		fenced := false
		for line := range strings.Lines(strings.TrimSpace(r.Doc) + "\n") {
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
			}
			if !fenced && strings.HasPrefix(line, "#") {
				b.WriteString("#")
			}
			b.WriteString(line)
		}
	}
	return b.String()
}
