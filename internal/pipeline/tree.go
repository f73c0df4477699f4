package pipeline

import (
	"errors"
	"io/fs"
	"maps"
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

// tree is the files of the project at one moment, read and parsed when somebody asks. It
// implements platform.Tree and jsflow.Source and may be used by several goroutines.
type tree struct {
	root    string
	files   []string // to look into, and deployment files around them
	all     []string // scripts around them, too: what an import may mean
	overlay map[string]string
	named   map[string]bool // files that the user named: checked even if minified

	mu      sync.Mutex
	entries map[string]*entry
	// asked are the files that somebody wanted parsed, or that could not be read, in this run: of those that only an
	// earlier run came to, nothing is reported.
	asked map[string]bool
	// recalled is what is known of scripts that an earlier process parsed, as long as nobody needs their trees.
	recalled map[string]keptScript

	// sum is a hash: one for ever, or one that is quick and holds for this process.
	sum func(text []byte) string

	parseTime atomic.Int64
}

// errMinified is why a bundler's output has no tree.
var errMinified = errors.New("minified: check its source instead")

// errCompiled is why a compiler's output has no tree, even if the user named it.
var errCompiled = errors.New("compiler output: check its source instead")

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
	t := &tree{root: root, files: files, all: all, overlay: overlay, named: map[string]bool{}, entries: map[string]*entry{}, asked: map[string]bool{}, sum: quickSum()}
	for _, name := range found.Named {
		t.named[name] = true
	}
	return t
}

// next is the same tree at a later moment.
func (t *tree) next(overlay map[string]string) *tree {
	t.mu.Lock()
	defer t.mu.Unlock()
	after := &tree{
		root: t.root, files: t.files, all: t.all, overlay: overlay, named: t.named, sum: t.sum,
		entries: maps.Clone(t.entries), asked: make(map[string]bool, len(t.asked)),
	}
	maps.DeleteFunc(after.entries, func(_ string, e *entry) bool { return !e.done.Load() }) // somebody reads it just now
	return after
}

// renew reads again what may have changed of the files that were read before, and returns the names of those that did.
func (t *tree) renew(suspects []string) (changed []string) {
	for _, name := range suspects {
		old := t.entries[name]
		if old == nil {
			continue
		}
		now, differs := old.renewed(t, name)
		t.entries[name] = now
		if differs {
			changed = append(changed, name)
		}
	}
	return changed
}

// Dropped tells whether the text that a file has was let go.
func (t *tree) Dropped(path string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[path]
	return e != nil && e.dropped
}

// known lists the files on disk that somebody asked for, in this run or before, sorted.
func (t *tree) known() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var names []string
	for name, e := range t.entries {
		if e.done.Load() && !e.laid {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// suspects are the files that may have changed since they were read.
func (t *tree) suspects() []string {
	names := slices.Collect(maps.Keys(t.entries))
	doubtful := make([]bool, len(names))
	inParallel(len(names), func(i int) {
		e := t.entries[names[i]]
		doubtful[i] = !e.still(t, names[i])
	})
	var out []string
	for i, name := range names {
		if doubtful[i] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
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

// note keeps that a file was asked for.
func (t *tree) note(path string) {
	t.mu.Lock()
	t.asked[path] = true
	t.mu.Unlock()
}

// Read returns a file's bytes.
func (t *tree) Read(path string) ([]byte, error) {
	e := t.whole(path)
	e.load(t, path)
	if e.err != nil {
		t.note(path)
	}
	return e.text, e.err
}

// whole is an entry with its text, should that be wanted in spite of all.
func (t *tree) whole(path string) *entry {
	e := t.entry(path)
	if !e.dropped {
		return e
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.entries[path]; now != e {
		return now
	}
	e = &entry{}
	t.entries[path] = e
	return e
}

// Drop lets a text go that was read and found to be of no interest.
func (t *tree) Drop(path string) {
	e := t.entry(path)
	if !e.done.Load() || e.err != nil || e.dropped {
		return
	}
	short := e.without(t.sum)
	t.mu.Lock()
	t.entries[path] = short
	t.mu.Unlock()
}

// Parse returns a script's tree.
func (t *tree) Parse(path string) (*jsparse.File, error) {
	if _, err := t.Read(path); err != nil {
		return nil, err
	}
	c := t.entry(path).content
	if err := c.written(t.named[path]); err != nil {
		return nil, err
	}
	t.note(path)
	c.parse.Do(func() {
		defer c.parsed.Store(true)
		start := time.Now()
		c.file, c.broken = jsparse.Parse(path, c.text)
		t.parseTime.Add(int64(time.Since(start)))
		c.directives = suppress.Parse(c.file)
	})
	return c.file, c.broken
}

// again parses a script if that is not done, or what came out known; what it was does not matter.
func (t *tree) again(path string) {
	t.mu.Lock()
	e := t.entries[path]
	known := t.asked[path] || e != nil && e.done.Load() && e.parsed.Load()
	if !known {
		_, known = t.recalled[path]
	}
	if known {
		t.asked[path] = true
	}
	t.mu.Unlock()
	if !known {
		_, _ = t.Parse(path)
	}
}

// parsed lists the files that were parsed in this run, sorted, and their size.
func (t *tree) parsed() (names []string, bytes int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name := range t.asked {
		if e := t.entries[name]; e != nil && e.err == nil && e.parsed.Load() {
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
	for name := range t.asked {
		e := t.entries[name]
		if e == nil || e.err == nil {
			continue
		}
		err := e.err
		_, listed := slices.BinarySearch(t.files, name)
		if listed || !errors.Is(err, fs.ErrNotExist) && !isDirectory(t.root, name) {
			out = append(out, Problem{File: name, Err: err})
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
