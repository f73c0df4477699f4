package config

import (
	"fmt"
	"strings"
)

// RuleLine is one rule as the commented config shows it.
type RuleLine struct{ Name, Level string }

// Template is a config file that changes nothing and shows everything.
func Template(rules []RuleLine) string {
	platforms := Platforms()
	var b strings.Builder
	fmt.Fprintf(&b, `# yaml-language-server: $schema=https://raw.githubusercontent.com/handlervet/handlervet/main/schema/config.schema.json
# The config of handlervet. Every line that is commented out shows the default or an example.

# Who invokes the handlers for which files, paths and exports do not decide:
# %s.
# platform: %s

# The runtime to assume if no deployment file names one.
# runtime: nodejs22.x

# The lowest severity that makes the exit status 1: %s.
# fail-on: warning

# Files to skip, relative to this file. node_modules and what .gitignore lists are always skipped.
# ignore:
#   - "test/**"
#   - "**/*.spec.js"

# Known findings; write the file with: handlervet check --write-baseline
# baseline: .handlervet-baseline.json

# Comments: // handlervet-ignore <rule> -- reason
# suppressions:
#   require-reason: true

# Severities by rule: %s. handlervet explain <rule> says more. Most rules take their severity from
# what the platform does; a level here replaces it.
# rules:
`, strings.Join(platforms, ", "), platforms[0], strings.Join(FailLevels(), ", "), strings.Join(RuleLevels(), ", "))
	for _, r := range rules {
		fmt.Fprintf(&b, "#   %s: %s\n", r.Name, r.Level)
	}
	return b.String()
}
