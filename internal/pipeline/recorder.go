package pipeline

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// everything is a tree for the resolver of imports: its list holds the scripts around the checked paths, too, as an
// import may mean any of them. It outlives single trees, and notes what it was asked for: all handlers rest on that.
type everything struct {
	tree atomic.Pointer[tree]

	mu   sync.Mutex
	used map[string]bool
}

// Files lists all files that are known.
func (e *everything) Files() []string { return e.tree.Load().all }

// Read returns a file's bytes.
func (e *everything) Read(path string) ([]byte, error) {
	e.mu.Lock()
	e.used[path] = true
	e.mu.Unlock()
	return e.tree.Load().Read(path)
}

func (e *everything) uses(path string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.used[path]
}

func (e *everything) names() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Collect(maps.Keys(e.used))
}

// reach is a source that notes what one handler reaches, files that are not there included. It is for one goroutine.
type reach struct {
	tree *tree
	used map[string]bool
}

// Parse returns a script's tree.
func (r *reach) Parse(path string) (*jsparse.File, error) {
	r.used[path] = true
	return r.tree.Parse(path)
}
