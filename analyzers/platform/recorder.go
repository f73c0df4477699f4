package platform

import (
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// recorder is a tree that notes which files were asked for, those that are not there, too.
type recorder struct {
	tree atomic.Pointer[Tree]

	mu   sync.Mutex
	used map[string]bool // true if it was parsed, or cannot be read although it is there
}

func (r *recorder) note(file string, again bool) {
	r.mu.Lock()
	r.used[file] = r.used[file] || again
	r.mu.Unlock()
}

// again are the files whose use must not be overlooked.
func (r *recorder) again() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for name, again := range r.used {
		if again {
			out = append(out, name)
		}
	}
	return out
}

func (r *recorder) has(file string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ok := r.used[file]
	return ok
}

// Files lists the files of the tree.
func (r *recorder) Files() []string { return (*r.tree.Load()).Files() }

// Read returns a file's bytes.
func (r *recorder) Read(file string) ([]byte, error) {
	text, err := (*r.tree.Load()).Read(file)
	r.note(file, err != nil && !errors.Is(err, fs.ErrNotExist))
	return text, err
}

// Parse returns a script's tree.
func (r *recorder) Parse(file string) (*jsparse.File, error) {
	r.note(file, true)
	return (*r.tree.Load()).Parse(file)
}

// Drop passes on that a text is of no interest.
func (r *recorder) Drop(file string) {
	if d, ok := (*r.tree.Load()).(Dropper); ok {
		d.Drop(file)
	}
}

// Dropped tells whether that was said. Who asks rests on the text.
func (r *recorder) Dropped(file string) bool {
	d, ok := (*r.tree.Load()).(Dropper)
	if !ok || !d.Dropped(file) {
		return false
	}
	r.note(file, false)
	return true
}
