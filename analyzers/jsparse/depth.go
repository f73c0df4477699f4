package jsparse

import "strings"

// The parser recurses once for every level of nesting, and a Go program whose
// stack outgrows its limit ends at once: no recover helps. So files that might
// nest too deeply are turned away before. The bound is rough and far from what
// people or bundlers write.
const (
	maxNesting = 100_000
	safeSize   = 64 << 10 // too short to nest as deeply as that
)

// tooDeep is the error for a text that may nest deeper than maxNesting.
func tooDeep(name, text string) *SyntaxError {
	if len(text) < safeSize {
		return nil
	}
	n := nesting{}
	if at := n.scan(text); at >= 0 {
		return &SyntaxError{
			Path: name, Span: Span{at, at + 1}, Message: "nested too deeply to be parsed", Internal: true,
		}
	}
	return nil
}

// nesting bounds how deeply a text nests: by the open brackets and by the
// tokens since the last separator on each level, any of which may be a prefix
// (`!!!x`), an assignment (`a=b=c`) or another thing that nests without brackets.
type nesting struct {
	outer   []int // tokens on the levels outside of this one
	total   int   // their sum
	tokens  int   // on this level
	saved   int   // tokens before the last separator that may turn out to be none
	newline bool  // that separator was the end of a line
}

// scan gives the offset where the bound is passed, or -1.
func (n *nesting) scan(text string) int {
	for i := 0; i < len(text); {
		next := i + 1
		switch b := text[i]; {
		case b == ' ' || b == '\t' || b == '\r':
		case b == '\n':
			n.separate(true)
		case b == ',' || b == ';':
			n.separate(false)
		case b == '(' || b == '[' || b == '{':
			n.open()
		case b == ')' || b == ']' || b == '}':
			n.close(b)
		case b == '"' || b == '\'':
			next = skipString(text, i)
			n.token(false)
		case b == '/' && i+1 < len(text) && (text[i+1] == '/' || text[i+1] == '*'):
			next = skipComment(text, i)
		case nameByte(b):
			for next < len(text) && nameByte(text[next]) {
				next++
			}
			n.token(text[i:next] == "else")
		default:
			n.operator()
		}
		if n.total+n.tokens+len(n.outer) > maxNesting {
			return i
		}
		i = next
	}
	return -1
}

func (n *nesting) separate(newline bool) {
	if n.tokens > 0 {
		n.saved, n.tokens, n.newline = n.tokens, 0, newline
	}
}

// token counts a token; with resume, the last separator was none.
func (n *nesting) token(resume bool) {
	if resume {
		n.tokens += n.saved
	}
	n.saved = 0
	n.tokens++
}

// operator counts one that may continue the line before.
func (n *nesting) operator() { n.token(n.newline) }

func (n *nesting) open() {
	n.token(n.newline)
	n.outer = append(n.outer, n.tokens)
	n.total += n.tokens
	n.tokens, n.saved = 0, 0
}

func (n *nesting) close(bracket byte) {
	if len(n.outer) == 0 {
		return
	}
	last := len(n.outer) - 1
	n.tokens, n.saved = n.outer[last], 0
	n.total -= n.tokens
	n.outer = n.outer[:last]
	if bracket == '}' {
		n.separate(false)
	}
}

func skipString(text string, i int) int {
	quote := text[i]
	for i++; i < len(text); i++ {
		switch text[i] {
		case quote:
			return i + 1
		case '\\':
			i++
		case '\n':
			return i // no string after all
		}
	}
	return len(text)
}

func skipComment(text string, i int) int {
	end, size := "\n", 0
	if text[i+1] == '*' {
		end, size = "*/", 2
	}
	if n := strings.Index(text[i+2:], end); n >= 0 {
		return i + 2 + n + size
	}
	return len(text)
}
