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
	if o.Cache != nil && !o.HandlersOnly {
		return cached(ctx, o)
	}
	return new(Session).Run(ctx, o)
}

// check leads the files the whole way, as far as it is not known already where that leads.
func (s *Session) check(ctx context.Context, o Options, begin time.Time, walking time.Duration) (*Outcome, error) {
	found := s.found
	out := newOutcome(s.tree, found, walking)
	out.lowerer = s.lowerer
	s.discover(out, o)
	if !o.HandlersOnly {
		joinGo := s.beginGo(ctx, out, o)
		out.parseNamed(share(o.Shard, found.Named))
		err := s.analyse(ctx, out, o)
		joinGo()
		if err != nil {
			return nil, err
		}
	}
	out.Stats.ParsedFiles, out.Stats.Bytes = out.tree.parsed()
	if !o.HandlersOnly {
		out.settle(o)
	}
	out.Problems = append(out.Problems, out.tree.unreadable()...)
	slices.SortFunc(out.Problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	out.Problems = slices.CompactFunc(out.Problems, func(a, b Problem) bool { return a.File == b.File })
	out.measure(begin)
	return out, nil
}

func newOutcome(t *tree, found *walk.Result, walking time.Duration) *Outcome {
	out := &Outcome{tree: t, checked: found.Files}
	for _, p := range found.Problems {
		out.Problems = append(out.Problems, Problem{File: p.Path, Err: p.Err})
	}
	out.Stats.Files = len(found.Files)
	out.Stats.Scripts = scripts(found.Files)
	out.Stats.Walk = walking
	return out
}

// discover finds the handlers in the files to check.
func (s *Session) discover(out *Outcome, o Options) {
	start := time.Now()
	project := s.memory.Discover(out.tree, platform.Options{Platform: o.Platform, Runtime: o.Runtime})
	s.memory.Again(func(file string) bool {
		out.tree.again(file)
		return true
	})
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
