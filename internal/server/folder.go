package server

import (
	"context"
	"errors"
	"maps"
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
	generation uint64          // of the texts; every change makes a new one
	touched    map[string]bool // paths of the files that changed since the last check
	whole      bool            // anything may have changed since
	timer      *time.Timer
	running    *run
	last       *analysis
	told       map[string]string // the ids of the reports that the client has, by path
	toldOf     uint64            // the generation that they are of
	gone       bool
	cancelGo   context.CancelFunc
	busyGo     bool

	checking sync.Mutex // one check at a time; it guards what follows
	session  pipeline.Session
	config   configFile

	checkingGo sync.Mutex
	golang     atomic.Pointer[analysis] // of the Go files, when they were saved last

}

func (s *Server) newFolder(dir string, loose bool) *folder {
	return &folder{server: s, dir: dir, root: walk.Root(dir), loose: loose}
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
var errSuperseded = errors.New("the files have changed in the meantime")

// changed says that anything may be different in the folder. A check follows when nothing changes for a while.
func (f *folder) changed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.whole = true
	f.renew()
}

// edited says that the text of a file is another, once change has made it so.
func (f *folder) edited(path string, change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
	f.touch(path)
	f.renew()
}

// touch has a file looked at by the next check. The folder is locked.
func (f *folder) touch(path string) {
	if f.touched == nil {
		f.touched = map[string]bool{}
	}
	f.touched[path] = true
}

// renew makes a new generation. The folder is locked.
func (f *folder) renew() {
	f.generation++
	if f.running != nil {
		f.running.cancel()
	}
	f.server.announce()
	if f.gone || f.server.client.pulls || f.server.state.Load() != initialized {
		return // a client that asks does so by itself
	}
	wait := f.server.getSettings()
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
	f.publish(a)
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
	r := &run{generation: f.generation, cancel: cancel, done: make(chan struct{}), err: errSuperseded}
	f.running = r
	f.server.spawn(func(context.Context) {
		defer close(r.done)
		defer cancel()
		f.checking.Lock()
		defer f.checking.Unlock()
		job, ok := f.take(r.generation)
		if !ok {
			return
		}
		bar := f.server.beginProgress("Checking handlers", filepath.Base(f.dir), nil)
		defer bar.end()
		result, err := f.check(ctx, job, bar)
		f.finish(ctx, r, job, result, err)
	})
}

// job is what a check is to look at.
type job struct {
	generation uint64
	open       documents.Set
	touched    []string // paths of the files that changed since the last check
	whole      bool     // anything may have changed
}

// take is the job of a generation; false if there is a newer one by now.
func (f *folder) take(generation uint64) (*job, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if generation != f.generation {
		return nil, false
	}
	j := &job{generation: generation, open: f.server.docs.Snapshot(), touched: slices.Sorted(maps.Keys(f.touched)), whole: f.whole}
	f.touched, f.whole = nil, false
	return j, true
}

// finish says what came of a check. What it was to look at is looked at again if it did not get that far.
func (f *folder) finish(ctx context.Context, r *run, j *job, result *analysis, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case err == nil && r.generation == f.generation:
		r.result, r.err = result, nil
		f.last = result
	case err != nil && ctx.Err() == nil:
		r.err = err
		f.whole = true
	case err != nil:
		f.whole = f.whole || j.whole
		for _, path := range j.touched {
			f.touch(path)
		}
	}
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
	if f.cancelGo != nil {
		f.cancelGo()
	}
	f.withdraw()
	f.mu.Unlock()
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
