package config

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Error is a mistake in a config file.
type Error struct {
	File         string
	Line, Column int // from 1; Column counts characters
	Width        int // of what is wrong, in characters
	Message      string
	Expected     string // what may stand there, empty if Message says it
	Nearest      string // what was probably meant, empty if nothing is near
	Source       string // the line
}

// Error is the message with its place, the line, a caret and what to write instead.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
	if e.Source != "" {
		fmt.Fprintf(&b, "\n    %s\n    %s^%s", e.Source, blank(e.Source, e.Column-1), strings.Repeat("~", max(0, e.Width-1)))
	}
	if e.Nearest != "" {
		fmt.Fprintf(&b, "\n  did you mean %s?", quote(e.Nearest))
	}
	if e.Expected != "" {
		fmt.Fprintf(&b, "\n  expected %s", e.Expected)
	}
	return b.String()
}

// blank is as many blanks as the first n characters are wide; tabs stay tabs.
func blank(line string, n int) string {
	var b strings.Builder
	for i, c := range []rune(line) {
		if i >= n {
			break
		}
		if c == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (r *reader) at(t *token.Token, message string) *Error {
	e := &Error{File: r.file, Line: 1, Column: 1, Width: 1, Message: message}
	if t != nil && t.Position != nil {
		e.Line, e.Column = max(1, t.Position.Line), max(1, t.Position.Column)
		e.Width = utf8.RuneCountInString(strings.SplitN(t.Value, "\n", 2)[0])
	}
	if e.Line <= len(r.lines) {
		e.Source = strings.TrimRight(r.lines[e.Line-1], "\r")
	}
	e.Width = min(e.Width, max(1, utf8.RuneCountInString(e.Source)-e.Column+1))
	return e
}

// fail says that a node is not what should stand there.
func (r *reader) fail(n ast.Node, got, expected string) *Error {
	e := r.at(tokenOf(n), got+" is not allowed here")
	e.Expected = expected
	return e
}

func (r *reader) unknown(key *token.Token, in string, fields []field) *Error {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	what := "unknown key "
	if in == "rules" {
		what = "unknown rule "
	}
	e := r.at(key, what+quote(key.Value))
	e.Nearest = Nearest(key.Value, names)
	e.Expected = "one of " + strings.Join(names, ", ")
	return e
}

// describe names what a user wrote, in YAML's words.
func describe(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "an empty value"
	case *ast.StringNode:
		return quote(n.Value)
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode:
		return quote(n.GetToken().Value)
	}
	return "this"
}

func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return "`" + s + "`"
}
