// Package modules says which file or package a specifier means, and whether a
// file is an ES module or CommonJS. The lowering asks it when a path through a
// handler leaves the file.
package modules

import (
	"path"
	"strings"
	"sync"
)

// Tree is the files of a project. Paths are relative to its root, with slashes.
type Tree interface {
	// Files lists all files that may be resolved to.
	Files() []string
	// Read returns a file's bytes. It is asked for package.json and
	// tsconfig.json, which need not be among Files.
	Read(path string) ([]byte, error)
}

// Resolver resolves specifiers within one project. It may be used by several
// goroutines.
type Resolver struct {
	tree  Tree
	files func() map[string]bool

	mu       sync.Mutex
	tsconfig map[string]*tsconfig // by directory; nil where neither it nor a parent has one
	packages map[string]*manifest // likewise
	modules  map[string]bool      // which folders have node_modules
}

// New makes a resolver for a project.
func New(tree Tree) *Resolver {
	return &Resolver{
		tree: tree,
		files: sync.OnceValue(func() map[string]bool {
			list := tree.Files()
			set := make(map[string]bool, len(list))
			for _, f := range list {
				set[f] = true
			}
			return set
		}),
		tsconfig: map[string]*tsconfig{},
		packages: map[string]*manifest{},
		modules:  map[string]bool{},
	}
}

// Resolve finds the file of the project that fromFile means by a specifier:
// a relative path, or a name that tsconfig.json or jsconfig.json maps to files.
// Packages are not resolved; see Split.
func (r *Resolver) Resolve(fromFile, specifier string) (file string, ok bool) {
	specifier, _, _ = strings.Cut(specifier, "?") // bundlers let `./x?raw` say how to load x
	switch {
	case specifier == "":
		return "", false
	case isRelative(specifier):
		return r.file(path.Join(path.Dir(fromFile), specifier), strings.HasSuffix(specifier, "/") || endsInDots(specifier))
	case strings.HasPrefix(specifier, "/"), strings.Contains(specifier, ":"):
		return "", false
	}
	return r.mapped(fromFile, specifier)
}

func isRelative(s string) bool {
	return s == "." || s == ".." || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../")
}

func endsInDots(s string) bool {
	return s == "." || s == ".." || strings.HasSuffix(s, "/.") || strings.HasSuffix(s, "/..")
}

// Split takes a specifier of a package apart: "@scope/name/sub/path" is package
// "@scope/name" and subpath "sub/path". Modules of node itself keep no "node:".
// ok is false for paths and URLs.
func Split(specifier string) (name, subpath string, ok bool) {
	specifier = strings.TrimPrefix(specifier, "node:")
	if specifier == "" || specifier[0] == '.' || specifier[0] == '/' || specifier[0] == '#' || strings.Contains(specifier, ":") {
		return "", "", false
	}
	name, subpath, _ = strings.Cut(specifier, "/")
	if name[:min(1, len(name))] != "@" {
		return name, subpath, name != ""
	}
	part, rest, _ := strings.Cut(subpath, "/")
	return name + "/" + part, rest, len(name) > 1 && part != ""
}
