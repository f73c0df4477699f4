package pipeline

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// analysis is the work on all handlers.
type analysis struct {
	options Options
	lowerer *jsflow.Lowerer
	rules   []rules.Rule

	mu    sync.Mutex
	stats Stats
	done  atomic.Int64
}

// analyse asks all rules about all handlers, several at a time.
func (out *Outcome) analyse(ctx context.Context, o Options) error {
	a := &analysis{options: o, lowerer: newLowerer(out.tree)}
	for _, r := range o.Rules {
		if o.asks(r) {
			a.rules = append(a.rules, r)
		}
	}
	found := make([][]rules.Finding, len(out.Handlers))
	inParallel(len(out.Handlers), func(i int) {
		if ctx.Err() != nil {
			return
		}
		found[i] = a.guarded(out.Handlers[i], out.tree)
		if o.Progress != nil {
			o.Progress(int(a.done.Add(1)), len(out.Handlers))
		}
	})
	for _, fs := range found {
		out.Findings = append(out.Findings, fs...)
	}
	for _, f := range a.askProject(out.project) {
		if o.Shard.last() && out.Checked(f.Range.File) { // deployment files around the checked paths are read, too
			out.Findings = append(out.Findings, f)
		}
	}
	s := &out.Stats
	s.Checked, s.Capped, s.States, s.Unseen = a.stats.Checked, a.stats.Capped, a.stats.States, a.stats.Unseen
	s.Lower, s.Solve, s.Rules = a.stats.Lower, a.stats.Solve, a.stats.Rules
	return ctx.Err()
}

// guarded turns a panic into a finding about the handler's file.
func (a *analysis) guarded(h *platform.Handler, t *tree) (found []rules.Finding) {
	defer func() {
		if r := recover(); r != nil {
			found = []rules.Finding{internalError(h, r, t)}
		}
	}()
	return a.handler(h)
}

func (a *analysis) handler(h *platform.Handler) []rules.Finding {
	if h.Contract == nil {
		return nil
	}
	t0 := time.Now()
	low := a.lowerer.Handler(h)
	t1 := time.Now()
	if low == nil || low.Func == nil {
		a.unseen(h, low, t1.Sub(t0))
		return nil
	}
	res := solve(low, h.Contract, a.options.Limits)
	t2 := time.Now()
	found := a.ask(&rules.Subject{Handler: &h.Handler, Contract: h.Contract, Result: res, Shape: low.Shape, Requires: low.Requires()})
	a.count(res, t1.Sub(t0), t2.Sub(t1), time.Since(t2))
	return found
}

// ask puts all rules' questions.
func (a *analysis) ask(s *rules.Subject) []rules.Finding {
	var found []rules.Finding
	for _, r := range a.rules {
		if r.Check == nil {
			continue
		}
		r.Check(s, func(f rules.Finding) {
			f.Handler, f.Platform = s.Handler.Name, s.Contract.Platform
			found = append(found, named(f, r))
		})
	}
	return found
}

// askProject puts the questions about deployment files.
func (a *analysis) askProject(p *platform.Project) []rules.Finding {
	var found []rules.Finding
	for _, r := range a.rules {
		if r.CheckProject != nil {
			r.CheckProject(p.Settings, func(f rules.Finding) { found = append(found, named(f, r)) })
		}
	}
	return found
}

// named is a finding with what its rule knows.
func named(f rules.Finding, r rules.Rule) rules.Finding {
	f.Rule = r.Name
	if f.Severity == "" {
		f.Severity = r.Default
	}
	return f
}

func (a *analysis) unseen(h *platform.Handler, low *jsflow.Lowered, lower time.Duration) {
	u := Unseen{File: h.File, Handler: h.Name, Reason: "its function cannot be found"}
	if low != nil && low.Reason != "" {
		u.Reason = low.Reason
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stats.Unseen = append(a.stats.Unseen, u)
	a.stats.Lower += lower
}

func (a *analysis) count(res *flow.Result, lower, solve, ask time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := &a.stats
	s.Checked++
	s.States += res.States
	if res.Capped {
		s.Capped++
	}
	s.Lower, s.Solve, s.Rules = s.Lower+lower, s.Solve+solve, s.Rules+ask
}

// internalError is the finding for a handler on which the tool itself failed.
func internalError(h *platform.Handler, reason any, t *tree) rules.Finding {
	r := flow.Range{File: h.File, Start: h.Entry.Span.Start, End: h.Entry.Span.Start}
	if text, err := t.Read(h.File); err == nil {
		r.End = min(len(text), firstLineEnd(string(text), r.Start))
	}
	f := rules.Finding{
		Rule: InternalError, Severity: rules.Error, Range: r, Handler: h.Name,
		Message: fmt.Sprintf("handlervet failed on this handler: %v (%s)", reason, culprit()),
		Help:    "this is a mistake in handlervet; please report it with the handler's source",
	}
	if h.Contract != nil {
		f.Platform = h.Contract.Platform
	}
	return f
}

func firstLineEnd(text string, start int) int {
	start = min(max(start, 0), len(text))
	if n := strings.IndexAny(text[start:], "\r\n"); n >= 0 {
		return start + n
	}
	return len(text)
}

// culprit names the innermost place of ours on the stack that panicked.
func culprit() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	panicking := false
	for {
		f, more := frames.Next()
		if panicking && strings.Contains(f.Function, "handlervet/") {
			return fmt.Sprintf("%s:%d", path.Join(path.Base(path.Dir(f.File)), path.Base(f.File)), f.Line)
		}
		panicking = panicking || f.Function == "runtime.gopanic"
		if !more {
			return "unknown place"
		}
	}
}
