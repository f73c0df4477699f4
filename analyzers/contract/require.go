package contract

// RequireKind is how a file names another.
type RequireKind uint8

// The kinds of uses.
const (
	ByRequire    RequireKind = iota // require()
	ByImport                        // an import statement that becomes require()
	ByImportCall                    // import() that becomes require()
)

// Require is a place in a file of the project that loads something with require() when it runs.
type Require struct {
	File       string
	Start, End int // of the specifier, quotes included
	Specifier  string
	Kind       RequireKind
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

// Package is what require() of a specifier finds, as far as the project tells.
type Package struct {
	Name string
	// Style is what require() finds where it cannot load ES modules.
	Style Style
	// Versions is the version or the range of versions that this holds for, From the file that names it.
	Versions, From string
	// Awaits means that the ES module, or one that it imports, was seen to use top-level await: require() loads it on no version.
	Awaits bool
	// LastCommonJS is the newest version that require() loads everywhere before the package changed; "" if nobody knows or there is none.
	LastCommonJS string
}

// Style is what `require` finds under a specifier.
type Style uint8

// The styles.
const (
	Unseen      Style = iota // nobody can tell
	CommonJS                 // or anything else that require() loads on every version: JSON, addons
	ESModule                 // only an ES module
	NotExported              // nothing: `exports` has no path for require()
)

// String is the style's name in the table.
func (s Style) String() string {
	switch s {
	case CommonJS:
		return "cjs"
	case ESModule:
		return "esm"
	case NotExported:
		return "unexported"
	}
	return "unseen"
}
