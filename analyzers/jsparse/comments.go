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
		stop := len(c.text)
		if len(skip) > 0 {
			stop = skip[0].Start
		}
		if i = plain(c.text, i, stop); i >= stop {
			if len(skip) > 0 {
				i = skip[0].End
			}
			continue
		}
		switch c.text[i] {
		case '`':
			i = c.template(i)
		case '/':
			end := c.comment(i)
			if end > i {
				out = append(out, Comment{Span{i, end}, c.text[i:end]})
			}
			i = max(end, i+1)
		default:
			i = c.quoted(i)
		}
	}
	return out
}

// plain is the next offset, stop at the latest, where a string, a template or
// a comment may start.
func plain(text string, i, stop int) int {
	for ; i < stop; i++ {
		if b := text[i]; b <= '`' && (b == '"' || b == '\'' || b == '/' || b == '`') {
			return i
		}
	}
	return i
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
