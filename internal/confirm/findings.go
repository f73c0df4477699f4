package confirm

import (
	"context"
	"fmt"
	"os"
	"path"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// ChildCommand is the hidden subcommand that makes a handlervet process a sandbox: it must call Serve.
const ChildCommand = "sandbox-child"

// Options says how to confirm.
type Options struct {
	Root string // absolute; names in findings are relative to it
	// Command starts a sandbox; empty for this program with ChildCommand.
	Command []string
	// Workers is how many sandboxes run at a time, 0 for one a core.
	Workers int
	// Timeout is how long one finding may take, 0 for the default.
	Timeout time.Duration
	// Overlay are texts that replace those on disk, by name.
	Overlay map[string]string
	// Test, if not nil, is told a test file for each finding that a run shows, or why there is none. The files are meant for the
	// folder TestDir, relative to Root.
	Test    func(finding int, text, problem string)
	TestDir string
	// Trace puts whole runs into the witness instead of what matters in them.
	Trace bool
}

// Findings tries to make the real code do what findings claim, in sandboxes, and returns them with what came of it, in
// their order. A confirmed finding rises by one step of severity; none is dropped or lowered. The error is for what keeps every
// sandbox from running.
func Findings(ctx context.Context, o Options, found []rules.Finding, handlers []*platform.Handler) ([]rules.Finding, error) {
	if len(o.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return found, fmt.Errorf("cannot find this program to run a sandbox: %w", err)
		}
		o.Command = []string{self, ChildCommand}
	}
	out := slices.Clone(found)
	jobs := o.group(out, handlers)
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	queue := make(chan job)
	var wait sync.WaitGroup
	for range min(workers, len(jobs)) {
		wait.Go(func() {
			w := &worker{command: o.Command, timeout: o.Timeout}
			if w.timeout <= 0 {
				w.timeout = perClaim
			}
			defer w.stop()
			for j := range queue {
				for i, r := range w.run(ctx, j.task) {
					apply(&out[j.findings[i]], r, o.Trace)
					if o.Test != nil && r.Test+r.TestError != "" {
						o.Test(j.findings[i], r.Test, r.TestError)
					}
				}
			}
		})
	}
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	wait.Wait()
	return out, ctx.Err()
}

// job is a task and which findings it is about.
type job struct {
	task     *Task
	findings []int
}

// group collects the findings of each handler. Findings about no known handler get their verdict here.
func (o *Options) group(found []rules.Finding, handlers []*platform.Handler) []job {
	by := map[*platform.Handler][]int{}
	var order []*platform.Handler
	for i := range found {
		f := &found[i]
		if questions()[f.Rule].shows == nil || !runnable(f.Range.File) {
			continue
		}
		h := handlerOf(f, handlers)
		if h == nil {
			apply(f, Result{Verdict: Unconfirmed, Reason: "which handler it is about cannot be told"}, false)
			continue
		}
		if by[h] == nil {
			order = append(order, h)
		}
		by[h] = append(by[h], i)
	}
	jobs := make([]job, 0, len(order))
	for _, h := range order {
		about := make([]rules.Finding, 0, len(by[h]))
		for _, i := range by[h] {
			about = append(about, found[i])
		}
		t := TaskFor(o.Root, h, about)
		t.Overlay = o.Overlay
		if o.Test != nil {
			t.Test = &o.TestDir
		}
		jobs = append(jobs, job{t, by[h]})
	}
	return jobs
}

// runnable tells whether a file is code for the sandbox.
func runnable(file string) bool {
	return slices.Contains([]string{".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"}, path.Ext(file))
}

// handlerOf is the handler that a finding names, nil if several may be meant.
func handlerOf(f *rules.Finding, handlers []*platform.Handler) *platform.Handler {
	var named []*platform.Handler
	for _, h := range handlers {
		if h.Contract != nil && h.Name == f.Handler && h.Contract.Platform == f.Platform {
			named = append(named, h)
		}
	}
	in := func(file string) []*platform.Handler {
		return slices.DeleteFunc(slices.Clone(named), func(h *platform.Handler) bool { return h.File != file })
	}
	if here := in(f.Range.File); len(here) > 0 {
		return here[0]
	}
	for _, s := range f.Steps {
		if there := in(s.Range.File); len(there) > 0 {
			return there[0]
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return nil
}

// apply puts a result into a finding.
func apply(f *rules.Finding, r Result, trace bool) {
	f.Confirmation.Verdict, f.Confirmation.Moments = string(r.Verdict), r.Moments
	lines := r.Witness
	if trace {
		lines = r.Trace
	}
	f.Confirmation.Witness = slices.Clone(lines)
	if r.Reason != "" {
		f.Confirmation.Witness = append([]string{r.Reason}, f.Confirmation.Witness...)
	}
	if r.Verdict == Confirmed {
		f.Severity = raised(f.Severity)
		f.Fixes = verified(f.Fixes, r.Fixes)
	}
}

// verified are fixes with what running the changed code showed. One that does not hold is no longer offered as safe.
func verified(fixes []rules.Fix, shown []Fixed) []rules.Fix {
	out := slices.Clone(fixes)
	for i := range out {
		if !out[i].Safe {
			continue
		}
		if len(shown) == 0 || !shown[0].Holds {
			out[i].Safe, out[i].Verification = false, "not verified"
		}
		if len(shown) > 0 {
			out[i].Verification = "not verified: " + shown[0].Text
			if shown[0].Holds {
				out[i].Verification = "verified: " + shown[0].Text
			}
			shown = shown[1:]
		}
	}
	return out
}

func raised(s rules.Severity) rules.Severity {
	if s == rules.Info {
		return rules.Warning
	}
	return rules.Error
}

// Shows tells whether a run can show what a rule claims.
func Shows(rule string) bool { return questions()[rule].shows != nil }
