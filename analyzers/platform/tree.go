package platform

import "github.com/handlervet/handlervet/analyzers/jsparse"

// Tree is the files of a project, as the pipeline sees them. Paths are relative to the root, with slashes.
// Its methods are called from several goroutines at once.
type Tree interface {
	// Files lists all files that are not ignored, sorted.
	Files() []string
	// Read returns a file's bytes; it is cached. Files outside the list (a package.json above the paths checked) may be asked for.
	Read(path string) ([]byte, error)
	// Parse returns a JavaScript or TypeScript file's tree; it is cached.
	Parse(path string) (*jsparse.File, error)
}

// Dropper is a tree that can be told that the text of a file, which Read returned, is of no interest, so that it need not be cached, and
// that knows whether that was said of the text that the file has.
type Dropper interface {
	Drop(path string)
	Dropped(path string) bool
}
