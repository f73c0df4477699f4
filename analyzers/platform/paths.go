package platform

import (
	"iter"
	"path"
	"strings"
)

// scriptExts are the endings of JavaScript and TypeScript, in the order in which a bundler tries them.
func scriptExts() []string {
	return []string{".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"}
}

// isScript tells whether a file can hold a handler: JavaScript or TypeScript, no declarations.
func isScript(file string) bool {
	switch path.Ext(file) {
	case ".js", ".mjs", ".cjs", ".jsx":
		return true
	case ".ts", ".mts", ".cts", ".tsx":
		return !strings.HasSuffix(trimExt(file), ".d")
	}
	return false
}

// trimExt is the path without its last ending.
func trimExt(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// isTest tells whether a file is there for tests: `x.test.js`, `x.spec.ts`, or in a folder of tests.
func isTest(file string) bool {
	stem := trimExt(path.Base(file))
	if strings.HasSuffix(stem, ".test") || strings.HasSuffix(stem, ".spec") {
		return true
	}
	for dir := range strings.SplitSeq(path.Dir(file), "/") {
		switch dir {
		case "__tests__", "__mocks__", "test", "tests", "spec", "node_modules", "e2e", "cypress":
			return true
		}
	}
	return false
}

// dirOf is the folder of a file, "" at the root.
func dirOf(file string) string {
	if d := path.Dir(file); d != "." {
		return d
	}
	return ""
}

// join joins below a folder that may be "".
func join(parts ...string) string {
	p := path.Join(parts...)
	if p == "." {
		return ""
	}
	return p
}

// below is file relative to dir, if it lies in it.
func below(dir, file string) (string, bool) {
	if dir == "" {
		return file, true
	}
	if rest, ok := strings.CutPrefix(file, dir); ok {
		return strings.CutPrefix(rest, "/")
	}
	return file, false
}

// ancestors are a file's folders, innermost first, "" last.
func ancestors(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := dirOf(file); yield(dir); dir = dirOf(dir) {
			if dir == "" || strings.HasPrefix(dir, "..") || dir == "/" {
				return
			}
		}
	}
}

// first is the outermost part of a path.
func first(file string) string {
	part, _, _ := strings.Cut(file, "/")
	return part
}

// segments are the parts of a path.
func segments(file string) []string { return strings.Split(file, "/") }

// hasSegment tells whether a folder on the way to file has that name.
func hasSegment(file, name string) bool {
	for segment := range strings.SplitSeq(dirOf(file), "/") {
		if segment == name {
			return true
		}
	}
	return false
}
