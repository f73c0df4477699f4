// Package walk finds the files of a project: what the user named, except what git ignores and what
// tools generated. It comes before the way begins: paths → file names.
package walk

import (
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Options says where to look.
type Options struct {
	// Root is the absolute directory that all names are relative to.
	Root string
	// Paths are the files and directories to check, absolute. None means the root.
	Paths []string
	// Ignore are globs (with `**`), relative to the root, of what to leave out.
	Ignore []string
	// Closed means that the root holds the project and nothing else: all of it surrounds the paths.
	Closed bool
	// Trace asks for what the walk rests on.
	Trace bool
}

// Problem is something that could not be read.
type Problem struct {
	Path string // relative to the root, slashes
	Err  error
}

// Result is what was found. Names are relative to the root, with slashes, sorted.
type Result struct {
	// Files are the files under the paths asked for.
	Files []string
	// Around are files outside of them that say something about them: those of
	// the same project and of the directories above.
	Around []string
	// Named are the files that the user named one by one.
	Named []string
	// Problems are what could not be read; the other files are in Files all the same.
	Problems []Problem
	// Trace is what was asked for, if the whole root was walked and all that it rests on can be relied on; nil otherwise.
	Trace *Trace
}

// Walk lists the files. It does not follow links to directories, so it ends.
func Walk(o Options) *Result {
	w := &walker{root: o.Root, globs: o.Ignore, slots: make(chan struct{}, 4*runtime.GOMAXPROCS(0))}
	if len(o.Paths) == 0 {
		o.Paths = []string{o.Root}
	}
	whole := false
	if o.Trace && len(o.Paths) == 1 && relative(o.Root, o.Paths[0]) == "." {
		w.tracer = &tracer{stamps: map[string]Stamp{}}
	}
	for _, p := range o.Paths {
		rel := relative(o.Root, p)
		whole = whole || rel == "."
		w.start(rel, p)
	}
	w.wait.Wait()
	res := &Result{Files: w.files, Named: w.named, Problems: w.problems, Trace: w.tracer.trace()}
	res.Files = sorted(res.Files)
	res.Named = sorted(res.Named)
	slices.SortFunc(res.Problems, func(a, b Problem) int { return strings.Compare(a.Path, b.Path) })
	if !whole {
		res.Around = around(o, res.Files)
	}
	return res
}

func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// relative is the name of an absolute path under the root, or the path itself if it is not under it.
func relative(root, p string) string {
	rel, err := filepath.Rel(root, p)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(p)
	}
	return filepath.ToSlash(rel)
}

// walker collects names; its directories are read by several goroutines.
type walker struct {
	root   string
	globs  []string
	slots  chan struct{}
	wait   sync.WaitGroup
	tracer *tracer

	mu       sync.Mutex
	files    []string
	named    []string
	problems []Problem
}

// start begins at a path that the user named: whatever it is, it is not ignored.
func (w *walker) start(rel, abs string) {
	info, err := os.Stat(abs)
	switch {
	case err != nil:
		w.problem(rel, err)
	case info.IsDir():
		w.dir(rel, ignoresAbove(w.root, rel))
	default:
		w.mu.Lock()
		w.files = append(w.files, rel)
		w.named = append(w.named, rel)
		w.mu.Unlock()
	}
}

func (w *walker) problem(rel string, err error) {
	w.mu.Lock()
	w.problems = append(w.problems, Problem{Path: rel, Err: err})
	w.mu.Unlock()
}

// dir reads one directory and those below it.
func (w *walker) dir(rel string, above *ignores) {
	w.tracer.look(rel, w.abs(rel))
	entries, err := os.ReadDir(w.abs(rel))
	if err != nil {
		w.problem(rel, err)
		return
	}
	if hasIgnores(entries) {
		w.tracer.look(join(rel, ".gitignore"), w.abs(join(rel, ".gitignore")))
	}
	rules := above.with(w.abs(rel), rel, entries)
	var files []string
	for _, e := range entries {
		name := join(rel, e.Name())
		if w.skip(name, e, rules) {
			continue
		}
		switch {
		case e.IsDir():
			w.below(name, rules)
		case e.Type()&os.ModeSymlink != 0:
			taken := w.link(name)
			if w.tracer.link(name, taken); taken {
				files = append(files, name)
			}
		case e.Type().IsRegular():
			files = append(files, name)
		}
	}
	w.mu.Lock()
	w.files = append(w.files, files...)
	w.mu.Unlock()
}

// below reads a directory on another goroutine if one is free.
func (w *walker) below(rel string, rules *ignores) {
	select {
	case w.slots <- struct{}{}:
		w.wait.Go(func() {
			w.dir(rel, rules)
			<-w.slots
		})
	default:
		w.dir(rel, rules)
	}
}

// skip says whether nobody wants an entry checked.
func (w *walker) skip(name string, e os.DirEntry, rules *ignores) bool {
	base := e.Name()
	if e.IsDir() && (base == "node_modules" || base == ".git" || base == "bower_components") {
		return true
	}
	if strings.HasSuffix(base, ".min.js") || strings.HasSuffix(base, ".min.mjs") || strings.HasSuffix(base, ".min.cjs") {
		return true
	}
	return rules.match(name, e.IsDir()) || matchGlobs(w.globs, name)
}

// link says whether a symbolic link is a file to check: one that leads out of the tree.
// What it leads to inside the tree is found there. Directories are never followed.
func (w *walker) link(rel string) bool {
	info, err := os.Stat(w.abs(rel))
	if err != nil {
		if IsScript(rel) {
			w.problem(rel, err)
		}
		return false
	}
	if !info.Mode().IsRegular() {
		return false
	}
	target, err := filepath.EvalSymlinks(w.abs(rel))
	return err == nil && filepath.IsAbs(relative(w.root, target))
}

func (w *walker) abs(rel string) string { return Abs(w.root, rel) }

// Abs is the path of a name that Walk returned.
func Abs(root, rel string) string {
	if filepath.IsAbs(filepath.FromSlash(rel)) {
		return filepath.FromSlash(rel)
	}
	return filepath.Join(root, filepath.FromSlash(rel))
}

func join(dir, base string) string {
	if dir == "." {
		return base
	}
	return dir + "/" + base
}

// IsScript says whether a name is that of a JavaScript or TypeScript file.
func IsScript(name string) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx":
		return !strings.HasSuffix(name, ".d.ts") && !strings.HasSuffix(name, ".d.mts") && !strings.HasSuffix(name, ".d.cts")
	}
	return false
}
