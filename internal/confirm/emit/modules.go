package emit

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// imported finds what a file imports: the clause and the specifier. Type declarations say nothing at run time.
var imported = regexp.MustCompile(`(?m)^\s*import\s+([^'";]+?)\s+from\s+['"]([^'"]+)['"]`)

// whole finds the name under which a clause has all that a module exports.
var whole = regexp.MustCompile(`\*\s+as\s+([\w$]+)`)

// names are the names that the project's files import from each specifier that is no file of theirs.
func names(sources map[string]string) map[string][]string {
	by := map[string]map[string]bool{}
	for _, text := range sources {
		for _, found := range imported.FindAllStringSubmatch(text, -1) {
			clause, from := found[1], found[2]
			if strings.HasPrefix(from, ".") {
				continue
			}
			if by[from] == nil {
				by[from] = map[string]bool{}
			}
			if as := whole.FindStringSubmatch(clause); as != nil {
				member := regexp.MustCompile(`\b` + regexp.QuoteMeta(as[1]) + `\??\.([A-Za-z_$][\w$]*)`)
				for _, used := range member.FindAllStringSubmatch(text, -1) {
					by[from][used[1]] = true
				}
			}
			_, braces, _ := strings.Cut(clause, "{")
			braces, _, _ = strings.Cut(braces, "}")
			for name := range strings.SplitSeq(braces, ",") {
				name, _, _ = strings.Cut(strings.TrimSpace(name), " as ")
				name = strings.TrimSpace(strings.TrimPrefix(name, "type "))
				if plainName.MatchString(name) && name != "default" {
					by[from][name] = true
				}
			}
		}
	}
	out := map[string][]string{}
	for from, set := range by {
		delete(set, "default")
		out[from] = slices.Sorted(maps.Keys(set))
	}
	return out
}

// syntax tells that a file is an ES module.
var syntax = regexp.MustCompile(`(?m)^\s*(import\s+[\w{*'"]|export\s+(default|const|let|var|async|function|class|\{|\*))`)

// modules are the project's files that are written as ES modules.
func modules(sources map[string]string) []string {
	var out []string
	for name, text := range sources {
		if syntax.MatchString(text) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
