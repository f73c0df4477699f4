package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/walk"
)

// silent is a handler that no run of the sandbox makes answer.
type silent struct{ file, name, contract, reason string }

// printAnswers says how many handlers of the tree, as they are, answer in the sandbox: without that, it can show little of them.
func (t *tree) printAnswers(ctx context.Context, l limits, w io.Writer, list bool) {
	var mu sync.Mutex
	asked, first, some, untried := 0, 0, 0, 0
	var without []silent
	ask := func(p *confirm.Prober, h *platform.Handler) {
		run, reason := 0, ""
		if ctx.Err() == nil {
			mine, stop := context.WithTimeout(ctx, l.each)
			defer stop()
			run, reason = p.Answers(mine, confirm.TaskFor(t.root, h, nil))
		}
		mu.Lock()
		defer mu.Unlock()
		asked++
		switch {
		case run == 0 && ctx.Err() != nil:
			untried++
		case run == 1:
			first++
			some++
		case run > 1:
			some++
		default:
			without = append(without, silent{h.File, h.Name, h.Contract.ID, reason})
		}
	}
	each(l, "files", t.byFile(), func(handlers []*platform.Handler) {
		p := &confirm.Prober{}
		for _, h := range handlers {
			ask(p, h)
		}
	})
	fmt.Fprintf(w, "Of %d handlers with a known contract, %d answer in some run, %d in the first", asked, some, first)
	if untried > 0 {
		fmt.Fprintf(w, "; %d were not tried: %s", untried, noTime)
	}
	fmt.Fprint(w, ".\n\n")
	if !list {
		return
	}
	slices.SortFunc(without, func(a, b silent) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.name, b.name)) })
	for _, s := range without {
		fmt.Fprintf(w, "silent %s %s (%s): %s\n", s.file, s.name, s.contract, s.reason)
	}
}

// byFile are the handlers that can be run, those of a file together: they have one bundle.
func (t *tree) byFile() [][]*platform.Handler {
	at := map[string]int{}
	var out [][]*platform.Handler
	for _, h := range t.asked {
		if h.Contract == nil || !walk.IsScript(h.File) {
			continue
		}
		i, ok := at[h.File]
		if !ok {
			i = len(out)
			at[h.File] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], h)
	}
	return out
}
