package modules

import (
	"encoding/json"
	"path"
	"strings"
)

// PackageFile is the part of a package's own package.json that says what is loaded.
type PackageFile struct {
	Name    string          `json:"name"`
	Version string          `json:"version"`
	Private any             `json:"private"`
	Type    string          `json:"type"`
	Main    any             `json:"main"`
	Exports json.RawMessage `json:"exports"`
}

// ReadPackageFile reads a package.json; ok is false if node would refuse it.
func ReadPackageFile(text []byte) (p *PackageFile, ok bool) {
	p = &PackageFile{}
	return p, json.Unmarshal(text, p) == nil
}

// whenRequired are the conditions that hold for require(); node adds `module-sync` where require() loads ES modules.
//
// Source: nodejs.org, api/packages, "Conditional exports".
func whenRequired(loadsESM bool) []string {
	if loadsESM {
		return []string{"require", "node", "module-sync", "node-addons", "default"}
	}
	return []string{"require", "node", "node-addons", "default"}
}

// whenImported are the conditions that hold for an import statement.
func whenImported() []string {
	return []string{"import", "node", "module-sync", "node-addons", "default"}
}

// entry is the file that a subpath of the package means ("" is the package itself). Without `exports`, the file's ending may be missing.
func (p *PackageFile) entry(subpath string, conditions []string) (file string, ok bool) {
	if exports := readOrdered(p.Exports); exports.object || exports.list || exports.text != "" {
		at := "."
		if subpath != "" {
			at = "./" + subpath
		}
		file = exported(exports, at, conditions)
		return path.Clean(file), file != ""
	}
	if subpath != "" {
		return path.Clean(subpath), true
	}
	if main, _ := p.Main.(string); main != "" {
		return path.Clean(main), true
	}
	return "index.js", true
}

// Style is what require() of the package finds, as far as package.json alone says. A file that lies deeper may have a package.json of
// its own beside it, so of one that package.json calls an ES module without saying so by its ending, `explicit` is false.
func (p *PackageFile) Style() (style Style, explicit bool) {
	file, ok := p.entry("", whenRequired(false))
	if !ok {
		return NotExported, true
	}
	if style := styleOf(file); style != Unseen {
		return style, true
	}
	if p.Type != "module" {
		return CommonJS, true
	}
	return ESModule, !strings.Contains(file, "/")
}

// styleOf is what a file is by its ending alone.
func styleOf(file string) Style {
	switch path.Ext(file) {
	case ".mjs":
		return ESModule
	case ".cjs", ".json", ".node":
		return CommonJS
	}
	return Unseen
}

// RequiresItself tells whether `exports` has a path that holds for require() alone: its file is CommonJS whatever package.json says of
// the folder around it.
func (p *PackageFile) RequiresItself() bool {
	var mentions func(t ordered) bool
	mentions = func(t ordered) bool {
		for i, v := range t.values {
			if t.object && t.keys[i] == "require" || mentions(v) {
				return true
			}
		}
		return false
	}
	return mentions(readOrdered(p.Exports))
}

// File is the path within the package of what require() of it loads, "" if there is none.
func (p *PackageFile) File() string {
	file, ok := p.entry("", whenRequired(false))
	if !ok {
		return ""
	}
	return file
}
