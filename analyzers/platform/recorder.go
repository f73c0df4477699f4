package platform

import (
	"sync"
	"sync/atomic"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// recorder is a tree that notes which files were asked for, those that are not there, too.
type recorder struct {
	tree atomic.Pointer[Tree]

	mu   sync.Mutex
	used map[string]bool // true if it was parsed
}

func (r *recorder) note(file string, parsed bool) {
	r.mu.Lock()
	r.used[file] = r.used[file] || parsed
	r.mu.Unlock()
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
	r.note(file, false)
	return (*r.tree.Load()).Read(file)
}

// Parse returns a script's tree.
func (r *recorder) Parse(file string) (*jsparse.File, error) {
	r.note(file, true)
	return (*r.tree.Load()).Parse(file)
}
