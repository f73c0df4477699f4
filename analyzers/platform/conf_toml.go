package platform

import (
	"errors"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// parseTOML reads a TOML file.
func parseTOML(src *confSource) (*conf, *confError) {
	p := &unstable.Parser{}
	p.Reset(src.text)
	r := &tomlReader{src: src, p: p, root: &conf{source: src}}
	r.table = r.root
	for p.NextExpression() {
		r.expression(p.Expression())
	}
	if err := p.Error(); err != nil {
		return nil, tomlFailure(src, err)
	}
	return r.root, nil
}

func tomlFailure(src *confSource, err error) *confError {
	e := &confError{text: err.Error()}
	var checked any
	var decode *toml.DecodeError
	if errors.As(toml.Unmarshal(src.text, &checked), &decode) { // the low-level parser's errors carry no position
		line, column := decode.Position()
		if lines := lineStarts(src.text); line >= 1 && line <= len(lines) {
			e.offset = min(lines[line-1]+max(column, 1)-1, len(src.text))
		}
	}
	return e
}

type tomlReader struct {
	src   *confSource
	p     *unstable.Parser
	root  *conf
	table *conf // the one that key-values go to
}

func (r *tomlReader) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.Table:
		r.table = r.descend(r.root, n.Key(), false)
	case unstable.ArrayTable:
		r.table = r.descend(r.root, n.Key(), true)
	case unstable.KeyValue:
		r.keyValue(r.table, n)
	}
}

// descend makes the tables that a dotted key names; with array, the last one is a new item of a list.
func (r *tomlReader) descend(in *conf, keys unstable.Iterator, array bool) *conf {
	for keys.Next() {
		key := keys.Node()
		next := in.entry(string(key.Data))
		if next == nil {
			next = r.here(key)
			in.table = append(in.table, confEntry{string(key.Data), r.here(key), next})
		}
		if keys.IsLast() && array {
			item := r.here(key)
			next.list = append(next.list, item)
			return item
		}
		if n := len(next.list); n > 0 {
			next = next.list[n-1]
		}
		in = next
	}
	return in
}

func (r *tomlReader) keyValue(in *conf, n *unstable.Node) {
	value := r.value(n.Value())
	keys := n.Key()
	for keys.Next() {
		key := keys.Node()
		if keys.IsLast() {
			in.table = append(in.table, confEntry{string(key.Data), r.here(key), value})
			return
		}
		next := in.entry(string(key.Data))
		if next == nil {
			next = r.here(key)
			in.table = append(in.table, confEntry{string(key.Data), r.here(key), next})
		}
		in = next
	}
}

func (r *tomlReader) value(n *unstable.Node) *conf {
	c := r.here(n)
	switch n.Kind {
	case unstable.InlineTable:
		for it := n.Children(); it.Next(); {
			r.keyValue(c, it.Node())
		}
	case unstable.Array:
		for it := n.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				c.list = append(c.list, r.value(it.Node()))
			}
		}
	default:
		c.scalar, c.text = true, string(n.Data)
		c.quoted = n.Kind == unstable.String
	}
	return c
}

// here is an empty value in the place of a node.
func (r *tomlReader) here(n *unstable.Node) *conf {
	start := int(n.Raw.Offset)
	end := start + int(n.Raw.Length)
	if n.Raw.Length == 0 && len(n.Data) > 0 && within(r.src.text, n.Data) { // scalars without a range of their own point into the text
		at := r.p.Range(n.Data)
		start, end = int(at.Offset), int(at.Offset)+int(at.Length)
	}
	if n.Kind == unstable.String && end-start >= 2 {
		start, end = start+1, end-1
	}
	return &conf{source: r.src, start: start, end: end}
}

// within tells whether part is a piece of text's memory, and no copy as strings with escapes are: then both end where the memory does.
func within(text, part []byte) bool {
	text, part = text[:cap(text)], part[:cap(part)]
	return len(text) > 0 && len(part) > 0 && &text[len(text)-1] == &part[len(part)-1]
}
