package platform

import (
	"path"
	"regexp"
	"strings"
)

// netlifyFunctions is the usual folder.
const netlifyFunctions = "netlify/functions"

// readNetlify reads netlify.toml: `functions.directory`, or `build.functions` in older files.
//
// Source: docs.netlify.com, build/configure-builds/file-based-configuration; netlify/build, zip-it-and-ship-it.
func (f *finder) readNetlify(file string, _ []byte, root *conf) {
	dir := root.get("functions", "directory").str()
	if dir == "" {
		dir = root.get("build", "functions").str()
	}
	if dir == "" {
		dir = netlifyFunctions
	}
	own := dirOf(file)
	f.netlifySettings(root)
	f.in(own).bundle = netlifyBundle(root)
	based := join(own, root.get("build", "base").str())
	for _, at := range []string{join(based, dir), join(own, dir), f.netlifySource(based, dir), f.netlifySource(own, dir)} {
		if f.in(own).netlify = at; f.dirs[at] {
			return
		}
	}
	f.in(own).netlify = join(own, dir)
}

// lambdaBuild is the script that builds functions with netlify-lambda, and their folder.
var lambdaBuild = regexp.MustCompile(`netlify-lambda\s+(?:build|serve)\s+([\w./-]+)`)

// netlifySource is the folder that a built folder of functions is made of: the one that netlify-lambda builds, or `src` in the place
// of the folder of build products.
//
// Source: netlify/netlify-lambda, README.
func (f *finder) netlifySource(project, built string) string {
	if fo := f.folders[project]; fo != nil && fo.pkg != nil {
		if m := lambdaBuild.FindStringSubmatch(fo.pkg.text); m != nil {
			return join(project, m[1])
		}
	}
	if first, rest, ok := strings.Cut(path.Clean(built), "/"); ok && isBuilt(first) {
		return join(project, "src", rest)
	}
	return ""
}

// netlifyFolder is the folder of functions that a file lies in.
func (f *finder) netlifyFolder(file string) (string, bool) {
	for dir := range ancestors(file) {
		if fo := f.folders[dir]; fo != nil && fo.netlify != "" {
			if _, ok := below(fo.netlify, file); ok {
				return fo.netlify, true
			}
		}
		rest, _ := below(dir, file)
		if _, ok := below(netlifyFunctions, rest); ok {
			return join(dir, netlifyFunctions), true
		}
	}
	return "", false
}

// netlifyEntry tells whether a file of the folder is an entry: `<name>.js`, `<name>/<name>.js` or `<name>/index.js`.
//
// Source: netlify/build, packages/zip-it-and-ship-it/src/runtimes/node/finder.ts.
func netlifyEntry(dir, file string) bool {
	rest, _ := below(dir, file)
	parts := segments(rest)
	switch len(parts) {
	case 1:
		return true
	case 2:
		return base(file) == parts[0] || base(file) == "index"
	}
	return false
}
