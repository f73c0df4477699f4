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

// pageOf reads a rule's page. A rule without a page is described by its name.
func pageOf(r rules.Rule) page {
	full := r.Description()
	help := strings.TrimSpace(strings.ReplaceAll(r.Doc, "\r\n", "\n"))
	if help == "" {
		help = full
	}
	return page{short: cut(r.Summary()), full: cut(full), help: help}
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
