package jsparse

import (
	"strings"
	"unicode/utf8"
)

// folded is the end of a constant expression that esbuild replaced by its
// value: prefix operators, parentheses, one literal, and more literals where
// strings were joined or constants compared. value is the expected string.
func (c *converter) folded(i int, kind LiteralKind, value string) int {
	end, first, ok := c.operand(i)
	if !ok {
		return end
	}
	for got := len(first); ; {
		next := c.trivia(end)
		rest := c.text[next:]
		joins := kind == String && got < len(value) && strings.HasPrefix(rest, "+")
		compares := kind == Boolean && (strings.HasPrefix(rest, "==") || strings.HasPrefix(rest, "!="))
		if !joins && !compares {
			return end
		}
		for next < len(c.text) && strings.IndexByte("+=!", c.text[next]) >= 0 {
			next++
		}
		stop, more, ok := c.operand(c.trivia(next))
		if !ok {
			return end
		}
		end, got = stop, got+len(more)
	}
}

// operand reads prefix operators, then a literal or something in brackets.
// It gives the text of a literal, to tell when a joined string is complete.
func (c *converter) operand(i int) (end int, text string, ok bool) {
	i = c.trivia(i)
	if i >= len(c.text) {
		return len(c.text), "", false
	}
	switch b := c.text[i]; {
	case strings.IndexByte("!-+~", b) >= 0:
		return c.operand(i + 1)
	case b == '(':
		return c.group(i)
	case b == '"' || b == '\'':
		return c.quoted(i), c.stringValue(i), true
	case b == '`':
		end = c.stringEnd(i)
		return end, c.text[i+1 : max(i+1, end-1)], true
	case b == '[' || b == '{':
		return c.balanced(i), "", true
	case b >= '0' && b <= '9' || b == '.':
		end = c.numberEnd(i)
		return end, c.text[i:end], true
	}
	return c.wordOperand(i)
}

// group reads `( operand … )`.
func (c *converter) group(i int) (end int, text string, ok bool) {
	end = c.balanced(i)
	for j := c.trivia(i + 1); j < end-1; {
		stop, more, ok := c.operand(j)
		if !ok {
			break
		}
		text += more
		for j = c.trivia(stop); j < end-1 && c.text[j] == '+'; {
			j = c.trivia(j + 1)
		}
		if j == stop {
			break
		}
	}
	return end, text, true
}

// wordOperand reads `typeof x`, `void 0`, keywords, and functions in full.
func (c *converter) wordOperand(i int) (end int, text string, ok bool) {
	switch word := c.wordAt(i); word {
	case "":
		return i + 1, "", false
	case "typeof", "void":
		return c.operand(i + len(word))
	case "function", "class", "async":
		return c.balanced(c.find(i, "{")), "", true
	case "true", "false", "null", "undefined":
		return i + len(word), word, true
	default:
		return i + len(word), word, false
	}
}

// stringValue is the text of the quoted string at i, escapes resolved roughly:
// enough to compare lengths and to read module names.
func (c *converter) stringValue(i int) string {
	raw := c.text[i+1 : max(i+1, c.quoted(i)-1)]
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	var b strings.Builder
	for j := 0; j < len(raw); j++ {
		if raw[j] != '\\' || j+1 == len(raw) {
			b.WriteByte(raw[j])
			continue
		}
		j++
		n := escaped(&b, raw[j:])
		j += n - 1
	}
	return b.String()
}

// escaped writes the character behind a backslash and says how many bytes it took.
func escaped(b *strings.Builder, s string) int {
	if at := strings.IndexByte("nrtbfv0", s[0]); at >= 0 {
		b.WriteByte("\n\r\t\b\f\v\x00"[at])
		return 1
	}
	switch s[0] {
	case '\r':
		return 1 + strings.Count(s[:min(2, len(s))], "\n")
	case '\n':
		return 1
	case 'x':
		return hexEscape(b, s, 1, 3)
	case 'u':
		if end := strings.IndexByte(s, '}'); strings.HasPrefix(s, "u{") && end > 0 {
			return hexEscape(b, s, 2, end) + 1
		}
		return hexEscape(b, s, 1, 5)
	}
	_, size := utf8.DecodeRuneInString(s)
	b.WriteString(s[:size])
	return size
}

func hexEscape(b *strings.Builder, s string, from, to int) int {
	to = min(to, len(s))
	var r rune
	for _, d := range s[min(from, to):to] {
		r = r<<4 + rune(strings.IndexByte("0123456789abcdef", byte(d)|0x20))
	}
	b.WriteRune(r)
	return to
}
