package pipeline

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/walk"
)

// Run checks a tree. The error is for what makes the whole run pointless;
// single files that fail are in Outcome.Problems.
func Run(ctx context.Context, o Options) (*Outcome, error) {
	begin := time.Now()
	found := walk.Walk(walk.Options{Root: o.Root, Paths: o.Paths, Ignore: o.Ignore})
	out := &Outcome{tree: newTree(o.Root, found, o.Overlay), checked: found.Files}
	for _, p := range found.Problems {
		out.Problems = append(out.Problems, Problem{File: p.Path, Err: p.Err})
	}
	out.Stats.Files = len(found.Files)
	out.Stats.Scripts = scripts(found.Files)
	out.Stats.Walk = time.Since(begin)

	if err := out.discover(o); err != nil {
		return nil, err
	}
	if !o.HandlersOnly {
		joinGo := out.beginGo(ctx, o)
		out.parseNamed(share(o.Shard, found.Named))
		if err := out.analyse(ctx, o); err != nil {
			return nil, err
		}
		joinGo()
		out.settle(o)
	}
	out.Problems = append(out.Problems, out.tree.unreadable()...)
	slices.SortFunc(out.Problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	out.Problems = slices.CompactFunc(out.Problems, func(a, b Problem) bool { return a.File == b.File })
	out.measure(begin)
	return out, nil
}

// discover finds the handlers in the files to check.
func (out *Outcome) discover(o Options) error {
	start := time.Now()
	project, err := discover(out.tree, o)
	if err != nil {
		return err
	}
	out.Notes = project.Notes
	out.project = project
	if o.Shard.last() {
		for _, p := range project.Problems {
			out.broken = append(out.broken, deploymentFinding(p))
		}
	}
	out.Handlers = slices.DeleteFunc(project.Handlers, func(h *platform.Handler) bool {
		return !out.Checked(h.File)
	})
	out.Handlers = share(o.Shard, out.Handlers)
	out.Stats.Handlers = len(out.Handlers)
	out.Stats.Discover = time.Since(start)
	return nil
}

// parseNamed parses what the user named, so that its syntax errors are told even if it holds no handler.
func (out *Outcome) parseNamed(named []string) {
	inParallel(len(named), func(i int) {
		if walk.IsScript(named[i]) {
			_, _ = out.tree.Parse(named[i]) // the tree keeps the error
		}
	})
}

func (out *Outcome) measure(begin time.Time) {
	s := &out.Stats
	s.ParsedFiles, s.Bytes = out.tree.parsed()
	s.Parsed = len(s.ParsedFiles)
	s.Parse = time.Duration(out.tree.parseTime.Load())
	s.PeakMemory = peakMemory()
	s.Total = time.Since(begin)
}

func scripts(files []string) int {
	n := 0
	for _, f := range files {
		if walk.IsScript(f) {
			n++
		}
	}
	return n
}

// inParallel calls do for 0 to n-1 on all cores.
func inParallel(n int, do func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var wait sync.WaitGroup
	next := make(chan int, workers)
	for range workers {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
