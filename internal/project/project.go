// Package project assembles what is to be checked: a root, its config and the choices of the
// caller. It comes before the way begins, for the command line and the language server alike.
package project

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/internal/baseline"
	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// DefaultBaseline is where known findings are written, below the root, if nothing says where.
const DefaultBaseline = ".handlervet-baseline.json"

// Choice is what a caller decides over the head of the config. The zero value of a field means "not said".
type Choice struct {
	FailOn   string   // least severity that fails
	Platform string   // of handlers that nothing else decides
	Runtime  string   // where no deployment file names one
	Baseline string   // file of known findings
	Only     []string // rules to ask, and no others
	Disable  []string // rules not to ask
}

// Project is a tree to check, with what the config and the caller say.
type Project struct {
	Root     string
	FailOn   string
	Baseline string // file of known findings, "" if there is none
	Options  pipeline.Options
}

// Assemble makes a project of an absolute root, the absolute paths to check in it, its config and the caller's choice.
// The error is for names and values that do not exist, and says which do.
func Assemble(root string, paths []string, cfg *config.Config, c Choice) (*Project, error) {
	p := &Project{Root: root, FailOn: cmp.Or(c.FailOn, cfg.FailOn, string(rules.Warning))}
	if err := OneOf("--fail-on", p.FailOn, config.FailLevels()); err != nil {
		return nil, err
	}
	o := &p.Options
	o.Root, o.Paths, o.Ignore = root, paths, cfg.Ignore
	o.Platform, o.Runtime = cmp.Or(c.Platform, cfg.Platform), cmp.Or(c.Runtime, cfg.Runtime)
	if o.Platform != "" {
		if err := OneOf("--platform", o.Platform, config.Platforms()); err != nil {
			return nil, err
		}
	}
	if o.Runtime != "" && !config.IsRuntime(o.Runtime) {
		return nil, fmt.Errorf("--runtime: `%s` is not a version of Node; expected for example nodejs22.x", o.Runtime)
	}
	o.Severity = cfg.Rules
	o.NeedsReason = cfg.Suppressions.NeedsReason()
	rs, err := c.rules()
	if err != nil {
		return nil, err
	}
	o.Rules, o.Names = rs, RuleNames()
	switch {
	case c.Baseline != "":
		p.Baseline = c.Baseline
	case cfg.Baseline != "":
		p.Baseline = walk.Abs(root, filepath.ToSlash(cfg.Baseline))
	}
	return p, nil
}

// ReadBaseline reads the known findings into the options, if there are any.
func (p *Project) ReadBaseline() error {
	if p.Baseline == "" {
		return nil
	}
	set, err := baseline.Read(p.Baseline)
	p.Options.Baseline = set
	return err
}

// rules are the rules to ask.
func (c *Choice) rules() ([]rules.Rule, error) {
	for _, name := range slices.Concat(c.Only, c.Disable) {
		if _, err := RuleByName(name); err != nil {
			return nil, err
		}
	}
	chosen := slices.DeleteFunc(Rules(), func(r rules.Rule) bool {
		return len(c.Only) > 0 && !slices.Contains(c.Only, r.Name) || slices.Contains(c.Disable, r.Name)
	})
	for i := range chosen {
		chosen[i].OptIn = chosen[i].OptIn && len(c.Only) == 0 // who names a rule asks it
	}
	if len(chosen) == 0 {
		return nil, errors.New("--rule and --disable leave no rule to check")
	}
	return chosen, nil
}

// OneOf fails if a flag's value is none of those it may have; the error names the nearest, or all.
func OneOf(flag, value string, values []string) error {
	if slices.Contains(values, value) {
		return nil
	}
	if near := config.Nearest(value, values); near != "" {
		return fmt.Errorf("%s: unknown value `%s`; did you mean `%s`?", flag, value, near)
	}
	return fmt.Errorf("%s: unknown value `%s`; expected one of %s", flag, value, strings.Join(values, ", "))
}
