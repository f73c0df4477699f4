package jsparse

import (
	"sort"
	"strings"
)

// comments finds every comment. Quotes and slashes inside of regular
// expressions, templates and JSX text are no code; the conversion has noted
// where those are.
func (c *converter) comments() []Comment {
	if !strings.Contains(c.text, "//") && !strings.Contains(c.text, "/*") {
		return nil
	}
	skip := sortedSpans(c.opaque)
	var out []Comment
	for i := c.hashbang(); i < len(c.text); {
		for len(skip) > 0 && skip[0].End <= i {
			skip = skip[1:]
		}
		if len(skip) > 0 && skip[0].Start <= i {
			i = skip[0].End
			continue
		}
		switch c.text[i] {
		case '"', '\'':
			i = c.quoted(i)
		case '`':
			i = c.template(i)
		case '/':
			end := c.comment(i)
			if end > i {
				out = append(out, Comment{Span{i, end}, c.text[i:end]})
			}
			i = max(end, i+1)
		default:
			i++
		}
	}
	return out
}

// hashbang is the end of a first line that starts with `#!`, or 0.
func (c *converter) hashbang() int {
	rest := strings.TrimPrefix(c.text, bom)
	if strings.HasPrefix(rest, "#!") {
		return len(c.text) - len(rest) + lineLength(rest)
	}
	return 0
}

func sortedSpans(list []Span) []Span {
	less := func(i, j int) bool { return list[i].Start < list[j].Start }
	if !sort.SliceIsSorted(list, less) {
		sort.SliceStable(list, less)
	}
	return list
}
