package confirm

import (
	"container/heap"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// The bounds of a search.
const (
	maxRuns   = 150
	maxFaults = 2
	maxDepth  = 60 // decisions of a run whose alternatives are tried
	// maxSteps bounds what all runs of a search execute: where each of them loops, a few say as much as many.
	maxSteps = 400_000
)

// branch is a run to try: decisions so far, the last of them other than in the run it comes from.
type branch struct {
	plan   []int
	faults int
	score  float64
	order  int
	// last is the alternative that the plan ends with, base the score without how often that was taken.
	last alternative
	base float64
}

// frontier is a heap of branches, the most promising first, then in order of discovery.
type frontier []*branch

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return f[i].score < f[j].score || f[i].score == f[j].score && f[i].order < f[j].order
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }

// Push is heap.Interface's.
func (f *frontier) Push(x any) { *f = append(*f, x.(*branch)) }

// Pop is heap.Interface's.
func (f *frontier) Pop() any {
	last := len(*f) - 1
	b := (*f)[last]
	*f = (*f)[:last]
	return b
}

// search visits runs of one job. It is deterministic.
type search struct {
	job *sandbox.Job
	// near tells whether a place is on the path that the finding describes.
	near func(instrument.Place) bool
	// silence means that only runs in which nothing answers can show what is asked: what differs from a run behind its answer need not be run.
	silence  bool
	stubborn bool
	limit    int
	runs     int
	steps    int
	orders   int
	open     frontier
	taken    map[alternative]int
	// Exhausted means that every run within the bounds was visited.
	exhausted bool
	cut       bool
}

type alternative struct {
	place instrument.Place
	kind  string
	label string
	taken int
}

// explore runs the job until visit says that it has seen enough.
func (s *search) explore(visit func(plan []int, run *sandbox.Run) (enough bool)) {
	s.taken = map[alternative]int{}
	s.open = frontier{{}}
	for len(s.open) > 0 {
		if s.runs >= s.limit || s.steps >= maxSteps {
			return
		}
		b := s.next()
		run := sandbox.Execute(s.job, b.plan, s.stubborn)
		s.runs++
		s.steps += run.Steps
		if visit(b.plan, run) {
			return
		}
		s.grow(b, run)
	}
	s.exhausted = !s.cut
}

// novelty is what it costs to take an alternative once more.
const novelty = 4

// next is the most promising branch by what is known now: alternatives that were taken since it was found cost more.
func (s *search) next() *branch {
	for {
		b := heap.Pop(&s.open).(*branch)
		now := b.base + novelty*float64(s.taken[b.last])
		if now <= b.score {
			return b
		}
		b.score = now
		heap.Push(&s.open, b)
	}
}

// grow adds the runs that differ from this one in one more decision.
func (s *search) grow(b *branch, run *sandbox.Run) {
	for i := range run.Choices {
		c := &run.Choices[i]
		if s.silence && c.Answered {
			return
		}
		s.taken[alternative{c.Place, c.Kind, c.Label, c.Taken}]++
		if i < len(b.plan) || c.Settled {
			continue
		}
		if i >= maxDepth {
			s.cut = true
			return
		}
		for alt := range c.Options {
			if alt != c.Taken {
				s.add(run.Choices[:i], c, alt, b)
			}
		}
	}
}

func (s *search) add(before []sandbox.Choice, c *sandbox.Choice, alt int, from *branch) {
	weight, faults := 0.0, from.faults
	if s.near(c.Place) {
		weight = -4
	}
	if fault := c.Options[alt].Fault; fault != sandbox.NoFault {
		faults++
		weight += 3
		switch {
		case fault == sandbox.Hang || fault == sandbox.Unfired || fault == sandbox.Overlap || fault == sandbox.Oddity:
			weight += 9 // what it shows is conditional
		case c.Kind == "throws" || fault == sandbox.Absent:
			weight += 5
		}
		if fault == sandbox.Failure && s.guards(c.Place) {
			weight -= 10
		}
	}
	if faults > maxFaults {
		return
	}
	plan := make([]int, 0, len(before)+1)
	for i := range before {
		plan = append(plan, before[i].Taken)
	}
	plan = append(plan, alt)
	s.orders++
	b := &branch{
		plan: plan, faults: faults, order: s.orders, last: alternative{c.Place, c.Kind, c.Label, alt},
		base: weight + 3*float64(faults) + 0.2*float64(len(plan)),
	}
	b.score = b.base + novelty*float64(s.taken[b.last])
	heap.Push(&s.open, b)
}

// guards tells whether a failure at a place leads to the catch block that is asked for.
func (s *search) guards(p instrument.Place) bool {
	for _, g := range s.job.Guarded {
		if g.Contains(p) {
			return true
		}
	}
	return false
}
