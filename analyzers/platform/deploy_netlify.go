package platform

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
	f.in(dirOf(file)).netlify = join(dirOf(file), root.get("build", "base").str(), dir)
	if !f.dirs[f.in(dirOf(file)).netlify] {
		f.in(dirOf(file)).netlify = join(dirOf(file), dir)
	}
}

// netlifyFolder is the folder of functions that a file lies in.
func (f *finder) netlifyFolder(file string) (string, bool) {
	for _, dir := range ancestors(file) {
		if fo := f.folders[dir]; fo != nil && fo.netlify != "" {
			if _, ok := below(fo.netlify, file); ok {
				return fo.netlify, true
			}
		}
		if at := join(dir, netlifyFunctions); at != "" {
			if _, ok := below(at, file); ok {
				return at, true
			}
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
