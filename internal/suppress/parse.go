// Package suppress understands `handlervet-ignore` comments: it removes the findings they allow,
// and reports comments that are wrong or unused. It comes after the rules: findings → findings that
// count.
package suppress

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

const (
	lineMark = "handlervet-ignore"
	fileMark = "handlervet-ignore-file"
)

// Directive is one suppression comment.
type Directive struct {
	Range  flow.Range // the comment
	Rules  []Name
	Reason string
	// WholeFile is set by handlervet-ignore-file; First and Last are then of no use.
	WholeFile bool
	// First and Last are the byte offsets of the line whose findings it allows, Last exclusive.
	First, Last int
}

// Name is a rule's name in a directive.
type Name struct {
	Text  string
	Range flow.Range
	used  bool
}

// Parse finds the directives among the comments of a file. A file without the
// word costs one search through its text.
func Parse(f *jsparse.File) []Directive {
	if f == nil || !strings.Contains(f.Text, lineMark) {
		return nil
	}
	var out []Directive
	for _, c := range f.Comments {
		if d, ok := parseComment(f, c); ok {
			out = append(out, d)
		}
	}
	return out
}

func parseComment(f *jsparse.File, c jsparse.Comment) (Directive, bool) {
	body, at := content(c)
	prefix := "//"
	if strings.HasPrefix(c.Text, "#") {
		prefix = "#"
	}
	mark := lineMark
	if strings.HasPrefix(body, fileMark) {
		mark = fileMark
	}
	rest, ok := strings.CutPrefix(body, mark)
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t\r\n:-") {
		return Directive{}, false
	}
	d := Directive{
		Range:     flow.Range{File: f.Path, Start: c.Start, End: c.End},
		WholeFile: mark == fileMark,
	}
	names, reason, _ := strings.Cut(rest, "--")
	d.Reason = strings.TrimSpace(reason)
	d.Rules = parseNames(f.Path, names, at+len(mark))
	if !d.WholeFile {
		d.First, d.Last = allowedLine(f.Text, c.Start, c.End, prefix)
	}
	return d, true
}

// content is what a comment says, without delimiters and blanks, and its offset in the file.
func content(c jsparse.Comment) (string, int) {
	body := strings.TrimSuffix(c.Text, "*/")
	trimmed := strings.TrimLeft(body, "/*# \t\r\n")
	return strings.TrimRight(trimmed, " \t\r\n"), c.Start + len(body) - len(trimmed)
}

// parseNames reads the rule names, separated by commas or blanks; at is the offset of text in the file.
func parseNames(file, text string, at int) []Name {
	var out []Name
	for i := 0; i < len(text); {
		if strings.IndexByte(" \t\r\n,:", text[i]) >= 0 {
			i++
			continue
		}
		end := i
		for end < len(text) && strings.IndexByte(" \t\r\n,:", text[end]) < 0 {
			end++
		}
		out = append(out, Name{Text: text[i:end], Range: flow.Range{File: file, Start: at + i, End: at + end}})
		i = end
	}
	return out
}

// allowedLine is the line of a comment that stands behind code, else the next line
// that is neither blank nor a comment of its own, as its prefix tells.
func allowedLine(text string, start, end int, prefix string) (first, last int) {
	first, last = lineAround(text, start)
	if strings.TrimSpace(text[first:start]) != "" {
		return first, last
	}
	_, last = lineAround(text, end)
	for last < len(text) {
		first, last = lineAround(text, last+1)
		line := strings.TrimSpace(text[first:last])
		if line != "" && !strings.HasPrefix(line, prefix) && !isWholeBlockComment(line) {
			return first, last
		}
	}
	return len(text), len(text)
}

func isWholeBlockComment(line string) bool {
	return strings.HasPrefix(line, "/*") && strings.Index(line, "*/") == len(line)-2
}

func lineAround(text string, at int) (first, last int) {
	at = min(at, len(text))
	first = strings.LastIndexByte(text[:at], '\n') + 1
	last = len(text)
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		last = at + n
	}
	return first, last
}
