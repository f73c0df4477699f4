package platform

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// parseYAML reads the first document of a YAML file. Tags stay; anchors, aliases and merge keys are resolved.
func parseYAML(src *confSource) (c *conf, failed *confError) {
	defer func() {
		if r := recover(); r != nil { // the parser is another's; a broken file must not end the run
			c, failed = nil, &confError{0, "this YAML cannot be read"}
		}
	}()
	f, err := parser.ParseBytes(hideColons(withoutReturns(src.text)), 0, parser.AllowDuplicateMapKey())
	r := &yamlReader{src: src, lines: lineStarts(src.text), anchors: map[string]*conf{}}
	if err != nil {
		return nil, r.failure(err)
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		return &conf{source: src}, nil
	}
	return r.value(f.Docs[0].Body, 0), nil
}

// withoutReturns ends lines as the parser expects: behind a comment it counts the two bytes of a CRLF as two lines. Lines and columns
// stay what they are.
func withoutReturns(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// colonKey is a key such as `{ Fn::GetAtt: [ … ] }`, which the parser takes for broken.
var colonKey = regexp.MustCompile(`[{,]\s*Fn::\w+:\s*\[`)

// hiddenFn stands for the colons in such a key while it is parsed; it is as long, so that places stay.
const hiddenFn = "Fn__"

func hideColons(text []byte) []byte {
	if !bytes.Contains(text, []byte("Fn::")) {
		return text
	}
	return colonKey.ReplaceAllFunc(text, func(m []byte) []byte { return bytes.Replace(m, []byte("Fn::"), []byte(hiddenFn), 1) })
}

func showColons(key string) string {
	if name, ok := strings.CutPrefix(key, hiddenFn); ok {
		return "Fn::" + name
	}
	return key
}

// Bounds: of nesting, and of the entries that merge keys copy.
const (
	yamlDepth  = 64
	yamlMerged = 10_000
)

type yamlReader struct {
	src     *confSource
	lines   []int
	anchors map[string]*conf // an alias stands for the same value, so that aliases of aliases cost nothing
	merged  int
}

func (r *yamlReader) failure(err error) *confError {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil {
		return &confError{r.offset(syntax.Token), syntax.Message}
	}
	return &confError{0, err.Error()}
}

func (r *yamlReader) value(n ast.Node, depth int) *conf {
	if n == nil || depth > yamlDepth {
		return nil
	}
	switch n := n.(type) {
	case *ast.TagNode:
		c := r.value(n.Value, depth+1)
		if c == nil {
			return nil
		}
		tagged := *c // it may be an alias
		tagged.tag = n.Start.Value
		return &tagged
	case *ast.AnchorNode:
		c := r.value(n.Value, depth+1)
		r.anchors[n.Name.String()] = c
		return c
	case *ast.AliasNode:
		return r.anchors[n.Value.String()]
	case *ast.MappingNode:
		return r.mapping(n, n.Values, depth)
	case *ast.MappingValueNode:
		return r.mapping(n, []*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		c := r.at(n)
		for _, v := range n.Values {
			c.list = append(c.list, r.value(v, depth+1))
		}
		return c
	}
	return r.scalar(n)
}

func (r *yamlReader) mapping(n ast.Node, values []*ast.MappingValueNode, depth int) *conf {
	c := r.at(n)
	var merged []confEntry // behind its own entries, so that those are found first
	for _, v := range values {
		key := r.scalar(v.Key)
		value := r.value(v.Value, depth+1)
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			merged = r.merge(merged, value.entries())
			for _, item := range value.items() {
				merged = r.merge(merged, item.entries())
			}
			continue
		}
		c.table = append(c.table, confEntry{showColons(key.text), key, value})
	}
	c.table = append(c.table, merged...)
	return c
}

// merge copies the entries of a merge key, as far as the bound goes.
func (r *yamlReader) merge(to, from []confEntry) []confEntry {
	if r.merged += len(from); r.merged > yamlMerged {
		return to
	}
	return append(to, from...)
}

func (r *yamlReader) scalar(n ast.Node) *conf {
	c := r.at(n)
	c.scalar = true
	switch n := n.(type) {
	case *ast.NullNode:
		c.scalar = false
	case *ast.StringNode:
		c.text, c.quoted = n.Value, true
	case *ast.LiteralNode:
		c.text, c.quoted = n.Value.Value, true
	default:
		c.text = n.GetToken().Value
	}
	return c
}

// at is an empty value in the place of a node's first token.
func (r *yamlReader) at(n ast.Node) *conf {
	t := n.GetToken()
	c := &conf{source: r.src}
	c.start = r.offset(t)
	for c.start < len(r.src.text) && r.src.text[c.start] == ' ' { // behind a tag the parser counts one too few
		c.start++
	}
	c.start = r.before(c.start, t.Value)
	c.end = min(len(r.src.text), c.start+len(t.Value))
	if t.Type == token.DoubleQuoteType || t.Type == token.SingleQuoteType {
		c.start, c.end = min(c.start+1, len(r.src.text)), min(c.end+1, len(r.src.text))
	}
	return c
}

// before is where a value begins: there, or a little before, as the parser counts blanks behind the value as ones before it.
func (r *yamlReader) before(start int, value string) int {
	for i := start; value != "" && i >= 0 && (i == start || r.src.text[i] != '\n'); i-- {
		if bytes.HasPrefix(r.src.text[i:], []byte(value)) {
			return i
		}
	}
	return start
}

// offset is in bytes: the parser's own offsets count characters, and its columns do, too.
func (r *yamlReader) offset(t *token.Token) int {
	if t == nil || t.Position == nil || t.Position.Line < 1 || t.Position.Line > len(r.lines) {
		return 0
	}
	i := r.lines[t.Position.Line-1]
	for col := t.Position.Column; col > 1 && i < len(r.src.text) && r.src.text[i] != '\n'; col-- {
		_, size := utf8.DecodeRune(r.src.text[i:])
		i += size
	}
	return i
}

// lineStarts are the offsets at which lines begin.
func lineStarts(text []byte) []int {
	out := []int{0}
	for i := 0; ; {
		n := bytes.IndexByte(text[i:], '\n')
		if n < 0 {
			return out
		}
		i += n + 1
		out = append(out, i)
	}
}
