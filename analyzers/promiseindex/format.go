package promiseindex

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"sort"
	"strings"
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

	// maxSize bounds what a damaged file may unpack to, in bytes; the largest file is below a tenth of it. Up to maxHint, a file is
	// believed what it says of its size.
	maxSize = 64 << 20
	maxHint = 4 << 20
)

// pack is one file, unpacked. Strings and nodes stay bytes until they are asked for.
type pack struct {
	index   *Index
	name    string // the package
	version string // the version whose declarations were read
	data    string
	strings []int32 // where they begin in data
	modules []module
	starts  []int32 // of nodes in body, and the end of the last
	body    string
}

type module struct {
	specifier string
	commonjs  bool
	value     int
	types     int
}

func (x *Index) decode(file string, zipped []byte) (*pack, error) {
	data, err := x.unzip(zipped)
	if err != nil {
		return nil, &CorruptError{file, err.Error()}
	}
	if !strings.HasPrefix(data, magic) {
		return nil, &CorruptError{file, "not a file of the promise index, or of another version of it"}
	}
	r := &reader{data: data[len(magic):]}
	p := &pack{index: x, name: r.text(), version: r.text(), data: data}
	p.strings = make([]int32, r.count())
	for i := range p.strings {
		p.strings[i] = int32(len(data) - len(r.data))
		r.text()
	}
	p.modules = make([]module, r.count())
	for i := range p.modules {
		p.modules[i] = module{p.text(r.number()), r.number() == 1, r.number(), r.number()}
	}
	p.starts = make([]int32, r.count()+1)
	end := 0
	for i := range len(p.starts) - 1 {
		end = min(end+r.number(), len(data))
		p.starts[i+1] = int32(end)
	}
	p.body = r.data
	if r.failed || end != len(p.body) {
		return nil, &CorruptError{file, "cut short or damaged"}
	}
	return p, nil
}

// unzipper is used again: making one costs more than unpacking most files.
type unzipper struct {
	gzip.Reader
	buffer [16 << 10]byte
}

func (x *Index) unzip(zipped []byte) (string, error) {
	z, _ := x.unzippers.Get().(*unzipper)
	if z == nil {
		z = &unzipper{}
	}
	if err := z.Reset(bytes.NewReader(zipped)); err != nil {
		return "", err
	}
	var b strings.Builder
	if n := len(zipped) - 4; n > 0 { // the format ends with the size
		b.Grow(int(min(binary.LittleEndian.Uint32(zipped[n:]), maxHint)))
	}
	n, err := io.CopyBuffer(&b, io.LimitReader(z, maxSize+1), z.buffer[:])
	if err == nil && n > maxSize {
		err = fmt.Errorf("larger than %d bytes", maxSize)
	}
	x.unzippers.Put(z)
	return b.String(), err
}

// text is the string with a number, or "" if there is none.
func (p *pack) text(number int) string {
	if number >= len(p.strings) {
		return ""
	}
	r := reader{data: p.data[p.strings[number]:]}
	return r.text()
}

// find is the number of a string, or -1.
func (p *pack) find(s string) int {
	if i := sort.Search(len(p.strings), func(i int) bool { return p.text(i) >= s }); i < len(p.strings) && p.text(i) == s {
		return i
	}
	return -1
}

// bytesOf gives a node's bytes; none if there is no such node.
func (p *pack) bytesOf(node int) string {
	i := node - firstNode
	if i < 0 || i >= len(p.starts)-1 {
		return ""
	}
	from, to := p.starts[i], p.starts[i+1]
	if from > to || int(to) > len(p.body) {
		return ""
	}
	return p.body[from:to]
}

// reader takes numbers and texts off data. Past the end it gives zeros and has failed.
type reader struct {
	data   string
	failed bool
}

func (r *reader) number() int {
	n := uint64(0)
	for i := 0; i < len(r.data) && i < binary.MaxVarintLen32; i++ {
		b := r.data[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 && n <= maxSize {
			r.data = r.data[i+1:]
			return int(n)
		}
	}
	r.data, r.failed = "", true
	return 0
}

// count is a number of things that follow, each of a byte at least.
func (r *reader) count() int {
	n := r.number()
	if n > len(r.data) {
		r.data, r.failed = "", true
		return 0
	}
	return n
}

func (r *reader) text() string {
	n := r.count()
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}
