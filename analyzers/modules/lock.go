package modules

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"
)

// Locked is the exact version of a package that the lock file around a file names, and that file; "" if there is none. A lock file
// holds for the folder that it lies in and all below.
func (r *Resolver) Locked(file, pkg string) (version, from string) {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		for _, l := range lockFormats() {
			name := path.Join(dir, l.name)
			text, err := r.tree.Read(name)
			if err != nil {
				continue
			}
			if v := l.version(string(text), pkg, r.Range(file, pkg)); v != "" {
				return v, name
			}
		}
		if dir == "." || dir == "/" {
			return "", ""
		}
	}
}

// lockFormat is one kind of lock file; version finds the version that a project's own dependency on a package, with a range, is locked to.
type lockFormat struct {
	name    string
	version func(text, pkg, versions string) string
}

func lockFormats() []lockFormat {
	return []lockFormat{
		{"package-lock.json", npmLock}, {"npm-shrinkwrap.json", npmLock}, {"yarn.lock", yarnLock}, {"pnpm-lock.yaml", pnpmLock},
	}
}

// npmLock reads the formats 1 (`dependencies`) to 3 (`packages`).
func npmLock(text, pkg, _ string) string {
	type locked struct{ Version string }
	var lock struct {
		Packages     map[string]locked
		Dependencies map[string]locked
	}
	if json.Unmarshal([]byte(text), &lock) != nil {
		return ""
	}
	top := lock.Packages["node_modules/"+pkg].Version
	for at, p := range lock.Packages {
		workspace, own := strings.CutSuffix(at, "/node_modules/"+pkg)
		if own && !strings.Contains(workspace, "node_modules") && p.Version != top {
			return "" // a workspace has a version of its own: whose is asked for?
		}
	}
	if top != "" {
		return top
	}
	return lock.Dependencies[pkg].Version
}

// yarnVersion is the line of an entry that says what was chosen: `version "1.2.3"` of Yarn 1, `version: 1.2.3` of later ones.
var yarnVersion = regexp.MustCompile(`^\s+version:? "?([^"\s]+)"?$`)

// yarnLock finds the entry of `pkg@versions`: several descriptors share an entry, and later Yarns write `pkg@npm:versions`.
func yarnLock(text, pkg, versions string) string {
	if versions == "" {
		return ""
	}
	inside := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] != ' ':
			inside = describes(line, pkg, versions)
		case inside:
			if m := yarnVersion.FindStringSubmatch(line); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

func describes(line, pkg, versions string) bool {
	line = strings.TrimSuffix(line, ":")
	for descriptor := range strings.SplitSeq(strings.ReplaceAll(line, `"`, ""), ", ") {
		if descriptor == pkg+"@"+versions || descriptor == pkg+"@npm:"+versions {
			return true
		}
	}
	return false
}

// pnpmVersion is a version in pnpm's lock file: `6.1.0`, `/6.1.0`, `6.1.0(peer@1.0.0)`, `'6.1.0'`.
var pnpmVersion = regexp.MustCompile(`^\s*(?:version:\s*)?['"]?/?(\d+\.\d+\.\d+[^\s()'"_]*)`)

// pnpmLock finds a direct dependency: `pkg: 1.2.3`, or `pkg:` with `version: 1.2.3` below it. If several projects share the file and
// do not agree, nothing is said.
func pnpmLock(text, pkg, versions string) string {
	found := ""
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		if strings.HasPrefix(line, "packages:") || strings.HasPrefix(line, "snapshots:") {
			break
		}
		key := strings.TrimSpace(line)
		rest, ok := strings.CutPrefix(strings.NewReplacer("'", "", `"`, "").Replace(key), pkg+":")
		if !ok {
			continue
		}
		if v := pnpmEntry(rest, lines[i+1:], versions); v != "" {
			if found != "" && found != v {
				return ""
			}
			found = v
		}
	}
	return found
}

// pnpmEntry is the version of one entry, if it is for the range asked for.
func pnpmEntry(rest string, below []string, versions string) string {
	if m := pnpmVersion.FindStringSubmatch(rest); m != nil {
		return m[1]
	}
	specifier := versions
	for _, line := range below[:min(2, len(below))] {
		line = strings.TrimSpace(line)
		if s, ok := strings.CutPrefix(line, "specifier:"); ok {
			specifier = strings.Trim(strings.TrimSpace(s), `'"`)
		} else if m := pnpmVersion.FindStringSubmatch(line); m != nil && strings.HasPrefix(line, "version:") && (versions == "" || specifier == versions) {
			return m[1]
		}
	}
	return ""
}
