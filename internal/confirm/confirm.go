// Package confirm takes findings about JavaScript and TypeScript handlers and tries to make the
// real code do what they claim. Sixth step of the way: findings → findings shown by a run. It
// upgrades findings and never removes one: that no run shows a finding does not mean it cannot
// happen.
package confirm

import (
	"context"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// Task is one handler and the findings about it, as it goes to the child process.
type Task struct {
	Root     string  `json:"root"`
	File     string  `json:"file"`
	Export   string  `json:"export"`
	Method   string  `json:"method,omitempty"`
	Line     int     `json:"line"`
	Contract string  `json:"contract"`
	BudgetMS int     `json:"budgetMS,omitempty"`
	Claims   []Claim `json:"claims"`
	// Demands means that what stands before the handler takes no empty answer.
	Demands bool `json:"demands,omitempty"`
	// Test asks for a test of what is confirmed, to lie in this folder, relative to Root; nil if not.
	Test *string `json:"test,omitempty"`
	// Overlay are texts that replace those on disk, by name relative to Root.
	Overlay map[string]string `json:"overlay,omitempty"`
}

// Claim is what one finding says.
type Claim struct {
	Rule    string       `json:"rule"`
	Message string       `json:"message,omitempty"`
	Range   flow.Range   `json:"range"`
	Steps   []flow.Range `json:"steps,omitempty"`
	// Whole means that the handler itself is meant, and no line in it.
	Whole bool `json:"whole,omitempty"`
	// Fixes are the changes that are offered as safe, to be verified if the claim is confirmed.
	Fixes [][]rules.Edit `json:"fixes,omitempty"`
}

// TaskFor is the task of a handler's findings.
func TaskFor(root string, h *platform.Handler, found []rules.Finding) *Task {
	t := &Task{
		Root: root, File: h.File, Export: h.Name, Method: h.Entry.Method, Line: h.Line,
		Contract: h.Contract.ID, BudgetMS: h.Budget.MS, Demands: h.ProxyResult,
	}
	for i := range found {
		r := found[i].Range
		c := Claim{Rule: found[i].Rule, Message: found[i].Message, Range: r}
		c.Whole = r.File == h.File && r.Start <= h.Entry.Span.Start && h.Entry.Span.Start < r.End
		for _, x := range found[i].Fixes {
			if x.Safe {
				c.Fixes = append(c.Fixes, x.Edits)
			}
		}
		for _, s := range found[i].Steps {
			c.Steps = append(c.Steps, s.Range)
		}
		t.Claims = append(t.Claims, c)
	}
	return t
}

// Judge runs a task in this process: in the order of its claims, a result each. What it runs can take the process down.
func Judge(ctx context.Context, t *Task) []Result {
	out := make([]Result, len(t.Claims))
	judgeEach(ctx, newTrial(t, nil), func(i int, r Result) { out[i] = r })
	return out
}

// judgeEach tells of each result as soon as it is there.
func judgeEach(ctx context.Context, asked *trial, tell func(int, Result)) {
	t := asked.task
	for i := range t.Claims {
		if ctx.Err() != nil {
			tell(i, Result{Verdict: Unconfirmed, Reason: "it was stopped"})
			continue
		}
		r := asked.judge(&t.Claims[i])
		if r.Verdict == Confirmed {
			r.Fixes = verify(asked, &t.Claims[i])
		}
		if t.Test != nil && r.best != nil {
			asked.test(&t.Claims[i], &r)
		}
		tell(i, r)
	}
}
