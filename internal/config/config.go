// Package config reads `.handlervet.yml`, before the way begins. It knows every key, and says where
// a mistake is and what was probably meant.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// Config is what a project decides. The zero value of a field means "not said".
type Config struct {
	// Platform is who invokes handlers that nothing else decides.
	Platform string `json:"platform,omitempty" jsonschema:"the platform of handlers for which files, paths and exports do not decide it"`
	// Runtime is the runtime of handlers for which no deployment file names one.
	Runtime string `json:"runtime,omitempty" jsonschema:"the runtime to assume if no deployment file names one, for example nodejs22.x"`
	// FailOn is the lowest severity that makes the exit status 1.
	FailOn string `json:"fail-on,omitempty" jsonschema:"the lowest severity that makes the exit status 1"`
	// Rules are severities by rule name; Off switches a rule off.
	Rules map[string]string `json:"rules,omitempty" jsonschema:"severities by rule name; off turns a rule off"`
	// Ignore are globs of files not to check.
	Ignore []string `json:"ignore,omitempty" jsonschema:"globs of files not to check, relative to this file; ** spans directories"`
	// Baseline is a file of known findings, relative to the config file.
	Baseline string `json:"baseline,omitempty" jsonschema:"a file of known findings, written by check --write-baseline"`
	// Suppressions says how strict comments are taken.
	Suppressions Suppressions `json:"suppressions,omitzero" jsonschema:"how strict handlervet-ignore comments are"`
}

// Suppressions says how strict `handlervet-ignore` comments are taken.
type Suppressions struct {
	// RequireReason demands ` -- reason` in each; true if not said.
	RequireReason *bool `json:"require-reason,omitempty" jsonschema:"whether each comment must give a reason after --; true by default"`
}

// NeedsReason says whether a suppression must give its reason.
func (s Suppressions) NeedsReason() bool { return s.RequireReason == nil || *s.RequireReason }

// Off is the severity of a rule that is switched off.
const Off = "off"

// Known is the names that a config may use; the rules are not this package's to know.
type Known struct {
	Rules []string
}

// Load reads a config file. A missing file is an empty config unless it was asked for by name.
func Load(file string, asked bool, known Known) (*Config, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return &Config{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the config: %w; name another with --config, or write one with `handlervet init`", err)
	}
	return Parse(filepath.ToSlash(file), text, known)
}

// runtimeName is how a version of Node may be named: nodejs22.x, node22, v22.3.0 or 22.
var runtimeName = regexp.MustCompile(`^(?:node(?:js)?)?v?[1-9][0-9]*(?:\.(?:[0-9]+|x))*$`)

// IsRuntime tells whether a text names a version of Node, the only runtime that contracts depend on.
func IsRuntime(text string) bool { return runtimeName.MatchString(text) }

// FailLevels are the values of fail-on.
func FailLevels() []string { return []string{"error", "warning", "info", "never"} }

// RuleLevels are the values that a rule may have.
func RuleLevels() []string { return []string{Off, "info", "warning", "error"} }

// Platforms are the values of platform.
func Platforms() []string {
	return []string{"azure", "cloudflare", "gcf", "lambda", "netlify", "next", "twilio", "vercel"}
}
