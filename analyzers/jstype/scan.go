package jstype

import (
	"strings"
	"unicode/utf8"
)

// scanner reads tokens of a part of a text that holds no expressions: so a slash starts a comment, and a template a type.
type scanner struct {
	text string
	end  int // where the part ends
	at   int // start of the current token
	to   int // its end; at == to at the end of the part
	kind token
	line bool // a line ended before the token
}

type token uint8

const (
	atEnd token = iota
	name
	number
	quoted
	punctuation
)

func scan(text string, from, to int) *scanner {
	s := &scanner{text: text, end: min(to, len(text)), to: max(from, 0)}
	s.next()
	return s
}

// word is the current token's text.
func (s *scanner) word() string { return s.text[s.at:s.to] }

func (s *scanner) is(word string) bool {
	return s.kind != quoted && s.kind != atEnd && s.word() == word
}

// accept steps over a token if it is word.
func (s *scanner) accept(word string) bool {
	if !s.is(word) {
		return false
	}
	s.next()
	return true
}

// next steps to the next token.
func (s *scanner) next() {
	s.skipSpace()
	s.at = s.to
	if s.at >= s.end {
		s.kind = atEnd
		return
	}
	switch c := s.text[s.at]; {
	case c == '"' || c == '\'' || c == '`':
		s.kind, s.to = quoted, s.stringEnd()
	case c >= '0' && c <= '9':
		s.kind, s.to = number, s.nameEnd(s.at)
	case nameByte(c) || c == '#':
		s.kind, s.to = name, s.nameEnd(s.at+1)
	default:
		s.kind, s.to = punctuation, s.at+length(s.text[s.at:s.end])
	}
	s.to = min(s.to, s.end)
}

// length is that of the punctuation that rest starts with.
func length(rest string) int {
	for _, long := range []string{"...", "=>"} {
		if strings.HasPrefix(rest, long) {
			return len(long)
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return size
}

func (s *scanner) skipSpace() {
	s.line = false
	for s.to < s.end {
		rest := s.text[s.to:s.end]
		switch c := rest[0]; {
		case c == '\n' || c == '\r':
			s.line = true
			s.to++
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			s.to++
		case strings.HasPrefix(rest, "\ufeff") || strings.HasPrefix(rest, "\u00a0"):
			_, size := utf8.DecodeRuneInString(rest)
			s.to += size
		case strings.HasPrefix(rest, "//"):
			s.to += upTo(rest, "\n", 0)
		case strings.HasPrefix(rest, "/*"):
			n := upTo(rest, "*/", 2)
			s.line = s.line || strings.Contains(rest[:n], "\n")
			s.to += n
		default:
			return
		}
	}
}

// upTo is the length of rest up to the first mark, its last bytes included.
func upTo(rest, mark string, included int) int {
	if n := strings.Index(rest, mark); n >= 0 {
		return n + included
	}
	return len(rest)
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= utf8.RuneSelf
}

func (s *scanner) nameEnd(i int) int {
	for i < s.end && nameByte(s.text[i]) {
		i++
	}
	return i
}

// stringEnd is the end of a string, or of a template with what is put into it.
func (s *scanner) stringEnd() int {
	quote, depth := s.text[s.at], 0
	for i := s.at + 1; i < s.end; i++ {
		switch c := s.text[i]; {
		case c == '\\':
			i++
		case c == quote && depth == 0:
			return i + 1
		case quote == '`' && strings.HasPrefix(s.text[i:], "${"):
			depth++
		case quote == '`' && c == '}' && depth > 0:
			depth--
		}
	}
	return s.end
}

// content is what a string says.
func (s *scanner) content() string {
	if s.kind != quoted || s.to-s.at < 2 {
		return ""
	}
	return s.text[s.at+1 : s.to-1]
}

// skip steps over a token, or over the brackets that it opens. It gives the offset behind.
func (s *scanner) skip() int {
	depth := 0
	for s.kind != atEnd {
		end := s.to
		if s.kind == punctuation {
			switch s.word() {
			case "(", "[", "{":
				depth++
			case ")", "]", "}":
				depth--
			}
		}
		s.next()
		if depth <= 0 {
			return end
		}
	}
	return s.at
}

// behind looks at the token behind the brackets that open here.
func (s *scanner) behind() *scanner {
	ahead := *s
	ahead.skip()
	return &ahead
}
