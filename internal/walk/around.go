package walk

import (
	"os"
	"path"
	"path/filepath"
	"slices"
)

// maxAround bounds how much of a project is listed when a part of it is checked.
const maxAround = 4000

// around lists what surrounds the checked paths: the directories above them
// (not what is below those) and the project they belong to, at most maxAround names.
// A deployment file there may say which platform invokes a checked file.
func around(o Options, checked []string) []string {
	var out []string
	listed := map[string]bool{}
	for _, p := range o.Paths {
		rel := relative(o.Root, p)
		if filepath.IsAbs(filepath.FromSlash(rel)) {
			continue
		}
		project := ""
		if o.Closed {
			project = "."
		}
		for dir := path.Dir(rel); ; dir = path.Dir(dir) {
			if !listed[dir] {
				listed[dir] = true
				names := list(o, dir)
				out = append(out, names...)
			}
			if project == "" && isProject(o.Root, dir) {
				project = dir
			}
			if dir == "." {
				break
			}
		}
		if project != "" && !listed[project+"/"] {
			listed[project+"/"] = true
			out = append(out, breadthFirst(o, project)...)
		}
	}
	out = sorted(out)
	return slices.DeleteFunc(out, func(name string) bool {
		_, found := slices.BinarySearch(checked, name)
		return found
	})
}

// isProject says whether a directory is the top of a project.
func isProject(root, dir string) bool {
	for _, name := range []string{"package.json", "host.json", "serverless.yml", "template.yaml"} {
		if info, err := os.Stat(filepath.Join(Abs(root, dir), name)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// list is the files of one directory.
func list(o Options, dir string) []string {
	files, _ := entries(o, dir)
	return files
}

func entries(o Options, dir string) (files, dirs []string) {
	w := &walker{root: o.Root, globs: o.Ignore}
	es, err := os.ReadDir(w.abs(dir))
	if err != nil {
		return nil, nil // not asked for, so not the user's problem
	}
	rules := ignoresAbove(o.Root, dir).with(w.abs(dir), dir, es)
	for _, e := range es {
		name := join(dir, e.Name())
		switch {
		case w.skip(name, e, rules):
		case e.IsDir():
			dirs = append(dirs, name)
		case e.Type().IsRegular(), e.Type()&os.ModeSymlink != 0 && w.link(name):
			files = append(files, name)
		}
	}
	return files, dirs
}

// breadthFirst lists a project from its top, so that what is cut off lies deepest.
func breadthFirst(o Options, top string) []string {
	var out []string
	for queue := []string{top}; len(queue) > 0 && len(out) < maxAround; queue = queue[1:] {
		files, dirs := entries(o, queue[0])
		out = append(out, files...)
		queue = append(queue, dirs...)
	}
	return out
}
