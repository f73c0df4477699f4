package confirm

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/bundle"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
	"github.com/handlervet/handlervet/internal/position"
)

// trial is a task that is ready to be asked about.
type trial struct {
	task     *Task
	contract *platform.Contract
	script   *instrument.Script
	err      error // why there is nothing to run
	index    map[string]*position.Index
	packages *sandbox.Packages
	// What a test of a run needs to know besides.
	private, aliases map[string]string
}

// newTrial prepares a task. Of the trial before, nil if there is none, it takes what it can: handlers of one file have one bundle.
func newTrial(t *Task, before *trial) *trial {
	out := &trial{task: t, index: map[string]*position.Index{}, packages: packagesOf(t), contract: platform.ContractByID(t.Contract)}
	switch {
	case out.contract == nil:
		out.err = fmt.Errorf("the contract %q is not known", t.Contract)
	case before != nil && before.hasCodeOf(out):
		out.script, out.err, out.private, out.aliases = before.script, before.err, before.private, before.aliases
	default:
		out.err = out.prepare()
	}
	return out
}

// hasCodeOf tells whether what another trial would bundle is what this one did.
func (t *trial) hasCodeOf(other *trial) bool {
	a, b := t.task, other.task
	return t.contract != nil && a.Root == b.Root && a.File == b.File && maps.Equal(a.Overlay, b.Overlay) &&
		(len(t.contract.Globals) > 0) == (len(other.contract.Globals) > 0)
}

// prepare bundles and instruments a task's code.
func (t *trial) prepare() error {
	options := bundle.Options{Root: t.task.Root, File: t.task.File, Overlay: t.task.Overlay}
	if len(t.contract.Globals) > 0 {
		options.Private = bundle.Private(t.task.Root, t.task.File)
	}
	bundled, err := bundle.Bundle(options)
	if err != nil {
		return fmt.Errorf("it cannot be bundled: %w", err)
	}
	t.private, t.aliases = options.Private, bundled.Aliases
	t.script, err = instrument.Compile(bundled.Code, bundle.RegisterName)
	return err
}

// judge searches for a run that shows what a claim says.
func (t *trial) judge(c *Claim) Result {
	if t.err != nil {
		return Result{Verdict: Unconfirmed, Reason: t.err.Error()}
	}
	rule := questions()[c.Rule]
	if rule.shows == nil {
		return Result{Verdict: Unconfirmed, Reason: "no run can show what " + c.Rule + " claims"}
	}
	job, q, err := t.ask(c)
	if err != nil {
		return Result{Verdict: Unconfirmed, Reason: err.Error()}
	}
	q.means, q.silence = rule.means(t.contract), rule.silence
	out := judge(job, q, rule.shows, false, maxRuns)
	if t.script.Cases[job.Suspect] && out.Verdict == Refuted {
		// The finding may mean what happens where this case is not the one; runs that do not reach it were not asked.
		return t.judgeOtherwise(job, q, rule.shows, out)
	}
	if out.Verdict == Refuted || out.Verdict == Unconfirmed && asksForTime(c.Rule) {
		if again := judge(job, q, rule.shows, true, maxRuns/3); again.Verdict == Conditional || again.Verdict == Confirmed {
			again.Runs += out.Runs
			return again
		}
	}
	if out.undefined && (out.Verdict == Refuted || out.searched) {
		supposing := *job
		supposing.Supposes = true
		for _, stubborn := range []bool{false, true} {
			if again := judge(&supposing, q, rule.shows, stubborn, maxRuns/3); again.Verdict == Conditional {
				again.Runs += out.Runs
				return again
			}
			if !asksForTime(c.Rule) {
				break
			}
		}
		out.Verdict, out.Reason = Unconfirmed, "runs end at a name that nothing defines"
	}
	if out.Verdict == Refuted || out.Verdict == Unconfirmed && out.searched {
		out = t.judgeWarm(job, q, rule.shows, out)
	}
	if out.Verdict == Refuted {
		if name := t.stored(); name != "" {
			out.Verdict, out.Reason = Unconfirmed, "what other requests leave in `"+name+"` is not known"
		}
	}
	return out
}

// judgeOtherwise asks about runs that come to a case and do not take it, or any before it.
func (t *trial) judgeOtherwise(job *sandbox.Job, q *question, shows property, taken Result) Result {
	other := *job
	before := t.script.CasesBefore(job.Suspect)
	if other.Suspect = t.script.Around(job.Suspect); other.Suspect >= 0 {
		again := judge(&other, q, func(q *question, r *sandbox.Run) string {
			if slices.ContainsFunc(before, func(site int) bool { return r.Covers[site] }) {
				return ""
			}
			return shows(q, r)
		}, false, maxRuns/3)
		again.Runs += taken.Runs
		if again.Verdict == Conditional || again.Verdict == Confirmed {
			return again
		}
	}
	taken.Verdict, taken.Reason = Unconfirmed, fmt.Sprintf("no such run through this case or past it among %d", taken.Runs)
	return taken
}

