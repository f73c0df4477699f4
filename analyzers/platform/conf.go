package platform

import (
	"bytes"
	"path"
	"strconv"
	"strings"
)

// conf is one value of a deployment file, whatever its format, with its place. All methods accept nil: what is absent.
type conf struct {
	source     *confSource
	start, end int
	// tag is a YAML tag: `!Ref`, `!Sub`, ….
	tag string
	// text is a scalar.
	text   string
	scalar bool
	// quoted means that a scalar is a string for sure.
	quoted bool
	// table holds the entries of a mapping, list those of a sequence.
	table []confEntry
	list  []*conf
}

// confEntry is one entry of a mapping; it is at the place of its key.
type confEntry struct {
	key   string
	at    *conf
	value *conf
}

// confSource is the file that a value stands in.
type confSource struct {
	file string
	text []byte // without the mark
	mark int    // length of a byte order mark before it
}

// confError is why a deployment file cannot be read.
type confError struct {
	offset int
	text   string
}

func (e *confError) Error() string { return e.text }

// Bounds of a deployment file, in bytes and brackets inside each other: the parsers are recursive, and a stack that is used up ends
// the process.
const (
	confLimit = 4 << 20
	confDepth = 1000
)

// tooDeep is where a text nests too deeply by its brackets, or by YAML's dashes at the start of a line; -1 if it does not. Brackets in
// strings count, too, which does no harm.
func tooDeep(text []byte) int {
	brackets, dashes, indent := 0, 0, true
	for i, b := range text {
		switch b {
		case '[', '{':
			brackets++
		case ']', '}':
			brackets = max(0, brackets-1)
		case '\n':
			dashes, indent = 0, true
		}
		if indent && (b == '-' || b == '?') && i+1 < len(text) && text[i+1] == ' ' {
			dashes++
		} else if b != ' ' && b != '\n' {
			indent = false
		}
		if brackets > confDepth || dashes > confDepth {
			return i
		}
	}
	return -1
}

// parseConf reads a deployment file by its name's ending.
func parseConf(file string, text []byte) (*conf, *confError) {
	whole := len(text)
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	src := &confSource{file, text, whole - len(text)}
	if len(text) > confLimit {
		return nil, &confError{0, "larger than any deployment file that is read (4 MiB)"}
	}
	if at := tooDeep(text); at >= 0 {
		return nil, &confError{at, "nests too deeply"}
	}
	switch path.Ext(file) {
	case ".yml", ".yaml":
		return parseYAML(src)
	case ".toml":
		return parseTOML(src)
	}
	return parseJSON(src)
}

// Readable tells whether a deployment file can be read: its error is what a reader of the file would say.
func Readable(file string, text []byte) error {
	if _, failed := parseConf(file, text); failed != nil {
		return failed
	}
	return nil
}

// get follows keys into mappings.
func (c *conf) get(keys ...string) *conf {
	for _, k := range keys {
		c = c.entry(k)
	}
	return c
}

func (c *conf) entry(key string) *conf {
	if c == nil {
		return nil
	}
	for _, e := range c.table {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// key is a mapping's key, in its place.
func (c *conf) key(name string) *conf {
	for _, e := range c.entries() {
		if e.key == name {
			return e.at
		}
	}
	return nil
}

// entries are those of a mapping.
func (c *conf) entries() []confEntry {
	if c == nil {
		return nil
	}
	return c.table
}

// items are those of a sequence.
func (c *conf) items() []*conf {
	if c == nil {
		return nil
	}
	return c.list
}

// str is a plain scalar's text, empty if it is something else or tagged.
func (c *conf) str() string {
	if c == nil || !c.scalar || c.tag != "" {
		return ""
	}
	return c.text
}

// number is a scalar that is a whole number.
func (c *conf) number() (int, bool) {
	n, err := strconv.Atoi(strings.ReplaceAll(c.str(), "_", ""))
	return n, err == nil
}

// place is where it stands.
func (c *conf) place() Place {
	if c == nil {
		return Place{}
	}
	return c.source.place(c.start, c.end)
}

// place is a range of the file.
func (s *confSource) place(start, end int) Place {
	start, end = min(start, len(s.text)), min(end, len(s.text))
	line := 1 + bytes.Count(s.text[:start], []byte("\n"))
	return Place{File: s.file, Start: start + s.mark, End: end + s.mark, Line: line}
}
