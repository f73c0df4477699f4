package promiseindex

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"sort"
)

// A file of the index is gzipped and consists of numbers (unsigned varints) and texts (length, bytes):
//
//	"hvpi2\n"  name  version  strings  modules  lengths  nodes
//	strings    count, then texts in ascending order
//	modules    count, then each: specifier (a string's number), 1 if CommonJS's `export =`, node of the module, node of its types
//	lengths    count of nodes, then the length of each in bytes
//	nodes      see node.go; the first has the number 2
//
// Node 0 is what is not known, node 1 a value that is neither promise nor emitter.
const (
	magic     = "hvpi2\n"
	unknown   = 0
	plain     = 1
	firstNode = 2

	// maxSize bounds what a damaged file may unpack to, in bytes; the largest file is below a tenth of it.
	maxSize = 64 << 20
)

// pack is one file, unpacked. Nodes stay bytes until they are asked for.
type pack struct {
	index   *Index
	name    string // the package
	version string // the version whose declarations were read
	strings []string
	modules []module
	starts  []int // of nodes in body, and the end of the last
	body    []byte
}

type module struct {
	specifier string
	commonjs  bool
	value     int
	types     int
}

func decode(file string, zipped []byte) (*pack, error) {
	data, err := unzip(zipped)
	if err != nil {
		return nil, &CorruptError{file, err.Error()}
	}
	if !bytes.HasPrefix(data, []byte(magic)) {
		return nil, &CorruptError{file, "not a file of the promise index, or of another version of it"}
	}
	r := &reader{data: data[len(magic):], source: string(data)}
	p := &pack{name: r.text(), version: r.text()}
	p.strings = make([]string, r.count())
	for i := range p.strings {
		p.strings[i] = r.text()
	}
	p.modules = make([]module, r.count())
	for i := range p.modules {
		p.modules[i] = module{p.text(r.number()), r.number() == 1, r.number(), r.number()}
	}
	p.starts = make([]int, r.count()+1)
	for i := range len(p.starts) - 1 {
		p.starts[i+1] = p.starts[i] + r.number()
	}
	p.body = r.data
	if r.failed || p.starts[len(p.starts)-1] != len(p.body) {
		return nil, &CorruptError{file, "cut short or damaged"}
	}
	return p, nil
}

func unzip(zipped []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(z, maxSize+1))
	if err == nil && len(data) > maxSize {
		err = fmt.Errorf("larger than %d bytes", maxSize)
	}
	return data, err
}

// text is the string with a number, or "" if there is none.
func (p *pack) text(number int) string {
	if number >= len(p.strings) {
		return ""
	}
	return p.strings[number]
}

// find is the number of a string, or -1.
func (p *pack) find(s string) int {
	if i := sort.SearchStrings(p.strings, s); i < len(p.strings) && p.strings[i] == s {
		return i
	}
	return -1
}

// bytesOf gives a node's bytes; none if there is no such node.
func (p *pack) bytesOf(node int) []byte {
	i := node - firstNode
	if i < 0 || i >= len(p.starts)-1 {
		return nil
	}
	from, to := p.starts[i], p.starts[i+1]
	if from > to || to > len(p.body) {
		return nil
	}
	return p.body[from:to]
}

// reader takes numbers and texts off data. Past the end it gives zeros and has failed.
type reader struct {
	data   []byte
	source string // ends where data ends; texts are parts of it
	failed bool
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > maxSize {
		r.data, r.failed = nil, true
		return 0
	}
	r.data = r.data[size:]
	return int(n)
}

// count is a number of things that follow, each of a byte at least.
func (r *reader) count() int {
	n := r.number()
	if n > len(r.data) {
		r.data, r.failed = nil, true
		return 0
	}
	return n
}

func (r *reader) text() string {
	n := r.count()
	s := r.source[len(r.source)-len(r.data):][:n]
	r.data = r.data[n:]
	return s
}
