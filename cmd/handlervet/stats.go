package main

import (
	"fmt"
	"io"
	"time"

	"github.com/handlervet/handlervet/internal/pipeline"
)

// writeStats says what a run cost. Times of the steps are sums over all cores.
func writeStats(w io.Writer, out *pipeline.Outcome) {
	s := out.Stats
	line := func(name, format string, args ...any) {
		_, _ = fmt.Fprintf(w, "%-13s "+format+"\n", append([]any{name}, args...)...)
	}
	line("files", "%d, of them %d scripts", s.Files, s.Scripts)
	line("parsed", "%d files, %d bytes", s.Parsed, s.Bytes)
	line("handlers", "%d, of them %d checked", s.Handlers, s.Checked)
	line("caps hit", "%d", s.Capped)
	line("states", "%d", s.States)
	switch c := s.Cached; {
	case c.Whole:
		line("cache", "nothing has changed")
	case c.Asked:
		line("cache", "%d handlers, Go modules: %s", c.Handlers, yes(c.Go))
	}
	line("walk", "%s", short(s.Walk))
	line("discover", "%s", short(s.Discover))
	line("parse", "%s (all cores)", short(s.Parse))
	line("lower", "%s (all cores)", short(s.Lower))
	line("solve", "%s (all cores)", short(s.Solve))
	line("rules", "%s (all cores)", short(s.Rules))
	line("total", "%s", short(s.Total))
	line("peak memory", "%.1f MB", float64(s.PeakMemory)/(1<<20))
	line("suppressed", "%d", len(out.Suppressed))
	line("in baseline", "%d", len(out.Known))
	for _, u := range s.Unseen {
		line("not seen", "%s: %s: %s", u.File, u.Handler, u.Reason)
	}
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
