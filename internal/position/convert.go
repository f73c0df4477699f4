package position

import "unicode/utf8"

// At is the position of an offset. Inside a character it is that of the
// character, inside a line's end that of the line's end.
func (x *Index) At(offset int, unit Unit) Position {
	line := x.Line(offset)
	start := x.Start(line)
	offset = min(max(offset, start), x.End(line))
	if unit == Bytes || x.ascii {
		return Position{line, 1 + offset - start}
	}
	column := 1
	for i := start; i < offset; {
		r, size := utf8.DecodeRune(x.text[i:])
		if i += size; i > offset {
			break
		}
		column += width(r, unit)
	}
	return Position{line, column}
}

// Offset is the offset of a position. A column behind the line's end is its
// end; a column inside a surrogate pair is the start of the pair.
func (x *Index) Offset(p Position, unit Unit) int {
	if p.Line < 1 {
		return 0
	}
	if p.Line > x.Lines() {
		return len(x.text)
	}
	at, end := x.Start(p.Line), x.End(p.Line)
	left := max(p.Column-1, 0)
	if unit == Bytes || x.ascii {
		return at + min(left, end-at)
	}
	for at < end {
		r, size := utf8.DecodeRune(x.text[at:end])
		if left -= width(r, unit); left < 0 {
			break
		}
		at += size
	}
	return at
}

func width(r rune, unit Unit) int {
	if unit == UTF16 && r >= 0x10000 {
		return 2
	}
	return 1
}
