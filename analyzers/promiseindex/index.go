// Package promiseindex knows what calls into packages give: a promise, a node-style callback, an emitter.
//
// It stands beside jsflow on the way from tree to flow graph. Handlers mostly call libraries, and whether
// `client.messages.create(…)` has to be waited for cannot be read off the handler. The index holds what the
// packages' published type declarations say, one compact graph per package and major version; gen/ makes it.
// What it does not know is unknown, and unknown stays silent.
package promiseindex

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed data/*.gz
var embedded embed.FS

// ErrUnknown says that the index does not describe a package, or not the major version asked for.
var ErrUnknown = errors.New("not in the promise index")

// CorruptError says that a file of the index cannot be read.
type CorruptError struct {
	File   string
	Reason string
}

func (e *CorruptError) Error() string { return fmt.Sprintf("promise index: %s: %s", e.File, e.Reason) }

// Index finds packages. It reads nothing until it is asked, then only the package asked for, and once.
// It may be used by several goroutines.
type Index struct {
	files  fs.FS
	majors func() (map[string][]int, error)

	mu    sync.Mutex
	packs map[string]*loading
	// unzippers are of type *unzipper.
	unzippers sync.Pool
}

type loading struct {
	once sync.Once
	pack *pack
	err  error
}

// Embedded gives the index that is part of the binary.
func Embedded() *Index {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the pattern of go:embed above is not "data/…"
	}
	return New(data)
}

// New gives an index over files named `package@major.gz`, a slash in the package's name being a plus.
func New(files fs.FS) *Index {
	x := &Index{files: files, packs: map[string]*loading{}}
	x.majors = sync.OnceValues(func() (map[string][]int, error) { return listMajors(files) })
	return x
}

// Open gives the module that specifier means: a package's name, or one with a path below it (`mysql2/promise`).
// version is the range in package.json or an exact version; the newest major that it allows and the index has
// is taken. An empty or unreadable version means the newest. The error is ErrUnknown or a *CorruptError.
func (x *Index) Open(specifier, version string) (*Module, error) {
	name := packageName(specifier)
	if builtin, ok := strings.CutPrefix(specifier, "node:"); ok || name == nodePackage {
		return x.node(builtin)
	}
	p, err := x.pack(name, version)
	if err != nil {
		return nil, err
	}
	return p.module(specifier)
}

// Oldest gives the oldest major version of a package that the index describes; false if it describes none.
func (x *Index) Oldest(pkg string) (major int, ok bool) {
	majors, err := x.majors()
	if err != nil || len(majors[packageName(pkg)]) == 0 {
		return 0, false
	}
	return majors[packageName(pkg)][0], true
}

// pack gives the file of a package.
func (x *Index) pack(name, version string) (*pack, error) {
	majors, err := x.majors()
	if err != nil {
		return nil, err
	}
	major, ok := choose(majors[name], version)
	if !ok {
		return nil, ErrUnknown
	}
	return x.load(fileName(name, major))
}

const (
	nodePackage   = "node"
	globalsModule = "globals"
	keysModule    = "keys"
)

// Builtin gives a module of Node's own: `fs`, `node:fs` and `fs/promises` alike.
func (x *Index) Builtin(module string) (*Module, bool) {
	m, err := x.node(strings.TrimPrefix(module, "node:"))
	return m, err == nil
}

// Global gives a value that needs no import under Node: `fetch`, `Response`, `setTimeout`.
func (x *Index) Global(name string) (Shape, bool) {
	m, err := x.node(globalsModule)
	if err != nil {
		return Shape{}, false
	}
	return m.Export(name)
}

// GlobalType gives an instance of a type that needs no import: `Response`, or `KVNamespace` of package
// `@cloudflare/workers-types`. The package is "" for Node's own.
func (x *Index) GlobalType(pkg, name string) (Shape, bool) {
	m, err := x.globals(pkg)
	if err != nil {
		return Shape{}, false
	}
	return m.Type(name)
}

// GlobalOf gives a value that a platform's package declares as global: `Runtime` of `@twilio-labs/serverless-runtime-types`.
func (x *Index) GlobalOf(pkg, name string) (Shape, bool) {
	m, err := x.globals(pkg)
	if err != nil {
		return Shape{}, false
	}
	return m.Export(name)
}

func (x *Index) globals(pkg string) (*Module, error) {
	if pkg == "" || pkg == nodePackage {
		return x.node(globalsModule)
	}
	p, err := x.pack(pkg, "")
	if err != nil {
		return nil, err
	}
	if m, err := p.module(globalsModule); err == nil {
		return m, nil
	}
	return p.module(pkg) // @cloudflare/workers-types exports what its runtime has as globals
}

func (x *Index) node(module string) (*Module, error) {
	p, err := x.pack(nodePackage, "")
	if err != nil {
		return nil, err
	}
	return p.module(module)
}

// load reads a file of the index, once.
func (x *Index) load(file string) (*pack, error) {
	x.mu.Lock()
	l := x.packs[file]
	if l == nil {
		l = &loading{}
		x.packs[file] = l
	}
	x.mu.Unlock()
	l.once.Do(func() {
		data, err := fs.ReadFile(x.files, file)
		if err != nil {
			l.err = &CorruptError{file, err.Error()}
			return
		}
		l.pack, l.err = x.decode(file, data)
	})
	return l.pack, l.err
}

// foreign gives the shape that another file of the index calls key.
func (x *Index) foreign(pkg, key string) Shape {
	if pkg == nodePackage {
		if m, err := x.node(keysModule); err == nil {
			s, _ := m.pack.member(m.types, key)
			return s
		}
		return Shape{}
	}
	if m, err := x.Open(pkg, ""); err == nil {
		s, _ := m.Type(key)
		return s
	}
	return Shape{}
}
