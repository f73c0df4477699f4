package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// analysis is the work on all handlers.
type analysis struct {
	options Options
	tree    *tree
	lowerer *jsflow.Lowerer
	rules   []rules.Rule
	done    atomic.Int64
}

// verdict is the result for one handler.
type verdict struct {
	found                    []rules.Finding
	unseen                   string // why its function is out of sight
	checked, capped          bool
	states                   int
	lowering, solving, rules time.Duration
	used                     map[string]bool // files
}

func (v *verdict) uses(file string) bool { return v.used[file] }

// analyse runs all rules on all handlers without a known verdict, several at a time.
func (s *Session) analyse(ctx context.Context, out *Outcome, o Options) error {
	a := &analysis{options: o, tree: out.tree, lowerer: s.lowerer}
	for _, r := range o.Rules {
		if o.asks(r) {
			a.rules = append(a.rules, r)
		}
	}
	verdicts, missing, err := s.remembered(out)
	if err != nil {
		return err
	}
	a.done.Store(int64(len(out.Handlers) - len(missing)))
	inParallel(len(missing), func(i int) {
		if ctx.Err() != nil {
			return
		}
		verdicts[missing[i]] = a.guarded(out.Handlers[missing[i]])
		if o.Progress != nil {
			o.Progress(int(a.done.Add(1)), len(out.Handlers))
		}
	})
	s.verdicts = make(map[*platform.Handler]*verdict, len(verdicts))
	for i, v := range verdicts {
		if v != nil {
			s.verdicts[out.Handlers[i]] = v
			out.add(out.Handlers[i], v)
		}
	}
	for _, f := range a.askProject(out.project) {
		if o.Shard.last() && out.Checked(f.Range.File) { // deployment files around the checked paths are read, too
			out.Findings = append(out.Findings, f)
		}
	}
	return ctx.Err()
}

// remembered are the verdicts that are known, in the order of the handlers, and the indices of those that are not.
func (s *Session) remembered(out *Outcome) (verdicts []*verdict, missing []int, err error) {
	verdicts = make([]*verdict, len(out.Handlers))
	for i, h := range out.Handlers {
		old := s.verdicts[h]
		if h.Recalled() {
			if old = s.recalled[keyOf(h)]; old == nil {
				return nil, nil, errForgotten
			}
			out.Stats.Cached.Handlers++
		}
		if old == nil {
			missing = append(missing, i)
		} else {
			verdicts[i] = old.again(out.tree)
		}
	}
	return verdicts, missing, nil
}

// errForgotten is why a check must start from scratch: a handler is remembered, but its verdict is not.
var errForgotten = errors.New("a handler is known, and its verdict is not")

// again is a verdict of an earlier run: its files count as parsed, and it took no time.
func (v *verdict) again(t *tree) *verdict {
	for file := range v.used {
		t.again(file)
	}
	now := *v
	now.lowering, now.solving, now.rules = 0, 0, 0
	return &now
}

// add adds the verdict of a handler to the outcome.
func (out *Outcome) add(h *platform.Handler, v *verdict) {
	out.Findings = append(out.Findings, v.found...)
	s := &out.Stats
	if v.unseen != "" {
		s.Unseen = append(s.Unseen, Unseen{File: h.File, Handler: h.Name, Reason: v.unseen})
	}
	if v.checked {
		s.Checked++
	}
	if v.capped {
		s.Capped++
	}
	s.States += v.states
	s.Lower, s.Solve, s.Rules = s.Lower+v.lowering, s.Solve+v.solving, s.Rules+v.rules
}

// guarded turns a panic into a finding about the handler's file.
func (a *analysis) guarded(h *platform.Handler) (v *verdict) {
	v = &verdict{used: map[string]bool{h.File: true}}
	defer func() {
		if r := recover(); r != nil {
			v.found = []rules.Finding{internalError(h, r, a.tree)}
		}
	}()
	if h.Contract != nil {
		a.handler(h, v)
	}
	return v
}

func (a *analysis) handler(h *platform.Handler, v *verdict) {
	t0 := time.Now()
	low := a.lowerer.Over(&reach{a.tree, v.used}).Handler(h)
	t1 := time.Now()
	v.lowering = t1.Sub(t0)
	if low == nil || low.Func == nil {
		if v.unseen = "its function cannot be found"; low != nil && low.Reason != "" {
			v.unseen = low.Reason
		}
		return
	}
	v.found = a.under(h.Contract, h, low, v)
	if h.Or != nil && len(v.found) > 0 {
		v.found = inBoth(v.found, a.under(h.Or, h, low, v))
	}
	v.checked = true
}

// under are the findings about a handler under one contract.
func (a *analysis) under(c *contract.Contract, h *platform.Handler, low *jsflow.Lowered, v *verdict) []rules.Finding {
	t0 := time.Now()
	res := solve(low, c, a.options.Limits)
	t1 := time.Now()
	found := a.ask(&rules.Subject{Handler: &h.Handler, Contract: c, Result: res, Shape: low.Shape, Requires: low.Requires()})
	v.capped, v.states = v.capped || res.Capped, v.states+res.States
	v.solving, v.rules = v.solving+t1.Sub(t0), v.rules+time.Since(t1)
	return found
}

// inBoth are the findings that also occur in others: the same rule at the same place.
func inBoth(found, others []rules.Finding) []rules.Finding {
	return slices.DeleteFunc(found, func(f rules.Finding) bool {
		return !slices.ContainsFunc(others, func(o rules.Finding) bool { return o.Rule == f.Rule && o.Range == f.Range })
	})
}

// ask runs all rules on a handler.
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

// askProject runs the rules about deployment files.
func (a *analysis) askProject(p *platform.Project) []rules.Finding {
	var found []rules.Finding
	for _, r := range a.rules {
		if r.CheckProject != nil {
			r.CheckProject(p.Settings, func(f rules.Finding) { found = append(found, named(f, r)) })
		}
	}
	return found
}

// named is a finding completed with what its rule knows.
func named(f rules.Finding, r rules.Rule) rules.Finding {
	f.Rule = r.Name
	if f.Severity == "" {
		f.Severity = r.Default
	}
	return f
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

// culprit names the innermost function of handlervet on the stack of a panic.
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
