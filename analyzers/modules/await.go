package modules

import (
	"path"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// maxGraph bounds how many files of packages are parsed in search of a top-level await.
const maxGraph = 200

// awaits tells whether an ES module, or one that it imports, was seen to use top-level await. What lies beyond maxGraph is not looked at.
func (r *Resolver) awaits(file string) bool {
	seen := map[string]bool{file: true}
	for queue := []string{file}; len(queue) > 0 && len(seen) <= maxGraph; queue = queue[1:] {
		text, err := r.tree.Read(queue[0])
		if err != nil || r.styleAt(queue[0]) != ESModule {
			continue
		}
		f, err := jsparse.Parse(queue[0], text)
		if err != nil {
			continue
		}
		if f.TopLevelAwait.End > 0 {
			return true
		}
		for _, i := range f.Imports {
			if i.Kind != jsparse.StaticImport {
				continue
			}
			if next := r.importedBy(queue[0], i.Path); next != "" && !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// importedBy is the file that an import statement in a package's file means, "" if it cannot be told.
func (r *Resolver) importedBy(file, specifier string) string {
	if isRelative(specifier) {
		return path.Join(path.Dir(file), specifier)
	}
	name, subpath, ok := Split(specifier)
	if !ok || strings.HasPrefix(specifier, "node:") || builtin(name) {
		return ""
	}
	dir := r.installed(file, name)
	text, err := r.tree.Read(path.Join(dir, "package.json"))
	if dir == "" || err != nil {
		return ""
	}
	if m, ok := ReadPackageFile(text); ok {
		if at, ok := m.entry(subpath, whenImported()); ok {
			return path.Join(dir, at)
		}
	}
	return ""
}
