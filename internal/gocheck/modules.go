package gocheck

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// module is a directory with a go.mod and the directories of its Go files.
type module struct {
	dir  string // relative, "." for the root
	dirs []string
	// stray means that no go.mod is there: what the files import besides the standard library is unknown.
	stray bool
}

// modulesOf finds the modules among the files, and which directories of Go files belong to each.
func modulesOf(root string, files []string) []*module {
	var list []*module
	byDir := map[string]*module{}
	for _, f := range files {
		if path.Base(f) == "go.mod" {
			m := &module{dir: path.Dir(f)}
			byDir[m.dir] = m
			list = append(list, m)
		}
	}
	seen := map[string]bool{}
	stray := &module{dir: ".", stray: true}
	for _, f := range files {
		dir := path.Dir(f)
		if !strings.HasSuffix(f, ".go") || strings.HasSuffix(f, "_test.go") || seen[dir] || ignored(f) {
			continue
		}
		for at := dir; ; at = path.Dir(at) {
			if m := byDir[at]; m != nil {
				m.dirs = append(m.dirs, dir)
				seen[dir] = true
				break
			}
			if at == "." || at == "/" {
				if serves(root, f) {
					stray.dirs = append(stray.dirs, dir)
					seen[dir] = true
				}
				break
			}
		}
	}
	list = append(list, stray)
	return slices.DeleteFunc(list, func(m *module) bool { return len(m.dirs) == 0 })
}

// filesByDir lists the files that the go command may build, by their directories.
func filesByDir(files []string) map[string][]string {
	list := map[string][]string{}
	for _, f := range files {
		if strings.HasSuffix(f, ".go") && !strings.HasSuffix(f, "_test.go") {
			list[path.Dir(f)] = append(list[path.Dir(f)], f)
		}
	}
	return list
}

// serves tells whether a file without a module may hold anything of interest.
func serves(root, file string) bool {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	return err == nil && bytes.Contains(text, []byte(`"net/http"`))
}

// ignored: the go tool leaves out testdata, vendor and names that begin with . or _.
func ignored(file string) bool {
	for part := range strings.SplitSeq(file, "/") {
		if part == "testdata" || part == "vendor" || strings.HasPrefix(part, "_") || strings.HasPrefix(part, ".") && part != "." {
			return true
		}
	}
	return false
}
