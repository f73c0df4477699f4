package modules

import (
	"path"
	"strings"
)

// extensions are tried in this order behind a path that names no file. Of
// `x.ts` and its output `x.js`, the source is what one wants to read.
func extensions() []string {
	return []string{".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"}
}

// sources are the extensions that TypeScript lets an import of the output stand for.
func sources(ext string) []string {
	switch ext {
	case ".js":
		return []string{".ts", ".tsx", ".jsx"}
	case ".jsx":
		return []string{".tsx"}
	case ".mjs":
		return []string{".mts"}
	case ".cjs":
		return []string{".cts"}
	}
	return nil
}

// file finds the file of the project that a path without a sure extension means.
func (r *Resolver) file(p string, directory bool) (string, bool) {
	if p = path.Clean(p); p == ".." || strings.HasPrefix(p, "../") {
		return "", false
	}
	if !directory && p != "." {
		if f, ok := r.exact(p); ok {
			return f, true
		}
	}
	return r.firstWith(path.Join(p, "index"))
}

func (r *Resolver) exact(p string) (string, bool) {
	if r.files()[p] {
		return p, true
	}
	ext := path.Ext(p)
	for _, source := range sources(ext) {
		if f := strings.TrimSuffix(p, ext) + source; r.files()[f] {
			return f, true
		}
	}
	return r.firstWith(p)
}

func (r *Resolver) firstWith(p string) (string, bool) {
	for _, ext := range extensions() {
		if r.files()[p+ext] {
			return p + ext, true
		}
	}
	return "", false
}
