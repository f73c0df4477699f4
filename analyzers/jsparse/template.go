package jsparse

import (
	"strings"

	shim "github.com/evanw/esbuild/shim"
)

func (c *converter) templateExpr(i int, d *shim.ETemplate) Expr {
	n := &Template{Tag: c.expr(d.TagOrNil)}
	head := at(d.HeadLoc)
	n.Strings = append(n.Strings, templateText(n.Tag != nil, d.HeadRaw, d.HeadCooked))
	end := head
	if head < len(c.text) && c.text[head] == '`' {
		end = c.quasi(head)
	}
	for j := range d.Parts {
		p := &d.Parts[j]
		n.Parts = append(n.Parts, c.expr(p.Value))
		n.Strings = append(n.Strings, templateText(n.Tag != nil, p.TailRaw, p.TailCooked))
		end = max(end, c.quasi(at(p.TailLoc)))
	}
	n.Extent = Span{i, end}
	if n.Tag != nil {
		n.Start = c.leftOf(n.Tag, head)
	} else if len(d.Parts) > 0 {
		n.End = c.joinedTail(d.Parts[len(d.Parts)-1], end)
	}
	return n
}

func templateText(tagged bool, raw string, cooked []uint16) string {
	if tagged {
		return raw
	}
	return utf16String(cooked)
}

// quasi is the end of a template's literal text, which starts at i with "`" or
// "}" and ends with "`" or "${".
func (c *converter) quasi(i int) int {
	end := len(c.text)
	for j := i + 1; j < len(c.text); j++ {
		if b := c.text[j]; b == '\\' {
			j++
		} else if b == '`' {
			end = j + 1
			break
		} else if b == '$' && strings.HasPrefix(c.text[j:], "${") {
			end = j + 2
			break
		}
	}
	c.opaque = append(c.opaque, Span{i, end})
	return end
}

// joinedTail is the end of a template to which esbuild has joined the strings
// that were added to it: `${x}a` + "b".
func (c *converter) joinedTail(last shim.TemplatePart, end int) int {
	next := c.trivia(end)
	if next >= len(c.text) || c.text[next] != '+' || end-1 < at(last.TailLoc) {
		return end
	}
	have, want := c.text[at(last.TailLoc)+1:end-1], utf16String(last.TailCooked)
	for len(have) < len(want) && next < len(c.text) && c.text[next] == '+' {
		stop, more, ok := c.operand(next + 1)
		if !ok {
			break
		}
		end, have = stop, have+more
		next = c.trivia(end)
	}
	return end
}
