// Package gocheck asks the Go rules about the Go modules of a tree: it loads
// them, runs the analyzers and turns what they say into findings. It is the
// Go side of the pipeline: files → packages → findings.
package gocheck

import (
	"context"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/handlervet/handlervet/analyzers/goflow"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/allgo"
	"github.com/handlervet/handlervet/rules/gorule"
)

// Options says what to check.
type Options struct {
	Root string // absolute
	// Files are the names of all files to check, relative to the root, slashes. Modules are found among them.
	Files []string
	// Skip tells whether a rule need not be asked.
	Skip func(rule string) bool
}

// Result is what was found.
type Result struct {
	Findings []rules.Finding
	Modules  int // that were loaded
	Packages int
	Handlers int
}

// Check asks all rules about all Go modules under the root. Without modules, or without a Go tool, it does nothing.
func Check(ctx context.Context, o Options) *Result {
	res := &Result{}
	modules := modulesOf(o.Files)
	if len(modules) == 0 {
		return res
	}
	if _, err := exec.LookPath("go"); err != nil {
		return res
	}
	c := &run{Options: o, result: res, analyzers: chosen(o.Skip)}
	for _, m := range modules {
		if ctx.Err() == nil {
			c.module(ctx, m)
		}
	}
	return res
}

func chosen(skip func(string) bool) []*analysis.Analyzer {
	list := allgo.Analyzers()
	if skip == nil {
		return list
	}
	return slices.DeleteFunc(list, func(a *analysis.Analyzer) bool { return skip(allgo.RuleOf(a)) })
}

// module is a directory with a go.mod and the directories of its Go files.
type module struct {
	dir  string // relative, "." for the root
	dirs []string
}

// modulesOf finds the modules among the files, and which directories of Go files belong to each.
func modulesOf(files []string) []*module {
	var list []*module
	byDir := map[string]*module{}
	for _, f := range files {
		if path.Base(f) == "go.mod" {
			m := &module{dir: path.Dir(f)}
			byDir[m.dir] = m
			list = append(list, m)
		}
	}
	seen := map[string]bool{}
	for _, f := range files {
		dir := path.Dir(f)
		if !strings.HasSuffix(f, ".go") || strings.HasSuffix(f, "_test.go") || seen[dir] || ignored(f) {
			continue
		}
		seen[dir] = true
		for at := dir; ; at = path.Dir(at) {
			if m := byDir[at]; m != nil {
				m.dirs = append(m.dirs, dir)
				break
			}
			if at == "." || at == "/" {
				break
			}
		}
	}
	return slices.DeleteFunc(list, func(m *module) bool { return len(m.dirs) == 0 })
}

// ignored: the go tool leaves out testdata, vendor and names that begin with . or _.
func ignored(file string) bool {
	for part := range strings.SplitSeq(file, "/") {
		if part == "testdata" || part == "vendor" || strings.HasPrefix(part, "_") || strings.HasPrefix(part, ".") && part != "." {
			return true
		}
	}
	return false
}

// run is the work on one tree.
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
	c.result.Modules++
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
			c.result.Handlers += len(r.Handlers)
		case []gorule.Finding:
			c.take(act.Package.Fset, r)
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
	return &packages.Config{
		Context: ctx,
		Mode:    packages.LoadSyntax | packages.NeedModule,
		Dir:     filepath.Join(c.Root, filepath.FromSlash(m.dir)),
	}
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
