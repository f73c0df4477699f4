package platform

import (
	"strings"

	"github.com/goccy/go-yaml/token"
)

// key reads a mapping's key; nil if there is none. Colon is the offset of the colon behind it.
func (p *plainYAML) key(from, end int) (key *conf, colon int) {
	if quote := p.text[from]; quote == '"' || quote == '\'' {
		c, behind := p.quoted(from, end)
		if behind = p.skip(behind); c == nil || !p.colonAt(behind, end) {
			return nil, 0
		}
		return c, behind
	}
	if !p.beginsPlain(from, end) {
		return nil, 0
	}
	for i := from; i < end; i++ {
		switch {
		case p.colonAt(i, end):
			key := p.plain(from, i)
			if !key.scalar || strings.Contains(key.text, "<<") {
				p.odd = true
			}
			return key, i
		case p.text[i] == '#' && p.text[i-1] == ' ':
			return nil, 0
		}
	}
	return nil, 0
}

// colonAt tells whether a colon ends a key.
func (p *plainYAML) colonAt(i, end int) bool {
	return i < end && p.text[i] == ':' && (i+1 == end || p.text[i+1] == ' ')
}

// beginsPlain tells whether a scalar without quotes may begin like this.
func (p *plainYAML) beginsPlain(from, end int) bool {
	if p.text[from] == '-' {
		return from+1 < end && p.text[from+1] != ' '
	}
	return !strings.ContainsRune("?:,[]{}#&*!|>'\"%@`", rune(p.text[from]))
}

// plain is the scalar without quotes that ends before an offset.
func (p *plainYAML) plain(from, end int) *conf {
	text := strings.TrimRight(p.text[from:end], " ")
	c := p.make(from, from+len(text))
	kind := token.StringType
	if text == "" || !isLetter(text[0]) || len(text) <= len("false") {
		kind = token.New(text, text, nil).Type
	}
	switch kind {
	case token.StringType:
		c.scalar, c.text, c.quoted = true, text, true
	case token.IntegerType, token.FloatType, token.BoolType, token.BinaryIntegerType, token.OctetIntegerType, token.HexIntegerType, token.InfinityType, token.NanType:
		c.scalar, c.text = true, text
	case token.NullType:
	default:
		p.odd = true
	}
	return c
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// quoted reads a scalar in quotes, nil if it is odd.
func (p *plainYAML) quoted(from, end int) (c *conf, behind int) {
	quote := p.text[from]
	for i := from + 1; i < end; i++ {
		switch {
		case p.text[i] == '\\' && quote == '"':
			return p.isOdd(), end
		case p.text[i] == quote && i+1 < end && p.text[i+1] == quote && quote == '\'':
			return p.isOdd(), end
		case p.text[i] == quote:
			c := p.make(from+1, i)
			c.scalar, c.quoted, c.text = true, true, p.text[from+1:i]
			return c, i + 1
		}
	}
	return p.isOdd(), end
}

// flow reads a value of one line: a scalar, a `[list]` or a `{mapping}`. Inside of these, ends are the characters that end a scalar
// without quotes.
func (p *plainYAML) flow(from, depth int, ends string) (c *conf, behind int) {
	if p.odd || from >= p.end || depth > plainDepth {
		return p.isOdd(), p.end
	}
	switch p.text[from] {
	case '"', '\'':
		return p.quoted(from, p.end)
	case '[':
		return p.flowList(from, depth+1)
	case '{':
		return p.flowMapping(from, depth+1)
	}
	if !p.beginsPlain(from, p.end) {
		return p.isOdd(), p.end
	}
	i := from
	for ; i < p.end && !strings.ContainsRune(ends, rune(p.text[i])); i++ {
		if p.text[i] == '#' && p.text[i-1] == ' ' {
			break
		}
		if p.colonAt(i, p.end) || ends != "" && p.text[i] == ':' && strings.ContainsRune(ends, rune(p.text[i+1])) {
			return p.isOdd(), p.end
		}
	}
	c = p.plain(from, i)
	return c, c.end
}

// inFlow are the characters that mean something between brackets.
const inFlow = ",[]{}"

// element reads what stands in a list, or behind a key between braces.
func (p *plainYAML) element(from, depth int) (c *conf, behind int) {
	if from >= p.end {
		return p.isOdd(), p.end
	}
	tag, from := p.tag(from, p.end)
	c, behind = p.flow(from, depth, inFlow)
	return p.tagged(tag, c), p.skip(behind)
}

// more tells whether a comma follows, or the closing bracket; anything else is odd.
func (p *plainYAML) more(at int, closing byte) bool {
	if at >= p.end || p.text[at] != ',' && p.text[at] != closing {
		p.odd = true
	}
	return !p.odd && p.text[at] == ','
}

func (p *plainYAML) flowList(from, depth int) (c *conf, behind int) {
	c = p.make(from, from+1)
	at := p.skip(from + 1)
	if at < p.end && p.text[at] == ']' {
		return c, at + 1
	}
	for {
		var item *conf
		item, at = p.element(at, depth)
		c.list = append(c.list, item)
		if !p.more(at, ']') {
			return c, at + 1
		}
		at = p.skip(at + 1)
	}
}

func (p *plainYAML) flowMapping(from, depth int) (c *conf, behind int) {
	c = p.make(from, from+1)
	at := p.skip(from + 1)
	if at < p.end && p.text[at] == '}' {
		return c, at + 1
	}
	for {
		if at >= p.end {
			return p.isOdd(), p.end
		}
		key, colon := p.key(at, p.end)
		if key == nil || strings.ContainsAny(p.text[key.start:colon], inFlow+":") {
			return p.isOdd(), p.end
		}
		var value *conf
		value, at = p.element(p.skip(colon+1), depth)
		c.table = append(c.table, confEntry{key.text, key, value})
		if !p.more(at, '}') {
			return c, at + 1
		}
		at = p.skip(at + 1)
	}
}
