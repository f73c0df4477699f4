package modules

import "path"

// UseKind is how a file names another.
type UseKind uint8

// The kinds of uses.
const (
	Require    UseKind = iota // require()
	Import                    // an import statement that becomes require()
	ImportCall                // import() that becomes require()
)

// Use is a place in a file of the project that loads something with require() when it runs.
type Use struct {
	File       string
	Start, End int // of the specifier, quotes included
	Specifier  string
	Kind       UseKind
	// Nested means that it stands in a function: the file loads, and the call fails.
	Nested bool
	// Package is what is found; zero for the project's own files.
	Package Package
	// Local is the project's file that a path means, "" if there is none.
	Local string
	// Awaited is how the handler would load it with import(); nil if that is not plain to see.
	Awaited *Awaited
}

// Awaited is a declaration moved into the handler, and made an import().
type Awaited struct {
	// The statement to take away, with its line, and where the new one goes.
	Start, End, At int
	Text           string
	// Whole means that what is loaded is used as a whole, which import() gives as `default`: that works for every package. Names need the
	// package to export them.
	Whole bool
}

// BecomesRequire tells whether TypeScript writes require() for the imports of a file, and for import() in it: only if tsconfig.json says
// which format it writes.
func (r *Resolver) BecomesRequire(file string) (imports, calls bool) {
	switch path.Ext(file) {
	case ".ts", ".tsx", ".cts":
	default:
		return false, false
	}
	c := r.config(path.Dir(file))
	if c == nil || r.IsESModule(file) {
		return false, false
	}
	switch c.module {
	case "commonjs":
		return true, true
	case "node16", "node18", "node20", "nodenext":
		return true, false
	}
	return false, false
}
