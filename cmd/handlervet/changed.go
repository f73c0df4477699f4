package main

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/pflag"

	"github.com/handlervet/handlervet/internal/changes"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// changeFlags narrow a check to what git says has changed.
type changeFlags struct {
	staged bool
	diff   string
}

func (c *changeFlags) add(f *pflag.FlagSet) {
	f.BoolVar(&c.staged, "staged", false, "check the staged files as they are in git's index; with --diff, the whole project as it is in the index")
	f.StringVar(&c.diff, "diff", "", "report only findings new since the branch left `commit`, including those in unchanged handlers")
}

func (c *changeFlags) asked() bool { return c.staged || c.diff != "" }

// run is pipeline.Run, restricted to the change.
func (c *changeFlags) run(ctx context.Context, pr *project.Project) (*pipeline.Outcome, error) {
	if !c.asked() {
		return pipeline.Run(ctx, pr.Options)
	}
	repo, err := changes.Open(ctx, pr.Root)
	if err != nil {
		return nil, err
	}
	keep := func(rules.Finding) bool { return true }
	var problems []pipeline.Problem
	if c.staged {
		staged, err := repo.Staged(ctx)
		if err != nil {
			return nil, err
		}
		pr.Options.Overlay = staged.Overlay
		pr.Options.Ignore = slices.Concat(pr.Options.Ignore, plain(staged.Untracked))
		if c.diff == "" {
			keep = narrow(&pr.Options, staged)
		}
		problems = gone(staged)
	}
	out, err := pipeline.Run(ctx, pr.Options)
	if err != nil {
		return nil, err
	}
	out.Problems = append(out.Problems, problems...)
	out.Findings = slices.DeleteFunc(out.Findings, func(f rules.Finding) bool { return !keep(f) })
	if c.diff == "" {
		return out, nil
	}
	return out, c.subtract(ctx, repo, pr, out)
}

// subtract removes the findings that existed before the change.
func (c *changeFlags) subtract(ctx context.Context, repo *changes.Repository, pr *project.Project, out *pipeline.Outcome) error {
	base, err := repo.Since(ctx, c.diff, c.staged)
	if err != nil || len(out.Findings) == 0 {
		return err
	}
	o := pr.Options
	o.Progress = nil
	o.Shard = pipeline.Shard{} // another shard may have had the finding before
	o.Ignore = slices.Clone(o.Ignore)
	o.Overlay = base.Before(pr.Options.Overlay)
	for name := range base.Added {
		o.Ignore = append(o.Ignore, escape(name))
	}
	before, err := pipeline.Run(ctx, o)
	if err != nil {
		return err
	}
	out.Findings = base.Fresh(out.Findings, before.Findings, out.Text)
	return nil
}

// narrow restricts the check to staged files under the given paths. Go is checked by package, so of the findings about a
// module only those that concern a staged file are kept.
func narrow(o *pipeline.Options, staged *changes.Staged) (keep func(rules.Finding) bool) {
	wanted := map[string]bool{}
	var paths []string
	modules := false
	for _, name := range staged.Files {
		file := walk.Abs(o.Root, name)
		if !under(file, o.Paths) || ignored(o.Ignore, name) || slices.Contains(staged.Gone, name) {
			continue
		}
		wanted[name] = true
		paths = append(paths, file)
		if dir, ok := moduleOf(o.Root, name); ok {
			paths, modules = append(paths, dir), true
		}
	}
	o.Paths = paths
	if len(paths) == 0 {
		o.Ignore = append(slices.Clone(o.Ignore), "**") // no paths would mean all
	}
	return func(f rules.Finding) bool {
		if !modules || wanted[f.Range.File] {
			return true
		}
		for _, s := range f.Steps {
			if wanted[s.Range.File] {
				return true
			}
		}
		return false
	}
}

// moduleOf is the directory of the Go module that a Go file belongs to.
func moduleOf(root, name string) (string, bool) {
	if !strings.HasSuffix(name, ".go") {
		return "", false
	}
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if _, err := os.Stat(walk.Abs(root, path.Join(dir, "go.mod"))); err == nil {
			return walk.Abs(root, dir), true
		}
		if dir == "." {
			return "", false
		}
	}
}

// under tells whether a file is one of the paths or lies below one.
func under(file string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		return file == p || strings.HasPrefix(file, strings.TrimSuffix(p, string(filepath.Separator))+string(filepath.Separator))
	})
}

// ignored tells whether one of the config's globs covers a file or a directory above it.
func ignored(globs []string, name string) bool {
	for at := name; at != "." && at != "/"; at = path.Dir(at) {
		for _, g := range globs {
			if ok, _ := doublestar.Match(strings.TrimSuffix(strings.TrimPrefix(g, "./"), "/"), at); ok {
				return true
			}
		}
	}
	return false
}

// plain are globs that match exactly the scripts among the names.
func plain(names []string) []string {
	var globs []string
	for _, name := range names {
		if walk.IsScript(name) {
			globs = append(globs, escape(name))
		}
	}
	return globs
}

func escape(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "{", `\{`).Replace(name)
}

// gone reports staged files that are no longer in the work tree: they cannot be checked.
func gone(staged *changes.Staged) []pipeline.Problem {
	var list []pipeline.Problem
	for _, name := range staged.Gone {
		if walk.IsScript(name) || strings.HasSuffix(name, ".go") {
			list = append(list, pipeline.Problem{File: name, Err: errors.New("it is staged, but gone from the work tree")})
		}
	}
	return list
}
