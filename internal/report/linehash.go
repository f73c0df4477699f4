package report

import (
	"strconv"
	"unicode/utf16"
)

// block is how many characters the hash of a line covers.
const block = 100

// lineHashes are the primaryLocationLineHash values of the lines of a text, the
// first at index 1, exactly as GitHub's uploader computes them: it compares, and
// alerts keep their identity only while the values agree. Of each line it
// hashes 100 UTF-16 units from the line's start, going on over the lines that
// follow and leaving out blanks and tabs; lines that are alike are counted.
func lineHashes(text []byte) []string {
	h := roller{next: true, seen: map[string]int{}, hashes: []string{""}, first: 1}
	for range block {
		h.first *= 37
	}
	for _, r := range string(text) {
		if r < 0x10000 {
			h.character(uint64(r))
			continue
		}
		high, low := utf16.EncodeRune(r)
		h.character(uint64(high))
		h.character(uint64(low))
	}
	h.character(0xffff)
	for range block { // what is left in the window
		h.report()
		h.push(0)
	}
	return h.hashes
}

// roller is a window that moves over the text. The arithmetic wraps at 64 bits.
type roller struct {
	window [block]uint64
	starts [block]int // the line that starts at this place of the window, or 0
	hash   uint64
	first  uint64 // 37 to the power of block: the weight of what leaves the window
	at     int
	line   int
	next   bool // the next character starts a line
	cr     bool // the last character was a CR
	seen   map[string]int
	hashes []string
}

func (h *roller) character(c uint64) {
	if c == ' ' || c == '\t' || h.cr && c == '\n' {
		h.cr = false
		return
	}
	h.cr = c == '\r'
	if h.cr {
		c = '\n'
	}
	h.report()
	if h.next {
		h.line++
		h.starts[h.at] = h.line
		h.next = false
	}
	h.next = c == '\n'
	h.push(c)
}

// report notes the hash of the line whose first character is about to leave the window.
func (h *roller) report() {
	if h.starts[h.at] == 0 {
		return
	}
	h.starts[h.at] = 0
	hex := strconv.FormatUint(h.hash, 16)
	h.seen[hex]++
	h.hashes = append(h.hashes, hex+":"+strconv.Itoa(h.seen[hex]))
}

func (h *roller) push(c uint64) {
	h.hash = 37*h.hash + c - h.first*h.window[h.at]
	h.window[h.at] = c
	h.at = (h.at + 1) % block
}
