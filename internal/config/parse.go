package config

import (
	"errors"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	yaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Parse reads the text of a config file. The error is an *Error.
func Parse(file string, text []byte, known Known) (*Config, error) {
	r := &reader{file: file, lines: strings.Split(string(text), "\n")}
	doc, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, r.syntax(err)
	}
	c := &Config{}
	switch {
	case len(doc.Docs) == 0 || doc.Docs[0].Body == nil:
		return c, nil
	case len(doc.Docs) > 1 && doc.Docs[1].Body != nil:
		return nil, r.fail(doc.Docs[1].Body, "a second document", "one document")
	}
	if e := r.mapping(doc.Docs[0].Body, "", topLevel(r, c, known)); e != nil {
		return nil, e
	}
	return c, nil
}

// field reads the value of one key.
type field struct {
	name string
	read func(value ast.Node) *Error
}

func topLevel(r *reader, c *Config, known Known) []field {
	return []field{
		{"platform", func(n ast.Node) *Error { return r.oneOf(n, Platforms(), &c.Platform) }},
		{"runtime", func(n ast.Node) *Error { return r.runtime(n, &c.Runtime) }},
		{"fail-on", func(n ast.Node) *Error { return r.oneOf(n, FailLevels(), &c.FailOn) }},
		{"rules", func(n ast.Node) *Error {
			c.Rules = map[string]string{}
			return r.mapping(n, "rules", ruleFields(r, c, known))
		}},
		{"ignore", func(n ast.Node) *Error { return r.globs(n, &c.Ignore) }},
		{"baseline", func(n ast.Node) *Error { return r.text(n, &c.Baseline) }},
		{"suppressions", func(n ast.Node) *Error {
			return r.mapping(n, "suppressions", []field{
				{"require-reason", func(n ast.Node) *Error { return r.flag(n, &c.Suppressions.RequireReason) }},
			})
		}},
	}
}

func ruleFields(r *reader, c *Config, known Known) []field {
	fields := make([]field, 0, len(known.Rules))
	for _, name := range known.Rules {
		fields = append(fields, field{name, func(n ast.Node) *Error {
			var level string
			err := r.oneOf(n, RuleLevels(), &level)
			c.Rules[name] = level
			return err
		}})
	}
	return fields
}

// reader turns nodes into values and mistakes into errors that say where.
type reader struct {
	file  string
	lines []string
}

func (r *reader) mapping(n ast.Node, in string, fields []field) *Error {
	pairs, ok := pairsOf(n)
	if !ok {
		return r.fail(n, describe(n), "a mapping, one `key: value` a line")
	}
	for _, pair := range pairs {
		key := pair.Key.GetToken()
		f := find(fields, key.Value)
		if f == nil {
			return r.unknown(key, in, fields)
		}
		if pair.Value == nil || pair.Value.Type() == ast.NullType {
			continue // `rules:` with everything under it commented out
		}
		if err := f.read(pair.Value); err != nil {
			return err
		}
	}
	return nil
}

func pairsOf(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	case *ast.NullNode:
		return nil, true
	}
	return nil, false
}

func find(fields []field, name string) *field {
	for i := range fields {
		if fields[i].name == name {
			return &fields[i]
		}
	}
	return nil
}

func (r *reader) text(n ast.Node, to *string) *Error {
	switch n := n.(type) {
	case *ast.StringNode:
		*to = n.Value
		return nil
	case *ast.LiteralNode:
		*to = n.Value.Value
		return nil
	}
	return r.fail(n, describe(n), "a string")
}

func (r *reader) runtime(n ast.Node, to *string) *Error {
	text := n.String()
	switch n.(type) {
	case *ast.IntegerNode, *ast.FloatNode: // 22 is as good as "22"
	default:
		if err := r.text(n, &text); err != nil {
			return err
		}
	}
	if !IsRuntime(text) {
		return r.fail(n, describe(n), "a version of Node, for example nodejs22.x")
	}
	*to = text
	return nil
}

func (r *reader) flag(n ast.Node, to **bool) *Error {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		return r.fail(n, describe(n), "true or false")
	}
	*to = &b.Value
	return nil
}

func (r *reader) oneOf(n ast.Node, values []string, to *string) *Error {
	word, ok := "", true
	switch n := n.(type) {
	case *ast.StringNode:
		word = n.Value
	case *ast.BoolNode: // `off` is a boolean in old YAML
		word = n.GetToken().Value
	default:
		ok = false
	}
	for _, v := range values {
		if ok && v == word {
			*to = v
			return nil
		}
	}
	e := r.fail(n, describe(n), "one of "+strings.Join(values, ", "))
	e.Nearest = Nearest(word, values)
	return e
}

func (r *reader) globs(n ast.Node, to *[]string) *Error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return r.fail(n, describe(n), "a list of globs, one `- glob` a line")
	}
	for _, item := range list.Values {
		var glob string
		if err := r.text(item, &glob); err != nil {
			return err
		}
		if !doublestar.ValidatePattern(glob) {
			return r.fail(item, "the glob "+quote(glob), "a glob such as `test/**` or `**/*.spec.js`")
		}
		*to = append(*to, glob)
	}
	return nil
}

// syntax turns the YAML parser's error into ours.
func (r *reader) syntax(err error) *Error {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		return r.at(y.GetToken(), y.GetMessage())
	}
	return &Error{File: r.file, Line: 1, Column: 1, Message: err.Error()}
}

func tokenOf(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingValueNode); ok && m.Key != nil {
		return m.Key.GetToken()
	}
	if n == nil {
		return nil
	}
	return n.GetToken()
}
