package report

import (
	"strings"

	"github.com/handlervet/handlervet/rules"
)

// maxDescription is what code scanning takes of a description.
const maxDescription = 1024

// page is what a rule's Markdown page says.
type page struct {
	short string // one sentence
	full  string // one paragraph
	help  string // the whole page
}

// pageOf reads a rule's page: the first paragraph under its first second-level
// heading, "What it does", is the description. A rule without a page (those of
// the tool itself, such as syntax-error) is described by its name.
func pageOf(r rules.Rule) page {
	text := strings.ReplaceAll(r.Doc, "\r\n", "\n")
	full := paragraph(text)
	if full == "" {
		full = "Reports " + strings.ReplaceAll(r.Name, "-", " ") + "."
	}
	if strings.TrimSpace(text) == "" {
		text = full
	}
	short := full
	if i := strings.Index(full, ". "); i >= 0 {
		short = full[:i+1]
	}
	return page{short: cut(short), full: cut(full), help: strings.TrimSpace(text)}
}

// paragraph is the first paragraph that is no heading.
func paragraph(text string) string {
	for part := range strings.SplitSeq(text, "\n\n") {
		var words []string
		for line := range strings.SplitSeq(part, "\n") {
			if !strings.HasPrefix(line, "#") {
				words = append(words, strings.Fields(line)...)
			}
		}
		if len(words) > 0 {
			return strings.Join(words, " ")
		}
	}
	return ""
}

func cut(s string) string {
	if r := []rune(s); len(r) > maxDescription {
		return string(r[:maxDescription-1]) + "…"
	}
	return s
}

// title is a rule's name as SARIF wants names: unlike the id, without hyphens.
func title(rule string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(rule, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
