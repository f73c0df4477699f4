package confirm

import (
	"path"
	"slices"

	"github.com/handlervet/handlervet/internal/confirm/emit"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// test makes a test file of the run that shows a claim.
func (t *trial) test(c *Claim, r *Result) {
	if r.Verdict != Confirmed && r.Verdict != Conditional {
		return
	}
	run, world := sandbox.Describe(r.job, r.best.plan, r.stubborn)
	line := t.task.Line
	if at, err := t.span(c.Range); err == nil {
		line = at.Start.Line
	}
	text, err := emit.Test(emit.Input{
		Rule: c.Rule, Message: c.Message, File: t.task.File, Export: t.task.Export, Method: t.task.Method, Line: line,
		Contract: t.contract, BudgetMS: t.task.BudgetMS, Witness: r.Witness, Run: run, World: world,
		Warm: r.job.Warm, Lost: t.lost(c, run), Dir: path.Clean(*t.task.Test), Sources: t.sources(), Aliases: t.aliases, Private: t.private,
	})
	r.Test = text
	if err != nil {
		r.TestError = err.Error()
	}
}

// lost is the work of a run that a claim is about.
func (t *trial) lost(c *Claim, run *sandbox.Run) []string {
	_, q, err := t.ask(c)
	if err != nil {
		return nil
	}
	var out []string
	for _, p := range run.Pending {
		if slices.ContainsFunc(p.Through, q.onSuspect) {
			out = append(out, p.What)
		}
	}
	return out
}

// sources are the project's files that may run.
func (t *trial) sources() map[string]string {
	out := map[string]string{}
	for _, s := range t.script.Sites {
		if _, ok := out[s.Start.File]; ok {
			continue
		}
		if text, err := t.task.text(s.Start.File); err == nil {
			out[s.Start.File] = text
		}
	}
	return out
}
