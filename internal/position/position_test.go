package position

import (
	"testing"
	"unicode/utf8"
)

func TestAt(t *testing.T) {
	for _, c := range []struct {
		name, text string
		offset     int
		unit       Unit
		want       Position
	}{
		{"empty", "", 0, Runes, Position{1, 1}},
		{"first", "ab\ncd", 0, Bytes, Position{1, 1}},
		{"at LF", "ab\ncd", 2, Bytes, Position{1, 3}},
		{"after LF", "ab\ncd", 3, Bytes, Position{2, 1}},
		{"inside CRLF", "ab\r\ncd", 3, Bytes, Position{1, 3}},
		{"after CRLF", "ab\r\ncd", 4, Bytes, Position{2, 1}},
		{"after CR", "ab\rcd", 3, Bytes, Position{2, 1}},
		{"CR CR LF", "\r\r\nx", 3, Bytes, Position{3, 1}},
		{"last line empty", "ab\n", 3, Bytes, Position{2, 1}},
		{"bytes of é", "éa", 2, Bytes, Position{1, 3}},
		{"runes of é", "éa", 2, Runes, Position{1, 2}},
		{"inside é", "éa", 1, Runes, Position{1, 1}},
		{"UTF-16 of 😀", "😀a", 4, UTF16, Position{1, 3}},
		{"runes of 😀", "😀a", 4, Runes, Position{1, 2}},
		{"BOM", "\xef\xbb\xbfab", 4, Bytes, Position{1, 2}},
		{"inside the BOM", "\xef\xbb\xbfab", 1, UTF16, Position{1, 1}},
		{"no UTF-8", "\xff\xfea", 2, UTF16, Position{1, 3}},
		{"before the text", "ab", -5, Runes, Position{1, 1}},
		{"behind the text", "ab\nc", 99, Runes, Position{2, 2}},
	} {
		if got := New([]byte(c.text)).At(c.offset, c.unit); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOffset(t *testing.T) {
	x := New([]byte("a😀b\r\nc"))
	for _, c := range []struct {
		at   Position
		unit Unit
		want int
	}{
		{Position{1, 3}, UTF16, 1}, // inside the pair
		{Position{1, 4}, UTF16, 5},
		{Position{1, 3}, Runes, 5},
		{Position{1, 99}, Runes, 6},
		{Position{2, 2}, Bytes, 9},
		{Position{9, 1}, Bytes, 9},
		{Position{0, 0}, Bytes, 0},
	} {
		if got := x.Offset(c.at, c.unit); got != c.want {
			t.Errorf("%v: got %d, want %d", c.at, got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	x := New([]byte("\xef\xbb\xbfone\r\ntwo\rthree\n"))
	for i, want := range []string{"one", "two", "three", ""} {
		if got := string(x.Text(i + 1)); got != want {
			t.Errorf("line %d: got %q, want %q", i+1, got, want)
		}
	}
	if x.Lines() != 4 {
		t.Errorf("got %d lines, want 4", x.Lines())
	}
}

func FuzzRoundTrip(f *testing.F) {
	for _, s := range []string{"", "a\nb", "\xef\xbb\xbf\r\n\r", "é😀\xff\xf0\x9f", "a\r\r\n\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		x := New(text)
		for line := 1; line <= x.Lines(); line++ {
			for at := x.Start(line); at <= x.End(line); {
				for _, unit := range []Unit{Bytes, UTF16, Runes} {
					p := x.At(at, unit)
					if p.Line != line || x.Offset(p, unit) != at {
						t.Fatalf("%q: offset %d is %v in unit %d, which is offset %d", text, at, p, unit, x.Offset(p, unit))
					}
				}
				_, size := utf8.DecodeRune(text[at:])
				at += max(size, 1)
			}
		}
		for _, at := range []int{-1, len(text) + 1} {
			x.At(at, Runes)
			x.Offset(Position{at, at}, UTF16)
		}
	})
}
