package walk

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ignores is the patterns of the .gitignore files that hold in one directory, outermost first.
// Directories above a name are known not to be ignored, so only the name's base
// can decide. Most patterns end in a plain name and are found by it; the others
// are asked cheap questions first, as matching by glob costs more than all the rest of a walk.
type ignores struct {
	rules []ignoreRule
	named map[string][]int // rules whose last part is a plain name
	under map[string][]int // rules that end in `name/*`
	globs []int            // all others
}

// ignoreRule is one pattern.
type ignoreRule struct {
	pattern gitignore.Pattern
	dirOnly bool
	// What the base must begin with, hold and end with.
	prefix, middle, suffix string
}

func (r *ignoreRule) may(base string) bool {
	return strings.HasSuffix(base, r.suffix) && strings.HasPrefix(base, r.prefix) && strings.Contains(base, r.middle)
}

// add appends a pattern. A later one wins over an earlier one.
func (g *ignores) add(line string, domain []string) {
	r := ignoreRule{pattern: gitignore.ParsePattern(line, domain)}
	at := len(g.rules)
	p := strings.TrimRight(strings.TrimPrefix(line, "!"), " ")
	p, r.dirOnly = strings.CutSuffix(p, "/")
	above, inside := strings.CutSuffix(p, "/*")
	name, parent := lastPart(p), lastPart(above)
	switch {
	case strings.Contains(p, `\`) || name == "":
		r.dirOnly = false
		g.globs = append(g.globs, at)
	case !strings.ContainsAny(name, wild):
		g.named[name] = append(g.named[name], at)
	case inside && parent != "" && !strings.ContainsAny(parent, wild):
		g.under[parent] = append(g.under[parent], at)
	default:
		r.prefix = name[:strings.IndexAny(name, wild)]
		r.suffix = name[strings.LastIndexAny(name, "*?]")+1:]
		r.middle = longestPlain(name)
		g.globs = append(g.globs, at)
	}
	g.rules = append(g.rules, r)
}

// wild are the characters that make a glob of a name.
const wild = "*?["

func lastPart(p string) string { return p[strings.LastIndexByte(p, '/')+1:] }

// longestPlain is the longest stretch of a glob without wild characters; a glob with classes has none that is safe.
func longestPlain(glob string) string {
	best := ""
	if strings.ContainsRune(glob, '[') {
		return best
	}
	for _, part := range strings.FieldsFunc(glob, func(c rune) bool { return strings.ContainsRune(wild, c) }) {
		if len(part) > len(best) {
			best = part
		}
	}
	return best
}

// with adds the .gitignore of a directory, if it has one.
func (g *ignores) with(abs, rel string, entries []os.DirEntry) *ignores {
	if hasIgnores(entries) {
		return g.read(abs, split(rel))
	}
	return g
}

func hasIgnores(entries []os.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == ".gitignore" && !e.IsDir() })
}

func (g *ignores) read(abs string, domain []string) *ignores {
	text, err := os.ReadFile(filepath.Join(abs, ".gitignore"))
	if err != nil {
		return g
	}
	more := &ignores{rules: slices.Clone(g.rules), named: clone(g.named), under: clone(g.under), globs: slices.Clone(g.globs)}
	for line := range strings.SplitSeq(string(text), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) != "" && line[0] != '#' {
			more.add(line, domain)
		}
	}
	return more
}

func clone(m map[string][]int) map[string][]int {
	out := make(map[string][]int, len(m))
	for k, v := range m {
		out[k] = slices.Clone(v)
	}
	return out
}

// match says whether git ignores a name. The last pattern that says something wins.
func (g *ignores) match(name string, dir bool) bool {
	if len(g.rules) == 0 {
		return false
	}
	above, base := path.Split(name)
	var parts []string
	last, ignored := -1, false
	ask := func(i int) {
		r := &g.rules[i]
		if i < last || r.dirOnly && !dir {
			return
		}
		if parts == nil {
			parts = split(name)
		}
		if verdict := r.pattern.Match(parts, dir); verdict != gitignore.NoMatch {
			last, ignored = i, verdict == gitignore.Exclude
		}
	}
	for _, i := range g.named[base] {
		ask(i)
	}
	for _, i := range g.under[path.Base(above)] {
		ask(i)
	}
	for _, i := range g.globs {
		if g.rules[i].may(base) {
			ask(i)
		}
	}
	return ignored
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
