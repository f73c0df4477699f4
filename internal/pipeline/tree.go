package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/gocheck"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/internal/walk"
)

// tree is the files of the project, read and parsed when somebody asks. It
// implements platform.Tree and jsflow.Source and may be used by several goroutines.
type tree struct {
	root    string
	files   []string // to look into, and deployment files around them
	all     []string // scripts around them, too: what an import may mean
	overlay map[string]string
	named   map[string]bool // files that the user named: checked even if minified

	mu      sync.Mutex
	entries map[string]*entry

	parseTime atomic.Int64
}

// entry is one file.
type entry struct {
	read    sync.Once
	text    []byte
	readErr error

	parse      sync.Once
	file       *jsparse.File
	parseErr   error
	directives []suppress.Directive
	parsed     bool // guarded by tree.mu
}

// errMinified is why a bundler's output has no tree.
var errMinified = errors.New("minified: nobody wrote this by hand")

func newTree(root string, found *walk.Result, overlay map[string]string) *tree {
	files := slices.Clone(found.Files)
	for _, name := range found.Around {
		if !walk.IsScript(name) {
			files = append(files, name)
		}
	}
	all := slices.Concat(found.Files, found.Around)
	slices.Sort(files)
	slices.Sort(all)
	t := &tree{root: root, files: files, all: all, overlay: overlay, named: map[string]bool{}, entries: map[string]*entry{}}
	for _, name := range found.Named {
		t.named[name] = true
	}
	return t
}

// Files lists the files to check and the deployment files around them, sorted.
func (t *tree) Files() []string { return t.files }

func (t *tree) entry(path string) *entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[path]
	if e == nil {
		e = &entry{}
		t.entries[path] = e
	}
	return e
}

// Read returns a file's bytes.
func (t *tree) Read(path string) ([]byte, error) {
	e := t.entry(path)
	e.read.Do(func() {
		if text, ok := t.overlay[path]; ok {
			e.text = []byte(text)
			return
		}
		e.text, e.readErr = os.ReadFile(walk.Abs(t.root, path))
	})
	return e.text, e.readErr
}

// Parse returns a script's tree.
func (t *tree) Parse(path string) (*jsparse.File, error) {
	e := t.entry(path)
	e.parse.Do(func() {
		text, err := t.Read(path)
		if err != nil {
			e.parseErr = err
			return
		}
		if !t.named[path] && walk.Minified(text) {
			e.parseErr = errMinified
			return
		}
		start := time.Now()
		e.file, e.parseErr = jsparse.Parse(path, text)
		t.parseTime.Add(int64(time.Since(start)))
		e.directives = suppress.Parse(e.file)
		t.mu.Lock()
		e.parsed = true
		t.mu.Unlock()
	})
	return e.file, e.parseErr
}

// parsed lists the files that were parsed, sorted, and their size.
func (t *tree) parsed() (names []string, bytes int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, e := range t.entries {
		if e.parsed {
			names = append(names, name)
			bytes += int64(len(e.text))
		}
	}
	slices.Sort(names)
	return names, bytes
}

// unreadable lists files that are there and could not be read. Steps may ask
// for files that are not there; that is no problem.
func (t *tree) unreadable() []Problem {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Problem
	for name, e := range t.entries {
		if e.readErr == nil {
			continue
		}
		_, listed := slices.BinarySearch(t.files, name)
		if listed || !errors.Is(e.readErr, fs.ErrNotExist) && !isDirectory(t.root, name) {
			out = append(out, Problem{File: name, Err: e.readErr})
		}
	}
	return out
}

func isDirectory(root, name string) bool {
	info, err := os.Stat(walk.Abs(root, name))
	return err != nil || info.IsDir()
}

// Parses tells whether a text can be read as what its file's name says it is: a script or a deployment file.
func Parses(file, text string) bool {
	if strings.HasSuffix(file, ".go") {
		return gocheck.Parses(file, text)
	}
	if !walk.IsScript(file) {
		return platform.Readable(file, []byte(text)) == nil
	}
	_, err := jsparse.Parse(file, []byte(text))
	return err == nil
}
