package main

import (
	"context"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// tally is what was worked on.
type tally struct {
	bareFiles, handlers, findings int
	bareBytes, peak               int64
	parsed                        []string // absolute
}

// check is all that `handlervet check` does, up to the bytes of its report.
func check(ctx context.Context, roots []string) (*tally, error) {
	t := &tally{}
	rs := append(all.Rules(), pipeline.Own()...)
	for _, root := range roots {
		out, err := pipeline.Run(ctx, pipeline.Options{Root: root, Rules: rs, NeedsReason: true})
		if err != nil {
			return nil, err
		}
		if err := write(root, rs, out); err != nil {
			return nil, err
		}
		t.handlers += len(out.Handlers)
		t.findings += len(out.Findings)
		t.peak = max(t.peak, out.Stats.PeakMemory)
		for _, name := range out.Stats.ParsedFiles {
			t.parsed = append(t.parsed, walk.Abs(root, name))
		}
	}
	return t, nil
}

func write(root string, rs []rules.Rule, out *pipeline.Outcome) error {
	r := &report.Report{Root: root, Findings: out.Findings, Rules: rs, Texts: func(file string) ([]byte, bool) {
		text, err := out.Read(file)
		return text, err == nil
	}}
	return report.Write("text", io.Discard, r, report.Options{})
}

// scripts lists what there is to parse, the way check would see it.
func scripts(roots []string) []string {
	var out []string
	for _, root := range roots {
		for _, name := range walk.Walk(walk.Options{Root: root}).Files {
			if walk.IsScript(name) {
				out = append(out, walk.Abs(root, name))
			}
		}
	}
	return out
}

// bare reads and parses files on all cores and keeps nothing.
func bare(files []string) (parsed int, bytes int64) {
	var next, size atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				text, err := os.ReadFile(files[i])
				if err != nil {
					continue
				}
				size.Add(int64(len(text)))
				jsparse.Bare(files[i], text)
			}
		})
	}
	wait.Wait()
	return len(files), size.Load()
}

// resetPeak makes Linux forget the most memory that the process had; elsewhere the peak is that of the whole process.
func resetPeak() {
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}
