package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/walk"
)

// projectFlags are the flags of all commands that check a tree.
type projectFlags struct {
	root   string
	config string
	choice project.Choice
}

func (p *projectFlags) add(f *pflag.FlagSet) {
	f.StringVar(&p.root, "root", "", "`directory` that paths in reports are relative to; nothing outside is read (default: the nearest with .git or "+walk.ConfigName+")")
	f.StringVar(&p.config, "config", "", "config `file` (default: "+walk.ConfigName+" at the root)")
	f.StringVar(&p.choice.FailOn, "fail-on", "", "lowest `severity` that makes the exit status 1: "+strings.Join(config.FailLevels(), ", ")+" (default warning)")
	f.StringVar(&p.choice.Platform, "platform", "", "`platform` of handlers for which nothing else decides it: "+strings.Join(config.Platforms(), ", "))
	f.StringVar(&p.choice.Runtime, "runtime", "", "`runtime` to assume if no deployment file names one, for example nodejs22.x")
	f.StringVar(&p.choice.Baseline, "baseline", "", "`file` of known findings; only new ones are reported")
	f.StringArrayVar(&p.choice.Only, "rule", nil, "check only this `rule` (repeatable)")
	f.StringArrayVar(&p.choice.Disable, "disable", nil, "skip this `rule` (repeatable)")
}

// load finds the root, reads the config and applies the flags to it.
func (p *projectFlags) load(args []string) (*project.Project, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("cannot find the working directory: %w", err)
	}
	if len(args) == 0 {
		args = []string{p.root} // "" is the working directory
	}
	paths := make([]string, len(args))
	for i, a := range args {
		paths[i] = absolute(cwd, a)
	}
	root, err := p.rootOf(cwd, paths)
	if err != nil {
		return nil, err
	}
	cfg, err := p.readConfig(root, cwd)
	if err != nil {
		return nil, err
	}
	pr, err := project.Assemble(root, paths, cfg, p.choice)
	if err == nil {
		pr.Options.Closed = p.root != ""
	}
	return pr, err
}

func absolute(cwd, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(cwd, path)
}

// rootOf is the root that --root names, or else the one around the paths.
func (p *projectFlags) rootOf(cwd string, paths []string) (string, error) {
	if p.root == "" {
		return walk.RootOf(cwd, paths), nil
	}
	root := absolute(cwd, p.root)
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return "", fmt.Errorf("--root: %s is not a directory", p.root)
	}
	for _, path := range paths {
		if rel, err := filepath.Rel(root, path); err != nil || !filepath.IsLocal(rel) {
			return "", fmt.Errorf("--root: %s is not inside %s", path, p.root)
		}
	}
	return root, nil
}

func (p *projectFlags) readConfig(root, cwd string) (*config.Config, error) {
	if p.config != "" {
		return config.Load(p.config, true, project.KnownNames())
	}
	file := filepath.Join(root, walk.ConfigName)
	if _, err := os.Lstat(file); err != nil {
		return &config.Config{}, nil
	}
	if rel, err := filepath.Rel(cwd, file); err == nil {
		file = rel
	}
	return config.Load(file, true, project.KnownNames())
}
