package server

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
)

// folder is a part of the workspace that is checked as a whole.
type folder struct {
	server *Server
	dir    string // what is checked
	root   string // of the project it belongs to: names in findings are relative to it
	loose  bool   // only open files of dir are checked

	mu         sync.Mutex
	generation uint64 // of the texts; every change makes a new one
	timer      *time.Timer
	running    *run
	last       *analysis
	told       map[string]string // the ids of the reports that the client has, by path
	gone       bool
	cancelGo   context.CancelFunc

	checking sync.Mutex // one check at a time; it guards what follows
	checker  checker
	config   configFile

	checkingGo sync.Mutex
	golang     atomic.Pointer[analysis] // of the Go files, when they were saved last

}

func (s *Server) newFolder(dir string, loose bool) *folder {
	return &folder{server: s, dir: dir, root: walk.Root(dir), loose: loose, checker: pipeline.Run}
}

// begin checks the folder for the first time.
func (f *folder) begin() {
	f.changed()
	f.checkGo()
}

// run is one check, wanted by whoever waits for it.
type run struct {
	generation uint64
	cancel     context.CancelFunc
	done       chan struct{}
	result     *analysis
	err        error
}

// errSuperseded means that the texts changed while they were checked.
var errSuperseded = errors.New("the texts have changed meanwhile")

// changed says that a text of the folder, or what is checked of it, is another. A check follows when nothing changes for a while.
func (f *folder) changed() {
	wait := f.server.getSettings()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.generation++
	if f.running != nil {
		f.running.cancel()
	}
	f.server.announce()
	if f.gone || f.server.client.pulls || f.server.state.Load() != initialized {
		return // a client that asks does so by itself
	}
	if f.timer == nil {
		f.timer = time.AfterFunc(wait.debounce(), func() { f.server.spawn(f.push) })
		return
	}
	f.timer.Reset(wait.debounce())
}

// push checks the folder and tells the client.
func (f *folder) push(ctx context.Context) {
	a, err := f.current(ctx)
	if err != nil {
		if !errors.Is(err, errSuperseded) && ctx.Err() == nil {
			f.server.options.Log.Error("check failed", "folder", f.dir, "error", err)
		}
		return
	}
	f.publish(ctx, a)
}

// current is what is found in the texts of now. It fails with errSuperseded if they change meanwhile.
func (f *folder) current(ctx context.Context) (*analysis, error) {
	f.mu.Lock()
	if f.last != nil && f.last.generation == f.generation {
		defer f.mu.Unlock()
		return f.last, nil
	}
	if f.running == nil || f.running.generation != f.generation {
		f.start()
	}
	r := f.running
	f.mu.Unlock()
	select {
	case <-r.done:
		return r.result, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// start begins a check of the texts of now. The folder is locked.
func (f *folder) start() {
	ctx, cancel := context.WithCancel(f.server.life)
	r := &run{generation: f.generation, cancel: cancel, done: make(chan struct{})}
	f.running = r
	open := f.server.docs.Snapshot()
	f.server.spawn(func(context.Context) {
		defer close(r.done)
		defer cancel()
		r.err = errSuperseded
		f.checking.Lock()
		defer f.checking.Unlock()
		if ctx.Err() != nil {
			return
		}
		ctx, bar := f.server.beginProgress(ctx, "Checking handlers", filepath.Base(f.dir))
		defer bar.end()
		result, err := f.check(ctx, r.generation, open, bar)
		f.mu.Lock()
		defer f.mu.Unlock()
		switch {
		case r.generation != f.generation || ctx.Err() != nil:
			// r.err says so
		case err != nil:
			r.err = err
		default:
			r.result, r.err = result, nil
			f.last = result
		}
	})
}

// leave ends the work on a folder and takes back what was said about it.
func (f *folder) leave() {
	f.mu.Lock()
	f.gone = true
	f.generation++
	if f.timer != nil {
		f.timer.Stop()
	}
	if f.running != nil {
		f.running.cancel()
	}
	f.mu.Unlock()
	f.server.spawn(f.withdraw)
}

// openHere are the paths of the open files that belong to the folder, sorted.
func (f *folder) openHere(open documents.Set) []string {
	var paths []string
	for path := range open {
		if f.loose && filepath.Dir(path) == f.dir || !f.loose && inside(f.dir, path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}
