package confirm

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// index is read once for all tasks of a process: it only ever grows by what is asked for.
var index = sync.OnceValue(promiseindex.Embedded)

// packagesOf is what is known of the packages that a task's project asks for.
func packagesOf(t *Task) *sandbox.Packages {
	versions := modules.New(manifests{t})
	return &sandbox.Packages{
		Index:   index(),
		Version: func(pkg string) string { return versions.Range(t.File, pkg) },
	}
}

// manifests are a project's files as far as versions are concerned.
type manifests struct{ task *Task }

// Files is modules.Tree's: nothing is resolved here.
func (manifests) Files() []string { return nil }

// Read is modules.Tree's.
func (m manifests) Read(name string) ([]byte, error) {
	if text, ok := m.task.Overlay[name]; ok {
		return []byte(text), nil
	}
	return os.ReadFile(filepath.Join(m.task.Root, filepath.FromSlash(name)))
}
