// Command ratio measures what checking a tree costs, in units of parsing it:
//
//	go run ./bench/ratio [-n runs] <dir>…
//
// In one process, on all cores, it reads and parses every script of the trees
// with the bare parser, then runs the whole of check (walk, discovery, analysis, report) on
// them, then parses only what check had parsed. It prints the medians of several runs. Of a busy machine, only the
// processor time says something.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

func main() {
	debug.SetGCPercent(400) // as the command does
	debug.SetMemoryLimit(72 << 20)
	n := flag.Int("n", 5, "runs of each measurement")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: ratio [-n runs] <dir>…")
		os.Exit(2)
	}
	if err := measure(os.Stdout, flag.Args(), *n); err != nil {
		fmt.Fprintln(os.Stderr, "ratio:", err)
		os.Exit(2)
	}
}

// sample is one run of everything.
type sample struct {
	bare, check, parsed time.Duration
	// What the processors had to do for it.
	bareWork, checkWork time.Duration
	peak                int64
}

func measure(w io.Writer, dirs []string, n int) error {
	var roots []string
	for _, dir := range dirs {
		root, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		roots = append(roots, root)
	}
	var all []sample
	var last *tally
	for range n {
		s, t, err := once(roots)
		if err != nil {
			return err
		}
		all, last = append(all, s), t
	}
	show(w, last, all)
	return nil
}

// once checks first: what memory it takes is then its own.
func once(roots []string) (sample, *tally, error) {
	var s sample
	runtime.GC()
	resetPeak()
	start, work := time.Now(), processor()
	t, err := check(context.Background(), roots)
	if err != nil {
		return s, nil, err
	}
	s.check, s.checkWork, s.peak = time.Since(start), processor()-work, t.peak

	runtime.GC()
	files := scripts(roots)
	start, work = time.Now(), processor()
	t.bareFiles, t.bareBytes = bare(files)
	s.bare, s.bareWork = time.Since(start), processor()-work

	runtime.GC()
	start = time.Now()
	bare(t.parsed)
	s.parsed = time.Since(start)
	return s, t, nil
}

func show(w io.Writer, t *tally, all []sample) {
	mid := func(pick func(sample) time.Duration) time.Duration {
		var ds []time.Duration
		for _, s := range all {
			ds = append(ds, pick(s))
		}
		slices.Sort(ds)
		return ds[len(ds)/2]
	}
	bareAll := mid(func(s sample) time.Duration { return s.bare })
	whole := mid(func(s sample) time.Duration { return s.check })
	bareParsed := mid(func(s sample) time.Duration { return s.parsed })
	peak := int64(0)
	for _, s := range all {
		peak = max(peak, s.peak)
	}
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	say("cores %d, median of %d runs", runtime.GOMAXPROCS(0), len(all))
	say("bare parse of all scripts       %10s   %d files, %.1f MB", bareAll.Round(time.Microsecond), t.bareFiles, mb(t.bareBytes))
	say("check, cold                     %10s   %d handlers, %d findings", whole.Round(time.Microsecond), t.handlers, t.findings)
	say("bare parse of what check parsed %10s   %d files", bareParsed.Round(time.Microsecond), len(t.parsed))
	say("check / bare parse of all       %10.2f   (at most 1.0)", ratio(whole, bareAll))
	say("check / bare parse of parsed    %10.2f   (at most 1.5)", ratio(whole, bareParsed))
	if worked := mid(func(s sample) time.Duration { return s.checkWork }); worked > 0 {
		parsing := mid(func(s sample) time.Duration { return s.bareWork })
		say("processor time, the same         %9.2f   %s, %s", ratio(worked, parsing), worked.Round(time.Millisecond), parsing.Round(time.Millisecond))
	}
	say("peak memory of check            %7.1f MB   (at most 100)", mb(peak))
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

func mb(bytes int64) float64 { return float64(bytes) / (1 << 20) }
