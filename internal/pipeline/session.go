package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/walk"
)

// Session checks one tree again and again, and does only what has changed since the last time. What it gives is what
// Run gives, except for the times and counts of Stats, which say what this run did. The zero value is ready.
//
// It keeps the texts and trees of all files that were read, which handlers each file was found to hold, and what was
// found in each handler, with the files that decided it: those it reaches, and those that were looked for in vain. When
// one helper changes, only the handlers that reach it are looked at again. A file that is created or deleted, another
// tsconfig.json, package.json or deployment file, or other Options concern everything; trees of files stay even then.
//
// How a language server uses it: one Session a folder; Run at the start, after the client's notice that files were
// created, deleted or changed outside of the editor, and after a change of the configuration; Edit for each change of
// an open document. Each gives an Outcome that stays as it is: requests are answered from the last one while the next is
// made. Overlays belong to the session once given: make a new map for each call (maps.Clone). If the context is cancelled,
// what was done until then is kept for the next call.
type Session struct {
	mu    sync.Mutex
	found *walk.Result
	about string // the options that everything rests on
	tree  *tree
	known
}

// known is what was found out of a tree.
type known struct {
	memory   platform.Memory
	resolved *everything
	lowerer  *jsflow.Lowerer
	verdicts map[*platform.Handler]*verdict
	golang   *goVerdict
	outside  map[string]bool // files of which it was seen that no walk comes to them
	// recalled are verdicts of an earlier process, and before the files that everything rested on there.
	recalled map[handlerKey]*verdict
	before   []string
}

// Run checks the tree, whatever has happened to it. It is safe for concurrent use; calls wait for each other.
func (s *Session) Run(ctx context.Context, o Options) (*Outcome, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	begin := time.Now()
	found := o.walk()
	return s.run(ctx, o, found, begin)
}

// run is Run when the tree was walked.
func (s *Session) run(ctx context.Context, o Options, found *walk.Result, begin time.Time) (*Outcome, error) {
	spent := time.Since(begin)
	if s.about != about(o) || !same(s.found, found) {
		s.restart(o, found)
	} else {
		s.tree = s.tree.next(o.Overlay)
		if s.golang != nil && !s.golang.still(&o, found.Files) {
			s.golang = nil
		}
	}
	s.found = found
	s.forget(s.tree.renew(s.tree.suspects()))
	return s.check(ctx, o, begin, spent)
}

func (o *Options) walk() *walk.Result {
	return walk.Walk(walk.Options{Root: o.Root, Paths: o.Paths, Ignore: o.Ignore, Closed: o.Closed, Trace: o.Cache != nil})
}

// Edit is Run for somebody who knows that nothing happened but that the texts of some files changed, in the overlay or
// on disk: no file was created or deleted. Changed are their names, relative to the root, with slashes; a file whose
// overlay was taken away, because its document was closed, is one of them. The cost depends on what reaches those files
// and hardly on the size of the tree.
func (s *Session) Edit(ctx context.Context, o Options, changed ...string) (*Outcome, error) {
	s.mu.Lock()
	if s.about != about(o) || slices.ContainsFunc(changed, s.foreign) {
		s.mu.Unlock()
		return s.runFor(ctx, o, changed)
	}
	defer s.mu.Unlock()
	begin := time.Now()
	s.tree = s.tree.next(o.Overlay)
	s.forget(s.tree.renew(changed))
	return s.check(ctx, o, begin, 0)
}

// runFor is Run for files that may have been created after all. Those that it does not come to, because git ignores them or they
// are nowhere but in the overlay, are no reason to walk again.
func (s *Session) runFor(ctx context.Context, o Options, changed []string) (*Outcome, error) {
	out, err := s.Run(ctx, o)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range changed {
		if s.foreign(name) {
			s.outside[name] = true
		}
	}
	return out, err
}

// foreign tells whether a file was not there when the tree was walked.
func (s *Session) foreign(name string) bool {
	_, listed := slices.BinarySearch(s.tree.all, name)
	return !listed && s.tree.entries[name] == nil && !s.outside[name]
}

// restart begins with another list of files, or other options. What was found out of a text stays with it.
func (s *Session) restart(o Options, found *walk.Result) {
	t := newTree(o.Root, found, o.Overlay)
	if s.tree != nil && s.tree.root == o.Root {
		t.entries, t.sum = s.tree.next(nil).entries, s.tree.sum
	}
	s.found, s.about, s.tree, s.known = found, about(o), t, known{outside: map[string]bool{}}
}

// forget drops what rests on files that have changed.
func (s *Session) forget(changed []string) {
	s.memory.Forget(changed...)
	if s.resolved == nil || slices.ContainsFunc(changed, s.resolved.uses) {
		s.resolved = &everything{used: map[string]bool{}}
		s.resolved.tree.Store(s.tree)
		s.lowerer = jsflow.New(s.tree, modules.New(s.resolved), s.tree.all)
		s.verdicts = nil
	}
	s.resolved.tree.Store(s.tree)
	for h, v := range s.verdicts {
		if slices.ContainsFunc(changed, v.uses) {
			delete(s.verdicts, h)
		}
	}
	if slices.ContainsFunc(changed, concernsGo) {
		s.golang = nil
	}
}

// about names the options that results rest on, in one text.
func about(o Options) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q %q %q %v %q %q %v %v\n", o.Root, o.Paths, o.Ignore, o.Closed, o.Platform, o.Runtime, o.Limits, o.Shard)
	for _, r := range o.Rules {
		fmt.Fprintf(&b, "%q %v\n", r.Name, o.asks(r))
	}
	return b.String()
}

// same tells whether a walk found what another one did.
func same(a, b *walk.Result) bool {
	return a != nil && slices.Equal(a.Files, b.Files) && slices.Equal(a.Around, b.Around) && slices.Equal(a.Named, b.Named)
}
