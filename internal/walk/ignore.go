package walk

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ignores is the patterns of the .gitignore files that hold in one directory, outermost first.
type ignores struct{ rules []ignoreRule }

// ignoreRule is one pattern with a cheap question to ask first: matching by
// glob costs more than all the rest of a walk.
type ignoreRule struct {
	pattern gitignore.Pattern
	exact   string // the base name, if the pattern is one name
	suffix  string // the end of the base name, if the pattern is `*` and a suffix
}

func (r *ignoreRule) may(base string) bool {
	switch {
	case r.exact != "":
		return base == r.exact
	case r.suffix != "":
		return strings.HasSuffix(base, r.suffix)
	}
	return true
}

func newRule(line string, domain []string) ignoreRule {
	r := ignoreRule{pattern: gitignore.ParsePattern(line, domain)}
	p := strings.TrimSuffix(strings.TrimPrefix(strings.TrimRight(line, " "), "!"), "/")
	if strings.Contains(p, "/") || strings.Contains(p, `\`) {
		return r
	}
	switch star := strings.TrimPrefix(p, "*"); {
	case !strings.ContainsAny(p, "*?["):
		r.exact = p
	case !strings.ContainsAny(star, "*?["):
		r.suffix = star
	}
	return r
}

// with adds the .gitignore of a directory, if it has one.
func (g *ignores) with(abs, rel string, entries []os.DirEntry) *ignores {
	for _, e := range entries {
		if e.Name() == ".gitignore" && !e.IsDir() {
			return g.read(abs, split(rel))
		}
	}
	return g
}

func (g *ignores) read(abs string, domain []string) *ignores {
	text, err := os.ReadFile(filepath.Join(abs, ".gitignore"))
	if err != nil {
		return g
	}
	more := &ignores{rules: append([]ignoreRule(nil), g.rules...)}
	for line := range strings.SplitSeq(string(text), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		more.rules = append(more.rules, newRule(line, domain))
	}
	return more
}

// match says whether git ignores a name. The last pattern that says something wins.
// Directories above are known not to be ignored, so patterns without a slash
// need to be asked about the base name alone.
func (g *ignores) match(name string, dir bool) bool {
	base := path.Base(name)
	var parts []string
	for i := len(g.rules) - 1; i >= 0; i-- {
		r := &g.rules[i]
		if !r.may(base) {
			continue
		}
		if parts == nil {
			parts = split(name)
		}
		switch r.pattern.Match(parts, dir) {
		case gitignore.Exclude:
			return true
		case gitignore.Include:
			return false
		}
	}
	return false
}

// ignoresAbove collects the .gitignore files of the directories from the root down to (but not in) rel.
func ignoresAbove(root, rel string) *ignores {
	g := &ignores{}
	if rel == "." || filepath.IsAbs(filepath.FromSlash(rel)) {
		return g
	}
	parts := split(rel)
	for i := range parts {
		g = g.read(Abs(root, path.Join(parts[:i]...)), parts[:i])
	}
	return g
}

func split(name string) []string {
	if name == "." || name == "" {
		return nil
	}
	return strings.Split(name, "/")
}

// matchGlobs says whether one of the config's globs covers a name or a directory above it.
func matchGlobs(globs []string, name string) bool {
	for _, g := range globs {
		g = strings.TrimPrefix(g, "./")
		if ok, _ := doublestar.Match(strings.TrimSuffix(g, "/"), name); ok {
			return true
		}
	}
	return false
}