// judgeWarm asks about the second request in one process: state of modules, and what the first has left running.
func (t *trial) judgeWarm(job *sandbox.Job, q *question, shows property, cold Result) Result {
	warm := *job
	warm.Warm = true
	again := judge(&warm, q, shows, false, maxRuns/3)
	again.Runs += cold.Runs
	if again.Verdict == Conditional || again.Verdict == Confirmed {
		return again
	}
	cold.Runs = again.Runs
	return cold
}

// ask is what to run for a claim, and what to look for.
func (t *trial) ask(c *Claim) (*sandbox.Job, *question, error) {
	span, err := t.span(c.Range)
	if err != nil {
		return nil, nil, err
	}
	job := &sandbox.Job{
		Script: t.script, Contract: t.contract, Export: t.task.Export, Method: t.task.Method, File: t.task.File, Line: t.task.Line,
		BudgetMS: t.task.BudgetMS, Suspect: t.script.SiteAt(span.Start), Packages: t.packages,
	}
	if c.Whole {
		job.Suspect = sandbox.Whole
	}
	span = t.statement(span, job.Suspect)
	q := &question{contract: t.contract, suspect: span, budget: t.task.BudgetMS, demands: t.task.Demands}
	if c.Rule == "floating-promise" || c.Rule == "early-completion" {
		job.Promises = []instrument.Span{lines(span)}
		q.leaves = true
	}
	for _, r := range append([]flow.Range{c.Range}, c.Steps...) {
		if s, err := t.span(r); err == nil {
			job.Guarded = append(job.Guarded, guardedBy(t.script, s.Start)...)
			q.steps = append(q.steps, s)
		}
	}
	if q.budget == 0 {
		q.budget = t.contract.BudgetMS
	}
	return job, q, nil
}

// statement is a span up to the end of the statement that it is part of, if no other statement stands in that: what goes wrong in it may
// have its place on another of its lines.
func (t *trial) statement(span instrument.Span, site int) instrument.Span {
	if site < 0 || site >= len(t.script.Sites) {
		return span
	}
	whole := t.script.Sites[site]
	if !whole.Contains(span.Start) || slices.ContainsFunc(t.script.Sites, func(s instrument.Span) bool { return s != whole && whole.Contains(s.Start) }) {
		return span
	}
	if end := whole.End; end.Line > span.End.Line {
		span.End = end
	}
	return span
}

// asksForTime tells whether a rule is about loops that somebody else must end.
func asksForTime(rule string) bool { return rule == "infinite-loop" || rule == "over-budget" }

// lines is a span made whole lines.
func lines(s instrument.Span) instrument.Span {
	s.Start.Column = 1
	s.End.Line, s.End.Column = s.End.Line+1, 1
	return s
}

// guardedBy are the bodies of the try statements in whose catch a place lies.
func guardedBy(script *instrument.Script, p instrument.Place) []instrument.Span {
	var out []instrument.Span
	for _, t := range script.Tries {
		if t.Catch.Contains(p) {
			out = append(out, t.Body)
		}
	}
	return out
}

// span is a byte range in lines and columns.
func (t *trial) span(r flow.Range) (instrument.Span, error) {
	x := t.index[r.File]
	if x == nil {
		text, err := t.task.text(r.File)
		if err != nil {
			return instrument.Span{}, fmt.Errorf("%s cannot be read", r.File)
		}
		x = position.New([]byte(text))
		t.index[r.File] = x
	}
	at := func(offset int) instrument.Place {
		q := x.At(offset, position.UTF16)
		return instrument.Place{File: r.File, Line: q.Line, Column: q.Column}
	}
	return instrument.Span{Start: at(r.Start), End: at(r.End)}, nil
}

// text is a file of the task's project.
func (t *Task) text(file string) (string, error) {
	if text, ok := t.Overlay[file]; ok {
		return text, nil
	}
	text, err := os.ReadFile(filepath.Join(t.Root, filepath.FromSlash(file)))
	return string(text), err
}

// Prober asks handlers for answers, one after the other. It is for measuring: it asks about no claim. The zero value is ready.
type Prober struct{ last *trial }

// Answers tells in which run of a task's handler something of the project's own answers, from 1; 0 if in none, with the reason
// that the last run gave. When the context ends, so does it, behind the run it is in.
func (p *Prober) Answers(ctx context.Context, t *Task) (run int, reason string) {
	asked := newTrial(t, p.last)
	p.last = asked
	if asked.err != nil {
		return 0, asked.err.Error()
	}
	job := &sandbox.Job{
		Script: asked.script, Contract: asked.contract, Export: t.Export, Method: t.Method, File: t.File, Line: t.Line,
		BudgetMS: t.BudgetMS, Suspect: sandbox.Whole, Packages: asked.packages,
	}
	s := &search{job: job, limit: maxRuns / 3, near: func(instrument.Place) bool { return false }}
	reason = "no run answers"
	s.explore(func(_ []int, r *sandbox.Run) bool {
		if len(r.Answers) > 0 && !assumes(r) {
			run = s.runs
		}
		if r.Reason != "" {
			reason = r.Reason
		}
		if run == 0 && ctx.Err() != nil {
			reason = "it took too long"
		}
		return run > 0 || r.End == sandbox.NoStart && s.runs == 1 || r.Slow || ctx.Err() != nil
	})
	return run, reason
}
