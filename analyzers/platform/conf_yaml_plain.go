package platform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainYAML reads the YAML that most deployment files are written in: mappings and lists by indentation, scalars of one line, block
// scalars, tags, and flow collections of one line. The library's parser makes two thousand allocations of such a file, and is left
// what is odd: anchors, scalars and flow collections of several lines, tabs, several documents, and whatever may be broken, as only
// the library says what is wrong. Both must read a file alike, which tests hold.
type plainYAML struct {
	src  *confSource
	text string
	// The line at hand, from its first word to its last: from and end are offsets, indent is the column of from.
	from, end, indent int
	// behind is the offset of the line after it.
	behind int
	begun  bool // the first line was read
	over   bool // there is no line left
	odd    bool // the text is not as plain as that
	slab   []conf
}

// plainDepth bounds nesting; deeper texts are odd.
const plainDepth = 30

// parsePlainYAML reads a text that is plain; ok tells whether it is.
func parsePlainYAML(src *confSource) (c *conf, ok bool) {
	p := &plainYAML{src: src, text: string(src.text)}
	if !utf8.ValidString(p.text) || strings.ContainsFunc(p.text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
		return nil, false
	}
	p.advance()
	p.begun = true
	if !p.over && p.line() == "---" && p.indent == 0 {
		p.advance()
	}
	if p.over || p.indent > 0 {
		return nil, false
	}
	c = p.block(0)
	return c, !p.odd && p.over
}

// line is what stands on the line at hand.
func (p *plainYAML) line() string { return p.text[p.from:p.end] }

// advance goes to the next line that holds more than a comment.
func (p *plainYAML) advance() {
	for p.behind < len(p.text) {
		start, end := p.behind, len(p.text)
		if n := strings.IndexByte(p.text[start:], '\n'); n >= 0 {
			end = start + n
		}
		p.behind = end + 1
		p.from, p.end = p.skip(start), start+len(strings.TrimRight(p.text[start:end], " "))
		p.indent = p.from - start
		if p.from < p.end && p.text[p.from] != '#' {
			p.odd = p.odd || p.indent == 0 && p.marksDocument()
			return
		}
	}
	p.over = true
}

// marksDocument tells whether the line at hand is about documents. Three dashes may stand before the first one.
func (p *plainYAML) marksDocument() bool {
	switch line := p.line(); {
	case line == "---":
		return p.begun
	case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "..."), line[0] == '%':
		return true
	}
	return false
}

// skip is the offset of the first thing that is no space.
func (p *plainYAML) skip(i int) int {
	for i < len(p.text) && p.text[i] == ' ' {
		i++
	}
	return i
}

// isOdd gives up.
func (p *plainYAML) isOdd() *conf {
	p.odd = true
	return nil
}

// make is a value in its place.
func (p *plainYAML) make(start, end int) *conf {
	if len(p.slab) == 0 {
		p.slab = make([]conf, 64)
	}
	c := &p.slab[0]
	p.slab = p.slab[1:]
	c.source, c.start, c.end = p.src, start, min(end, len(p.text))
	return c
}

// block reads the mapping or list whose first line is at hand.
func (p *plainYAML) block(depth int) *conf {
	switch {
	case depth > plainDepth:
		return p.isOdd()
	case p.atItem():
		return p.list(depth)
	}
	return p.mapping(depth)
}

// at tells whether the line at hand belongs to a block.
func (p *plainYAML) at(indent int) bool { return !p.over && !p.odd && p.indent == indent }

func (p *plainYAML) atItem() bool {
	return p.text[p.from] == '-' && (p.from+1 == p.end || p.text[p.from+1] == ' ')
}

func (p *plainYAML) mapping(depth int) (c *conf) {
	for indent := p.indent; p.at(indent) && !p.atItem(); {
		key, colon := p.key(p.from, p.end)
		if key == nil {
			return p.isOdd()
		}
		if c == nil {
			c = p.make(colon, colon+1)
		}
		c.table = append(c.table, confEntry{key.text, key, p.valueOf(colon+1, indent, depth)})
	}
	return c
}

func (p *plainYAML) list(depth int) *conf {
	c := p.make(p.from, p.from+1)
	for indent := p.indent; p.at(indent) && p.atItem(); {
		c.list = append(c.list, p.item(indent, depth))
	}
	return c
}

