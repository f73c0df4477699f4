// Package gocheck checks the Go modules of a tree: it loads them, runs the analyzers and turns
// their diagnostics into findings. It is the Go side of the pipeline: files → packages → findings.
package gocheck

import (
	"context"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/allgo"
)

// Options says what to check.
type Options struct {
	Root string // absolute
	// Files are the names of all files to check, relative to the root, slashes. Modules are found among them.
	Files []string
	// Overlay are texts that replace those on disk, by name.
	Overlay map[string]string
	// Part, if not nil, is which of n modules to check: from the first, to the one behind the last.
	Part func(n int) (from, to int)
	// Skip tells whether a rule need not be asked.
	Skip func(rule string) bool

	goFiles map[string][]string // by directory
}

// Result is what was found.
type Result struct {
	Findings []rules.Finding
	Modules  int // that were loaded
	Packages int
	Handlers int
}

// Check asks all rules about all Go modules under the root. Without Go code, or without a Go tool, it does nothing.
func Check(ctx context.Context, o Options) *Result {
	res := &Result{}
	modules := modulesOf(o.Root, o.Files)
	if o.Part != nil {
		from, to := o.Part(len(modules))
		modules = modules[from:to]
	}
	o.goFiles = filesByDir(o.Files)
	if modules = o.relevant(modules); len(modules) == 0 {
		return res
	}
	if _, err := exec.LookPath("go"); err != nil {
		return res
	}
	runs := make([]*run, len(modules))
	var all sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, m := range modules {
		runs[i] = &run{Options: o, result: &Result{}, analyzers: chosen(o.Skip)}
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			if ctx.Err() == nil {
				runs[i].module(ctx, m)
			}
		})
	}
	all.Wait()
	for _, c := range runs {
		res.take(c.result)
	}
	return res
}

func (r *Result) take(part *Result) {
	r.Findings = append(r.Findings, part.Findings...)
	r.Modules += part.Modules
	r.Packages += part.Packages
	r.Handlers += part.Handlers
}

// Parses tells whether a text is Go.
func Parses(file, text string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
	return err == nil
}

func chosen(skip func(string) bool) []*analysis.Analyzer {
	list := allgo.Analyzers()
	if skip == nil {
		return list
	}
	return slices.DeleteFunc(list, func(a *analysis.Analyzer) bool { return skip(allgo.RuleOf(a)) })
}

// run is the work on one module.
type run struct {
	Options
	result    *Result
	analyzers []*analysis.Analyzer
}

func (c *run) module(ctx context.Context, m *module) {
	pkgs, err := c.load(ctx, m)
	if err != nil {
		c.add(c.unloadable(m, err.Error()))
		return
	}
	if !m.stray {
		c.result.Modules++
	}
	pkgs = c.apart(ctx, m, pkgs)
	good := slices.DeleteFunc(pkgs, func(p *packages.Package) bool { return c.broken(m, p) })
	c.result.Packages += len(good)
	if len(good) == 0 {
		return
	}
	graph, err := checker.Analyze(append(c.analyzers, goflow.Analyzer), good, nil)
	if err != nil {
		c.add(c.unloadable(m, err.Error()))
		return
	}
	for _, act := range graph.Roots {
		switch r := act.Result.(type) {
		case *goflow.Package:
			c.result.Handlers += len(r.Handlers())
		case []rules.Finding:
			c.take(r)
		}
	}
}

// load type-checks the packages of a module; what they import comes from export data.
func (c *run) load(ctx context.Context, m *module) ([]*packages.Package, error) {
	patterns := make([]string, len(m.dirs))
	for i, d := range m.dirs {
		rel, err := filepath.Rel(filepath.FromSlash(m.dir), filepath.FromSlash(d))
		if err != nil {
			return nil, err
		}
		patterns[i] = "./" + filepath.ToSlash(rel)
	}
	return packages.Load(c.config(ctx, m), patterns...)
}

func (c *run) config(ctx context.Context, m *module) *packages.Config {
	cfg := &packages.Config{
		Context: ctx,
		Mode:    packages.LoadSyntax | packages.NeedModule,
		Dir:     filepath.Join(c.Root, filepath.FromSlash(m.dir)),
		Overlay: map[string][]byte{},
	}
	for name, text := range c.Overlay {
		if strings.HasSuffix(name, ".go") {
			cfg.Overlay[filepath.Join(c.Root, filepath.FromSlash(name))] = []byte(text)
		}
	}
	// A check downloads nothing: what is not on this machine is said.
	cfg.Env = append(os.Environ(), "GOPROXY=off")
	if m.stray {
		cfg.Env = append(cfg.Env, "GO111MODULE=off", "GOFLAGS=")
	}
	if c.outsideWorkspace(m) {
		cfg.Env = append(cfg.Env, "GOWORK=off")
	}
	return cfg
}

// maxApart bounds how many files are loaded one by one.
const maxApart = 40

// apart replaces a main package that declares things twice by its files: `go build todos/create.go` builds each of them
// into a function of its own.
func (c *run) apart(ctx context.Context, m *module, pkgs []*packages.Package) []*packages.Package {
	var list []*packages.Package
	for _, p := range pkgs {
		twice := func(e packages.Error) bool { return strings.Contains(e.Msg, "redeclared in this block") }
		if p.Name != "main" || len(p.GoFiles) > maxApart || !slices.ContainsFunc(p.Errors, twice) {
			list = append(list, p)
			continue
		}
		for _, file := range p.GoFiles {
			one, err := packages.Load(c.config(ctx, m), file)
			if err != nil {
				one = []*packages.Package{p}
			}
			list = append(list, one...)
		}
	}
	return list
}

// add keeps a finding. What several packages of a module lack is told once.
func (c *run) add(f rules.Finding) {
	told := func(g rules.Finding) bool { return g.Rule == f.Rule && g.Range == f.Range && f.Rule == unchecked }
	if !slices.ContainsFunc(c.result.Findings, told) {
		c.result.Findings = append(c.result.Findings, f)
	}
}
