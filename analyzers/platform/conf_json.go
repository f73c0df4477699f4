package platform

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/tailscale/hujson"
)

var (
	// hujsonPosition is how the parser says where it stopped.
	hujsonPosition = regexp.MustCompile(`line (\d+), column (\d+)`)
	// hujsonPrefix is what it writes before the reason.
	hujsonPrefix = regexp.MustCompile(`^hujson: (?:line \d+, column \d+: )?(?:parsing value: )?`)
)

// parseJSON reads JSON, comments and trailing commas allowed.
func parseJSON(src *confSource) (*conf, *confError) {
	v, err := hujson.Parse(src.text)
	if err != nil {
		return nil, jsonFailure(src, err)
	}
	return jsonValue(src, &v), nil
}

func jsonFailure(src *confSource, err error) *confError {
	e := &confError{text: err.Error()}
	if m := hujsonPosition.FindStringSubmatch(e.text); m != nil {
		line, _ := strconv.Atoi(m[1])
		column, _ := strconv.Atoi(m[2])
		if lines := lineStarts(src.text); line >= 1 && line <= len(lines) {
			e.offset = min(lines[line-1]+column-1, len(src.text))
		}
	}
	e.text = "not valid JSON: " + hujsonPrefix.ReplaceAllString(e.text, "")
	return e
}

func jsonValue(src *confSource, v *hujson.Value) *conf {
	c := &conf{source: src, start: v.StartOffset, end: v.EndOffset}
	switch x := v.Value.(type) {
	case *hujson.Object:
		c.table = make([]confEntry, 0, len(x.Members))
		for i := range x.Members {
			key := jsonValue(src, &x.Members[i].Name)
			c.table = append(c.table, confEntry{key.text, key, jsonValue(src, &x.Members[i].Value)})
		}
	case *hujson.Array:
		for i := range x.Elements {
			c.list = append(c.list, jsonValue(src, &x.Elements[i]))
		}
	case hujson.Literal:
		c.scalar = x.Kind() != 'n'
		c.quoted = x.Kind() == '"'
		if c.quoted {
			c.start, c.end = c.start+1, c.end-1
		}
		c.text = literalText(x)
	}
	return c
}

// literalText is the text that a literal stands for. Most have no escapes.
func literalText(x hujson.Literal) string {
	if x.Kind() == '"' && bytes.IndexByte(x, '\\') < 0 && utf8.Valid(x) {
		return string(x[1 : len(x)-1])
	}
	return x.String()
}