// item reads one item of a list. A block that begins on the same line is indented as far as its first word.
func (p *plainYAML) item(indent, depth int) *conf {
	from := p.skip(p.from + 1)
	if from >= p.end || p.text[from] == '#' {
		if p.advance(); p.over || p.indent <= indent {
			return p.isOdd()
		}
		return p.block(depth + 1)
	}
	p.indent += from - p.from
	p.from = from
	if key, _ := p.key(from, p.end); key != nil || p.atItem() {
		return p.block(depth + 1)
	}
	return p.inline(from, indent, depth)
}

// valueOf reads the value behind a key's colon, which may stand on the lines below.
func (p *plainYAML) valueOf(behind, indent, depth int) *conf {
	from := p.skip(behind)
	if from < p.end && p.text[from] != '#' {
		return p.inline(from, indent, depth)
	}
	comment := from < p.end
	if c := p.below(indent, depth); c != nil || p.odd {
		return c
	}
	if comment {
		return p.isOdd()
	}
	return p.make(from, from+len("null"))
}

// below reads the block of a key that begins on the next line; nil if there is none.
func (p *plainYAML) below(indent, depth int) *conf {
	switch p.advance(); {
	case p.over || p.odd || p.indent < indent:
		return nil
	case p.indent > indent:
		return p.block(depth + 1)
	case p.atItem():
		return p.list(depth + 1)
	}
	return nil
}

// inline reads a value that begins on the line at hand, and goes to the line after it.
func (p *plainYAML) inline(from, indent, depth int) *conf {
	tag, from := p.tag(from, p.end)
	if tag != "" && (from >= p.end || p.text[from] == '#') {
		return p.tagged(tag, p.below(indent, depth))
	}
	var c *conf
	if first := p.text[from]; first == '|' || first == '>' {
		c = p.blockScalar(from, indent)
	} else {
		c, from = p.flow(from, depth, "")
		if rest := p.skip(from); rest < p.end && (p.text[rest] != '#' || rest == from) {
			return p.isOdd()
		}
	}
	p.advance()
	if !p.over && p.indent > indent { // a scalar of several lines
		return p.isOdd()
	}
	return p.tagged(tag, c)
}

// tagged is a value behind its tag. A tag of nothing, or of a number, is odd.
func (p *plainYAML) tagged(tag string, c *conf) *conf {
	if c == nil || tag != "" && !c.quoted && c.table == nil && c.list == nil {
		return p.isOdd()
	}
	c.tag = tag
	return c
}

// tag reads a tag and the blanks behind it.
func (p *plainYAML) tag(from, end int) (tag string, behind int) {
	if p.text[from] != '!' {
		return "", from
	}
	tag, _, _ = strings.Cut(p.text[from:end], " ")
	if len(tag) < 2 || strings.ContainsAny(tag[1:], "!<,[]{}'\":") {
		p.odd = true
	}
	return tag, p.skip(from + len(tag))
}

// blockScalar reads the lines below a `|` or `>`.
func (p *plainYAML) blockScalar(from, indent int) *conf {
	head := p.line()[from-p.from:]
	if len(head) > 2 || len(head) == 2 && head[1] != '-' && head[1] != '+' {
		return p.isOdd()
	}
	lines := p.indented(indent)
	last := len(lines)
	for last > 0 && lines[last-1] == "" {
		last--
	}
	if p.odd || last == 0 {
		return p.isOdd()
	}
	c := p.make(from, from+len(head))
	c.scalar, c.quoted = true, true
	if c.text = strings.Join(lines[:last], "\n"); head[0] == '>' {
		c.text = p.folded(lines[:last])
	}
	switch {
	case len(head) == 1:
		c.text += "\n"
	case head[1] == '+':
		c.text += strings.Repeat("\n", 1+len(lines)-last)
	}
	return c
}

// indented takes the lines that are indented further than their key, without what the first one is indented by.
func (p *plainYAML) indented(indent int) (lines []string) {
	by := 0
	for p.behind < len(p.text) {
		n := strings.IndexByte(p.text[p.behind:], '\n')
		if n < 0 {
			p.odd = true // what the end of the text means to the end of a scalar is for the library to say
			return nil
		}
		line := p.text[p.behind : p.behind+n]
		blanks := p.skip(p.behind) - p.behind
		switch {
		case by == 0 && blanks < n:
			by = blanks
		case strings.HasSuffix(line, " "):
			p.odd = true
		}
		if blanks < n && (by <= indent || blanks < by) {
			break
		}
		lines = append(lines, line[min(by, n):])
		p.behind += n + 1
	}
	return lines
}

// folded joins lines to paragraphs. Lines that are indented further stay lines, which is odd.
func (p *plainYAML) folded(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, " "):
			p.odd = true
		case line == "":
			b.WriteByte('\n')
		case i > 0 && lines[i-1] != "":
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}
