// Package position converts byte offsets to lines and columns and back. It is the only place that
// does: everything before it counts bytes, while people, editors and file formats each count
// differently.
package position

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// Unit is what a column counts.
type Unit uint8

// The units of columns.
const (
	Bytes Unit = iota // rdjson, LSP with utf-8
	UTF16             // SARIF, LSP by default
	Runes             // people
)

// Position is a place in a text. Both count from 1; the zero Position is no place.
type Position struct{ Line, Column int }

var bom = []byte("\xef\xbb\xbf")

// Index knows the lines of one text. It reads the text when it is first asked
// and may be used by several goroutines.
//
// A line ends with LF, CRLF or CR. A byte order mark has no width. A byte that is
// no UTF-8 counts as one character in every unit.
type Index struct {
	text   []byte
	once   sync.Once
	starts []int // the offset of each line
	ascii  bool  // then all units are the same
}

// New makes the index of a text, which must not change afterwards.
func New(text []byte) *Index { return &Index{text: text} }

func (x *Index) read() {
	x.once.Do(func() {
		x.ascii = true
		first := 0
		if bytes.HasPrefix(x.text, bom) {
			first = len(bom)
		}
		x.starts = append(make([]int, 0, 1+bytes.Count(x.text, []byte{'\n'})), first)
		for i := first; i < len(x.text); i++ {
			switch c := x.text[i]; {
			case c >= utf8.RuneSelf:
				x.ascii = false
			case c == '\n', c == '\r' && !(i+1 < len(x.text) && x.text[i+1] == '\n'):
				x.starts = append(x.starts, i+1)
			}
		}
	})
}

// Lines is the number of lines, at least 1.
func (x *Index) Lines() int {
	x.read()
	return len(x.starts)
}

// Line is the line of an offset. Offsets outside the text are moved to its nearest end.
func (x *Index) Line(offset int) int {
	x.read()
	n := sort.Search(len(x.starts), func(i int) bool { return x.starts[i] > offset })
	return max(n, 1)
}

// Start is the offset of a line's first character.
func (x *Index) Start(line int) int {
	x.read()
	return x.starts[min(max(line, 1), len(x.starts))-1]
}

// End is the offset behind a line's last character, before what ends the line.
func (x *Index) End(line int) int {
	x.read()
	line = min(max(line, 1), len(x.starts))
	if line == len(x.starts) {
		return len(x.text)
	}
	end := x.starts[line] - 1
	if end > x.starts[line-1] && x.text[end] == '\n' && x.text[end-1] == '\r' {
		end--
	}
	return end
}

// Text is a line without what ends it.
func (x *Index) Text(line int) []byte {
	return x.text[x.Start(line):x.End(line)]
}
