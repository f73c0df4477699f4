package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
)

// limits is how long things may take on a real clock.
type limits struct {
	each  time.Duration // a handler or a mutant
	whole time.Duration // a tree
	// progress is told every few seconds how far it is.
	progress io.Writer
}

// Why a mutant was not tried.
const (
	noScript = "it no longer parses"
	tooSlow  = "checking it took longer than a mutant may"
	noTime   = "the time for all of them was over"
)

// judge asks the product about all mutants, on all cores.
func (t *tree) judge(ctx context.Context, l limits, mutants []*mutant) {
	each(l, "mutants", mutants, func(m *mutant) {
		if ctx.Err() != nil {
			m.untried = noTime
			return
		}
		mine, stop := context.WithTimeout(ctx, l.each)
		defer stop()
		t.ask(mine, l, m)
		if ctx.Err() != nil && m.verdict != confirm.Confirmed {
			m.untried = noTime // it may have been stopped half way
		}
	})
}

// each does something for all of a list, on all cores.
func each[T any](l limits, what string, list []T, do func(T)) {
	next := make(chan T)
	var wait sync.WaitGroup
	var done atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for x := range next {
				do(x)
				done.Add(1)
			}
		})
	}
	begin, tick := time.Now(), time.NewTicker(5*time.Second)
	defer tick.Stop()
	for _, x := range list {
		for handed := false; !handed; {
			select {
			case next <- x:
				handed = true
			case <-tick.C:
				fmt.Fprintf(l.progress, "%d of %d %s, %.0f s\n", done.Load(), len(list), what, time.Since(begin).Seconds())
			}
		}
	}
	close(next)
	wait.Wait()
}

// ask checks one mutant and confirms what is new about its handler.
func (t *tree) ask(ctx context.Context, l limits, m *mutant) {
	text := t.parse(m.file).Text
	overlay := map[string]string{m.file: text[:m.start] + m.text + text[m.end:]}
	if _, err := jsparse.Parse(m.file, []byte(overlay[m.file])); err != nil {
		m.untried = noScript
		return
	}
	out, err := t.check(ctx, m.file, overlay)
	if err != nil {
		m.untried = tooSlow
		return
	}
	var handlers []*platform.Handler
	for _, h := range out.Handlers {
		if h.File == m.handler.File && h.Contract != nil {
			handlers = append(handlers, h)
		}
	}
	fresh := slices.DeleteFunc(slices.Clone(out.Findings), func(f rules.Finding) bool {
		return t.known[t.name(out, f)] || !slices.ContainsFunc(handlers, func(h *platform.Handler) bool { return about(h, &f) })
	})
	t.confirm(ctx, l, m, handlers, fresh, overlay)
}

// about tells whether a finding names a handler.
func about(h *platform.Handler, f *rules.Finding) bool {
	return f.Handler == h.Name && f.Platform == h.Contract.Platform
}

// check is what `check` says of the tree with another text of one file. Checks wait for each other: each begins where the last one ended.
func (t *tree) check(ctx context.Context, file string, overlay map[string]string) (*pipeline.Outcome, error) {
	t.checks.Lock()
	defer t.checks.Unlock()
	changed := []string{file}
	if t.mutated != "" && t.mutated != file {
		changed = append(changed, t.mutated)
	}
	o := t.options
	o.Overlay, t.mutated = overlay, file
	return t.session.Edit(ctx, o, changed...)
}

// confirm runs what is newly claimed of a mutant's handlers, in a sandbox; the best verdict counts. Where a completion was deleted, it
// asks about the handler as a whole, too: does some run never answer?
func (t *tree) confirm(ctx context.Context, l limits, m *mutant, handlers []*platform.Handler, fresh []rules.Finding, overlay map[string]string) {
	claims, whole := slices.Clone(fresh), -1
	for _, h := range handlers {
		if h.Name == m.handler.Name && m.kind == "completion" && h.Contract.Protocol.Mode != flow.ReturnValue {
			whole = len(claims)
			claims = append(claims, silence(h))
			break
		}
	}
	m.reported = len(fresh) > 0
	if len(claims) == 0 {
		return
	}
	o := confirm.Options{Root: t.root, Overlay: overlay, Workers: 1, Timeout: l.each}
	judged, err := confirm.Findings(ctx, o, claims, handlers)
	if err != nil {
		m.verdict, m.reason = confirm.Unconfirmed, "the sandbox took longer than a mutant may"
	}
	for i := range judged {
		verdict, reason := confirm.Verdict(judged[i].Confirmation.Verdict), ""
		if verdict != confirm.Confirmed && len(judged[i].Confirmation.Witness) > 0 {
			reason = judged[i].Confirmation.Witness[0]
		}
		if i == whole {
			m.whole, m.wholeReason = verdict, reason
			continue
		}
		m.rules = append(m.rules, judged[i].Rule)
		if verdict != "" && (m.verdict == "" || rank(verdict) < rank(m.verdict)) {
			m.verdict, m.reason = verdict, reason
		}
	}
}

// silence claims of a handler that it may never answer.
func silence(h *platform.Handler) rules.Finding {
	f := rules.Finding{Rule: "missing-completion", Handler: h.Name, Platform: h.Contract.Platform}
	f.Range = flow.Range{File: h.File, Start: h.Entry.Span.Start, End: h.Entry.Span.End}
	return f
}

// rank orders verdicts, the one that says most first.
func rank(v confirm.Verdict) int {
	return slices.Index([]confirm.Verdict{confirm.Confirmed, confirm.Conditional, confirm.Unconfirmed, confirm.Refuted}, v)
}
