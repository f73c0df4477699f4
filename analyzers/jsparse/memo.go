package jsparse

import "sync"

// Memo keeps what was found out of each file, as long as the file's tree stays the same. Several goroutines may use it.
type Memo[T any] struct {
	mu    sync.Mutex
	known map[string]fact[T]
}

type fact[T any] struct {
	tree *File
	is   T
}

// Of is what look finds out of a tree; it is asked once for each, unless several goroutines want to know at the same time.
// Then all of them get the same.
func (m *Memo[T]) Of(file string, tree *File, look func(file string, tree *File) T) T {
	if known, ok := m.get(file, tree); ok {
		return known
	}
	found := look(file, tree)
	m.mu.Lock()
	defer m.mu.Unlock()
	if first, ok := m.known[file]; ok && first.tree == tree { // another goroutine was faster: keep one
		return first.is
	}
	if m.known == nil {
		m.known = map[string]fact[T]{}
	}
	m.known[file] = fact[T]{tree, found}
	return found
}

func (m *Memo[T]) get(file string, tree *File) (is T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.known[file]
	if !ok || known.tree != tree {
		return is, false
	}
	return known.is, true
}
