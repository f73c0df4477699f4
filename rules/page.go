package rules

import "strings"

// Description is the first paragraph of the rule's page, on one line. A rule without a page is described by its name.
func (r Rule) Description() string {
	var words []string
	for line := range strings.Lines(r.Doc) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"), line == "" && len(words) == 0:
			continue
		case line == "":
			return strings.Join(words, " ")
		}
		words = append(words, line)
	}
	if len(words) == 0 {
		return "Reports " + strings.ReplaceAll(r.Name, "-", " ") + "."
	}
	return strings.Join(words, " ")
}

// Summary is the first sentence of the description, with its full stop.
func (r Rule) Summary() string {
	text := r.Description()
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}
