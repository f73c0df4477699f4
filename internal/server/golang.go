package server

import (
	"context"
	"slices"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
)

// scripts are globs of what the Go rules do not ask about.
var scripts = []string{"**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"}

// checkGo asks the Go rules about the folder as it is on disk, in the background: loading types takes seconds. What it finds is
// shown until the next time.
func (f *folder) checkGo() {
	f.mu.Lock()
	if f.cancelGo != nil {
		f.cancelGo()
	}
	ctx, cancel := context.WithCancel(f.server.life)
	f.cancelGo, f.busyGo = cancel, true
	f.mu.Unlock()
	f.server.spawn(func(context.Context) {
		defer cancel()
		defer f.doneGo(ctx)
		f.checkingGo.Lock()
		defer f.checkingGo.Unlock()
		if ctx.Err() != nil {
			return
		}
		a, err := f.runGo(ctx)
		if err != nil || ctx.Err() != nil {
			return
		}
		if before := f.golang.Swap(a); len(a.findings) > 0 || before != nil && len(before.findings) > 0 {
			f.changed()
			f.server.refresh()
		}
	})
}

// doneGo says that nothing more is to come, unless a newer check has taken over.
func (f *folder) doneGo(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ctx.Err() == nil || f.gone {
		f.busyGo = false
	}
}

func (f *folder) runGo(ctx context.Context) (*analysis, error) {
	f.checking.Lock()
	p, _, err := f.assemble(f.server.docs.Snapshot())
	f.checking.Unlock()
	if err != nil {
		return nil, err
	}
	p.Options.Ignore = slices.Concat(p.Options.Ignore, scripts)
	out, err := pipeline.Run(ctx, p.Options)
	if err != nil {
		return nil, err
	}
	out.Findings = slices.DeleteFunc(out.Findings, func(x rules.Finding) bool { return !isGo(x.Range.File) })
	return newAnalysis(p, out, nil), nil
}
