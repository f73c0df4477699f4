package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

const tabWidth = 4

// mark gives a source line as a terminal shows it, and a line of marks to stand
// under its bytes from to to: `^~~~`. A line wider than width is cut around them.
func mark(source []byte, from, to, width int) (shown, marks string) {
	before, within, after := display(source[:from], 0), "", ""
	column := cells(before)
	within = display(source[from:to], column)
	after = display(source[to:], column+cells(within))
	if column+cells(within)+cells(after) > width {
		before, within, after = shorten(before, within, after, width)
	}
	return strings.TrimRight(before+within+after, " "),
		strings.Repeat(" ", cells(before)) + "^" + strings.Repeat("~", max(cells(within)-1, 0))
}

// shorten cuts what does not fit, and says so by dots: first behind the range,
// then before it, then the range itself.
func shorten(before, within, after string, width int) (string, string, string) {
	within = head(within, width*2/3)
	room := max(width-cells(within), 0)
	if lead := max(room-cells(after), room/2); cells(before) > lead {
		before = tail(before, lead)
	}
	return before, within, head(after, max(room-cells(before), 1))
}

func head(s string, width int) string {
	return narrow().Truncate(s, width, "…")
}

func tail(s string, width int) string {
	if far := len(s) - utf8.UTFMax*max(width, 1); far > 0 { // the line may be a bundle of megabytes
		s = strings.ToValidUTF8(s[far:], "")
	}
	for cells(s) > width-1 && s != "" {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return "…" + s
}

// narrow measures without asking the environment, so that the same report gives the same bytes.
func narrow() *runewidth.Condition {
	return &runewidth.Condition{StrictEmojiNeutral: true}
}

func cells(s string) int { return narrow().StringWidth(s) }

// display is source text as it is shown from a column on: tabs become blanks,
// what would move the cursor or is no UTF-8 becomes a replacement character.
func display(text []byte, column int) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if r == '\t' {
			n := tabWidth - column%tabWidth
			b.WriteString(strings.Repeat(" ", n))
			column += n
			continue
		}
		r = harmless(r)
		b.WriteRune(r)
		column += narrow().RuneWidth(r)
	}
	return b.String()
}

// clean is text of others made fit for a terminal, on one line.
func clean(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\n", " "), "\ufffd")
	return strings.Map(harmless, s)
}

// harmless replaces characters that drive a terminal or turn the direction of text.
func harmless(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
		return '\ufffd'
	}
	return r
}
