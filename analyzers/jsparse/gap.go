package jsparse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A gap is the text between two nodes whose ends are known: operators,
// brackets, comments and TypeScript's types, but no expressions. This file
// reads gaps.

// trivia skips white space and comments.
func (c *converter) trivia(i int) int {
	for i < len(c.text) {
		switch b := c.text[i]; {
		case b == ' ' || b == '\n' || b == '\t' || b == '\r' || b == '\v' || b == '\f':
			i++
		case b == '/':
			end := c.comment(i)
			if end == i {
				return i
			}
			i = end
		case b >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(c.text[i:])
			if r != '\uFEFF' && !unicode.IsSpace(r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// comment is the end of the comment that starts at i, or i if none does.
func (c *converter) comment(i int) int {
	switch {
	case strings.HasPrefix(c.text[i:], "//"):
		return i + lineLength(c.text[i:])
	case strings.HasPrefix(c.text[i:], "/*"):
		if n := strings.Index(c.text[i+2:], "*/"); n >= 0 {
			return i + 2 + n + 2
		}
		return len(c.text)
	}
	return i
}

func lineLength(s string) int {
	for i := range len(s) {
		switch s[i] {
		case '\n', '\r':
			return i
		case 0xE2:
			if strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029") {
				return i
			}
		}
	}
	return len(s)
}

// newline says whether a line ends between two offsets.
func (c *converter) newline(from, to int) bool {
	return from < to && strings.ContainsAny(c.text[from:to], "\n\r\u2028\u2029")
}

// token is the end of the token at i, read without knowing the context:
// a name, a number, a string, a template or one other character.
func (c *converter) token(i int) int {
	switch b := c.text[i]; {
	case b == '"' || b == '\'':
		return c.quoted(i)
	case b == '`':
		return c.template(i)
	case b == '#' || nameByte(b):
		return c.word(i)
	}
	_, size := utf8.DecodeRuneInString(c.text[i:])
	return i + size
}

func nameByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' ||
		b == '_' || b == '$' || b == '\\' || b >= utf8.RuneSelf
}

// word is the end of the name or number at i.
func (c *converter) word(i int) int {
	if i < len(c.text) && c.text[i] == '#' {
		i++
	}
	for ; i < len(c.text); i++ { // nearly all names are plain
		if b := c.text[i]; !nameByte(b) {
			return i
		} else if b == '\\' || b >= utf8.RuneSelf {
			break
		}
	}
	for i < len(c.text) && nameByte(c.text[i]) {
		b := c.text[i]
		switch {
		case b == '\\' && strings.HasPrefix(c.text[i:], `\u{`):
			n := strings.IndexByte(c.text[i:], '}')
			if n < 0 {
				return len(c.text)
			}
			i += n + 1
		case b >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(c.text[i:])
			if r == '\uFEFF' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError && size == 1 || unicode.IsSpace(r) {
				return i
			}
			i += size
		default:
			i++
		}
	}
	return i
}

// wordAt is the name at i, as written.
func (c *converter) wordAt(i int) string {
	if i < 0 || i >= len(c.text) {
		return ""
	}
	return c.text[i:c.word(i)]
}

// quoted is the end of the string literal at i.
func (c *converter) quoted(i int) int {
	quote := c.text[i]
	for i++; i < len(c.text); i++ {
		if b := c.text[i]; b == quote {
			return i + 1
		} else if b == '\\' {
			i++
		}
	}
	return len(c.text)
}

// template is the end of the template literal at i, substitutions included.
func (c *converter) template(i int) int {
	for i++; i < len(c.text); i++ {
		switch c.text[i] {
		case '`':
			return i + 1
		case '\\':
			i++
		case '$':
			if strings.HasPrefix(c.text[i:], "${") {
				i = c.balanced(i+1) - 1
			}
		}
	}
	return len(c.text)
}

// balanced is the end of the bracketed text that opens at i.
func (c *converter) balanced(i int) int {
	depth := 0
	for i < len(c.text) {
		switch c.text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth <= 0 {
				return i + 1
			}
		}
		if i = c.trivia(c.token(i)); depth == 0 {
			return i
		}
	}
	return len(c.text)
}

// find is the offset of the first byte among want outside of brackets, at or
// after i; the end of the text if there is none.
func (c *converter) find(i int, want string) int {
	for i = c.trivia(i); i < len(c.text); i = c.trivia(i) {
		b := c.text[i]
		if strings.IndexByte(want, b) >= 0 {
			return i
		}
		if b == '(' || b == '[' || b == '{' {
			i = c.balanced(i)
		} else {
			i = c.token(i)
		}
	}
	return len(c.text)
}

// parens counts the parentheses of a gap that have no partner inside it.
func (c *converter) parens(from, to int) (closing, opening int) {
	if !hasParen(c.text, from, to) {
		return 0, 0
	}
	for i := c.trivia(from); i < to; i = c.trivia(c.token(i)) {
		switch c.text[i] {
		case '(':
			opening++
		case ')':
			if opening > 0 {
				opening--
			} else {
				closing++
			}
		}
	}
	return closing, opening
}

func hasParen(text string, from, to int) bool {
	for ; from < to; from++ {
		if b := text[from]; b == '(' || b == ')' {
			return true
		}
	}
	return false
}

// afterParens is where the n parentheses around a node that ends at i are closed.
func (c *converter) afterParens(i, n int) int {
	end := i
	for ; n > 0; n-- {
		if i = c.find(i, ")"); i == len(c.text) {
			return end
		}
		i++
		end = i
	}
	return end
}

// beforeParens is where the n parentheses around a node that starts at i are
// opened. Between them stand white space, comments and `<T>` casts.
func (c *converter) beforeParens(i, n int) int {
	start, depth := i, 0
	for i--; n > 0 && i >= 0; i-- {
		switch c.text[i] {
		case ')':
			depth++
		case '(':
			if depth > 0 {
				depth--
				continue
			}
			start = i
			n--
		case '/':
			if i > 0 && c.text[i-1] == '*' {
				if open := strings.LastIndex(c.text[:i-1], "/*"); open >= 0 {
					i = open
				}
			}
		}
	}
	return start
}
