package walk

import (
	"os"
	"path/filepath"
)

// ConfigName is the name of the config file; the directory that holds one is a root.
const ConfigName = ".handlervet.yml"

// Root is the nearest directory, from dir upwards, that holds .git or a config file.
// If there is none it is dir itself.
func Root(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		for _, mark := range []string{ConfigName, ".git"} {
			if _, err := os.Lstat(filepath.Join(d, mark)); err == nil {
				return d
			}
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

// RootOf is the root for the given absolute paths: that of the working directory
// if they all lie under it, else that of the directory that holds the first one that does not.
func RootOf(cwd string, paths []string) string {
	root := Root(cwd)
	for _, p := range paths {
		if !filepath.IsAbs(relative(root, p)) {
			continue
		}
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			p = filepath.Dir(p)
		}
		return Root(p)
	}
	return root
}
