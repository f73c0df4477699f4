package server

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

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
	root       string
	open       documents.Set // what was open
	project    *project.Project
	outcome    *pipeline.Outcome
	findings   map[string][]rules.Finding // by absolute path
	golang     *analysis                  // of the Go files, which are checked when they are saved; nil if there are none
}

// check leads the folder's scripts and deployment files the whole way, as far as it is not known already.
func (f *folder) check(ctx context.Context, j *job, bar *progress) (*analysis, error) {
	p, mistakes, err := f.assemble(j.open)
	if err != nil {
		return nil, err
	}
	p.Options.Overlay = f.overlay(j.open)
	p.Options.Ignore = append(slices.Clone(p.Options.Ignore), "**/*.go")
	p.Options.Progress = bar.set
	out, err := f.look(ctx, p.Options, j)
	if err != nil {
		return nil, err
	}
	a := newAnalysis(p, out, j.open)
	a.generation = j.generation
	a.add(mistakes)
	a.golang = f.golang.Load()
	return a, nil
}

// look looks at what has changed, and at everything if that may be more than the texts of some files.
func (f *folder) look(ctx context.Context, o pipeline.Options, j *job) (*pipeline.Outcome, error) {
	if j.whole || f.loose {
		return f.session.Run(ctx, o)
	}
	names := make([]string, len(j.touched))
	for i, path := range j.touched {
		names[i] = nameIn(f.root, path)
	}
	return f.session.Edit(ctx, o, names...)
}

// suppose looks at the folder as if a file had the text that the overlay gives it. The next check looks at that file again.
func (f *folder) suppose(ctx context.Context, o pipeline.Options, path string) (*pipeline.Outcome, error) {
	f.checking.Lock()
	defer f.checking.Unlock()
	f.mu.Lock()
	f.touch(path)
	f.mu.Unlock()
	return f.session.Edit(ctx, o, nameIn(f.root, path))
}

// nameIn is the name of a path below a root, the path itself if it does not lie there.
func nameIn(root, path string) string {
	rel, err := filepath.Rel(root, path)
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}

// assemble is what is to be checked by the config in force, and what is wrong with the config.
func (f *folder) assemble(open documents.Set) (*project.Project, []rules.Finding, error) {
	cfg, mistakes := f.config.read(filepath.Join(f.root, walk.ConfigName), open)
	paths := []string{f.dir}
	if f.loose {
		paths = f.openHere(open)
	}
	p, err := project.Assemble(f.root, paths, cfg, project.Choice{})
	if err != nil {
		return nil, nil, err
	}
	if f.loose && len(paths) == 0 {
		p.Options.Ignore = []string{"**"} // no paths would mean all
	}
	if err := p.ReadBaseline(); err != nil {
		mistakes = append(mistakes, f.config.about("baseline", err.Error()))
	}
	return p, mistakes, nil
}

func newAnalysis(p *project.Project, out *pipeline.Outcome, open documents.Set) *analysis {
	a := &analysis{root: p.Root, open: open, project: p, outcome: out, findings: map[string][]rules.Finding{}}
	a.add(out.Findings)
	return a
}

func (a *analysis) add(found []rules.Finding) {
	for _, f := range found {
		path := a.path(f.Range.File)
		a.findings[path] = append(a.findings[path], f)
	}
}

// of is the analysis that a file is part of.
func (a *analysis) of(path string) *analysis {
	if a.golang != nil && isGo(path) {
		return a.golang
	}
	return a
}

// paths are the files with findings, sorted.
func (a *analysis) paths() []string {
	var list []string
	for path := range a.findings {
		list = append(list, path)
	}
	if a.golang != nil {
		list = append(list, a.golang.paths()...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// path is the absolute path of a name in findings.
func (a *analysis) path(name string) string { return walk.Abs(a.root, name) }

// name is that of a path in findings.
func (a *analysis) name(path string) string { return nameIn(a.root, path) }

// text is that of a file as it was checked.
func (a *analysis) text(path string) string {
	if d := a.open[path]; d != nil {
		return d.Text
	}
	return a.outcome.Text(a.name(path))
}

// index is that of a file as it was checked.
func (a *analysis) index(path string) *position.Index {
	if d := a.open[path]; d != nil {
		return d.Index
	}
	return position.New([]byte(a.text(path)))
}

// overlay are the open texts by the names that they have in the project. Go files count as they are on disk.
func (f *folder) overlay(open documents.Set) map[string]string {
	texts := make(map[string]string, len(open))
	for path, d := range open {
		if rel, err := filepath.Rel(f.root, path); err == nil && filepath.IsLocal(rel) && !isGo(path) {
			texts[filepath.ToSlash(rel)] = d.Text
		}
	}
	return texts
}

func isGo(path string) bool { return strings.HasSuffix(path, ".go") || filepath.Base(path) == "go.mod" }
