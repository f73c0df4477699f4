package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/handlervet/handlervet/internal/baseline"
	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// projectFlags are the flags of all commands that check a tree.
type projectFlags struct {
	config   string
	failOn   string
	platform string
	runtime  string
	baseline string
	only     []string
	disable  []string
}

func (p *projectFlags) add(f *pflag.FlagSet) {
	f.StringVar(&p.config, "config", "", "config `file` (default: "+walk.ConfigName+" at the root)")
	f.StringVar(&p.failOn, "fail-on", "", "least `severity` that makes the exit status 1: "+strings.Join(config.FailLevels(), ", ")+" (default warning)")
	f.StringVar(&p.platform, "platform", "", "`platform` of handlers that nothing else decides: "+strings.Join(config.Platforms(), ", "))
	f.StringVar(&p.runtime, "runtime", "", "`runtime` where no deployment file names one, for example nodejs22.x")
	f.StringVar(&p.baseline, "baseline", "", "`file` of known findings; only new ones are reported")
	f.StringArrayVar(&p.only, "rule", nil, "check this `rule` only (may be repeated)")
	f.StringArrayVar(&p.disable, "disable", nil, "do not check this `rule` (may be repeated)")
}

// project is a tree to check, with what the config and the flags say.
type project struct {
	root     string
	failOn   string
	baseline string // file of known findings, "" if there is none
	options  pipeline.Options
}

// load finds the root, reads the config and puts the flags on top.
func (p *projectFlags) load(args []string) (*project, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("cannot find the working directory: %w", err)
	}
	paths := make([]string, len(args))
	for i, a := range args {
		paths[i] = a
		if !filepath.IsAbs(a) {
			paths[i] = filepath.Join(cwd, a)
		}
		paths[i] = filepath.Clean(paths[i])
	}
	if len(paths) == 0 {
		paths = []string{cwd}
	}
	root := walk.RootOf(cwd, paths)
	cfg, err := p.readConfig(root, cwd)
	if err != nil {
		return nil, err
	}
	return p.assemble(root, paths, cfg)
}

func (p *projectFlags) readConfig(root, cwd string) (*config.Config, error) {
	if p.config != "" {
		return config.Load(p.config, true, knownNames())
	}
	file := filepath.Join(root, walk.ConfigName)
	if _, err := os.Lstat(file); err != nil {
		return &config.Config{}, nil
	}
	if rel, err := filepath.Rel(cwd, file); err == nil {
		file = rel
	}
	return config.Load(file, true, knownNames())
}

func (p *projectFlags) assemble(root string, paths []string, cfg *config.Config) (*project, error) {
	pr := &project{root: root, failOn: first(p.failOn, cfg.FailOn, string(rules.Warning))}
	if err := oneOf("--fail-on", pr.failOn, config.FailLevels()); err != nil {
		return nil, err
	}
	o := &pr.options
	o.Root, o.Paths, o.Ignore = root, paths, cfg.Ignore
	o.Platform, o.Runtime = first(p.platform, cfg.Platform), first(p.runtime, cfg.Runtime)
	if o.Platform != "" {
		if err := oneOf("--platform", o.Platform, config.Platforms()); err != nil {
			return nil, err
		}
	}
	o.Severity = cfg.Rules
	o.NeedsReason = cfg.Suppressions.NeedsReason()
	rs, err := p.chooseRules()
	if err != nil {
		return nil, err
	}
	o.Rules = rs
	switch {
	case p.baseline != "":
		pr.baseline = p.baseline
	case cfg.Baseline != "":
		pr.baseline = walk.Abs(root, filepath.ToSlash(cfg.Baseline))
	}
	return pr, nil
}

// readBaseline reads the known findings, if there are any.
func (pr *project) readBaseline() error {
	if pr.baseline == "" {
		return nil
	}
	set, err := baseline.Read(pr.baseline)
	pr.options.Baseline = set
	return err
}

func (p *projectFlags) chooseRules() ([]rules.Rule, error) {
	for _, name := range slices.Concat(p.only, p.disable) {
		if _, err := ruleByName(name); err != nil {
			return nil, err
		}
	}
	chosen := slices.DeleteFunc(allRules(), func(r rules.Rule) bool {
		return len(p.only) > 0 && !slices.Contains(p.only, r.Name) || slices.Contains(p.disable, r.Name)
	})
	for i := range chosen {
		chosen[i].OptIn = chosen[i].OptIn && len(p.only) == 0 // who names a rule asks it
	}
	return chosen, nil
}

func oneOf(flag, value string, values []string) error {
	if slices.Contains(values, value) {
		return nil
	}
	hint := ""
	if near := config.Nearest(value, values); near != "" {
		hint = fmt.Sprintf("; did you mean `%s`?", near)
	}
	return fmt.Errorf("%s may not be `%s`, it is one of %s%s", flag, value, strings.Join(values, ", "), hint)
}

func knownNames() config.Known {
	return config.Known{Rules: ruleNames()}
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
