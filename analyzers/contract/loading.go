package contract

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Ability says whether a platform's require() loads ES modules.
type Ability uint8

// The abilities.
const (
	Unasked Ability = iota // everything is bundled, or nobody knows
	Never                  // on no version of Node
	ByNode                 // as the version of Node has it
)

// Loading is how a platform loads a handler's file.
type Loading struct {
	// RequireESM is what becomes of require() of an ES module, Because why: a clause.
	RequireESM Ability
	Because    string
	// Switch is what makes Node load them in spite of that, if it stands in NODE_OPTIONS; empty if nothing does.
	Switch string
	// Failure is what the caller sees of a file that cannot be loaded: a clause.
	Failure string
	// CompilesImports means that the platform's builder turns the imports of files that are no ES modules for Node into require().
	CompilesImports bool
	// OwnBuild means that what is deployed may be what a bundler of the project's own made of the file.
	OwnBuild bool
	// Alone is a clause for the files beside a handler, if they are not there after deployment; Functions and Assets are then how
	// one finds them, with `%s` for the name.
	Alone, Functions, Assets string
}

// Bundle is what makes one file of a handler and all that it imports.
type Bundle struct {
	By       string   // for people: `esbuild in package.json`
	External []string // the packages that it leaves out; a star stands for anything
}

// Leaves tells whether the bundle leaves a package out, so that it is loaded at run time.
func (b *Bundle) Leaves(pkg string) bool {
	return slices.ContainsFunc(b.External, func(pattern string) bool {
		ok, err := path.Match(pattern, pkg)
		return pattern == pkg || err == nil && ok
	})
}

// oneNode is a runtime that names one major version: `nodejs20.x`, `node 22`, `node ^18.2`.
var oneNode = regexp.MustCompile(`^(?:node(?:js)?)?\s*[v^~=]?(\d+)(?:\.[\dx*]+)*$`)

// requiringNode is the first major version of Node whose newest release loads ES modules with require(): 20, since 20.19.0.
//
// Source: nodejs.org, changelog of 20.19.0; tried with the releases themselves (rules/requireesm, TestNode).
const requiringNode = 20

// RequiresESM says whether require() loads ES modules without top-level await where the handler runs; known is false if that depends
// on a version that nobody names.
func (h *Handler) RequiresESM() (can, known bool) {
	l := h.Loading
	if l.Switch != "" && strings.Contains(h.NodeOptions, l.Switch) {
		return true, true
	}
	if l.RequireESM != ByNode {
		return false, l.RequireESM == Never
	}
	m := oneNode.FindStringSubmatch(h.Runtime)
	if m == nil {
		return false, false
	}
	major, err := strconv.Atoi(m[1])
	return major >= requiringNode, err == nil
}
