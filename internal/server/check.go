package server

import (
	"context"
	"path/filepath"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// analysis is what one check found. It does not change.
type analysis struct {
	generation uint64
	open       documents.Set // what was open
	outcome    *pipeline.Outcome
	root       string
	findings   map[string][]rules.Finding // by absolute path
}

// check leads the folder the whole way.
func (f *folder) check(ctx context.Context, generation uint64, open documents.Set) (*analysis, error) {
	cfg, err := config.Load(filepath.Join(f.root, walk.ConfigName), false, project.KnownNames())
	if err != nil {
		cfg = &config.Config{}
	}
	paths := []string{f.dir}
	if f.loose {
		paths = f.openHere(open)
	}
	p, err := project.Assemble(f.root, paths, cfg, project.Choice{})
	if err != nil {
		return nil, err
	}
	_ = p.ReadBaseline()
	p.Options.Overlay = f.overlay(open)
	out, err := pipeline.Run(ctx, p.Options)
	if err != nil {
		return nil, err
	}
	a := &analysis{generation: generation, open: open, outcome: out, root: f.root, findings: map[string][]rules.Finding{}}
	for _, found := range out.Findings {
		path := walk.Abs(f.root, found.Range.File)
		a.findings[path] = append(a.findings[path], found)
	}
	return a, nil
}

// overlay are the open texts by the names that they have in the project.
func (f *folder) overlay(open documents.Set) map[string]string {
	texts := make(map[string]string, len(open))
	for path, d := range open {
		if rel, err := filepath.Rel(f.root, path); err == nil && filepath.IsLocal(rel) {
			texts[filepath.ToSlash(rel)] = d.Text
		}
	}
	return texts
}

// index is that of a file as it was checked.
func (a *analysis) index(path string) *position.Index {
	if d := a.open[path]; d != nil {
		return d.Index
	}
	rel, err := filepath.Rel(a.root, path)
	if err != nil {
		return position.New(nil)
	}
	return position.New([]byte(a.outcome.Text(filepath.ToSlash(rel))))
}
