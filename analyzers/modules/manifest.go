package modules

import "path"

// manifest is what a package.json says about its files. The versions that are
// installed below node_modules would be looked up from here too.
type manifest struct {
	Type         string            `json:"type"`
	Dependencies map[string]string `json:"dependencies"`
	Development  map[string]string `json:"devDependencies"`
	Peers        map[string]string `json:"peerDependencies"`
	dir          string
}

// Range is the range of versions that the package.json around a file asks for, "" if none names the package.
func (r *Resolver) Range(file, pkg string) string {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		m := r.manifest(dir)
		if m == nil {
			return ""
		}
		for _, list := range []map[string]string{m.Dependencies, m.Development, m.Peers} {
			if v := list[pkg]; v != "" {
				return v
			}
		}
		if m.dir == "." || m.dir == "/" {
			return ""
		}
		dir = m.dir
	}
}

// IsESModule says how node reads a file: by its extension, and where that says
// nothing, by the nearest package.json. What the file holds is not asked: see
// jsparse.File.ESModule.
func (r *Resolver) IsESModule(file string) bool {
	switch path.Ext(file) {
	case ".mjs", ".mts":
		return true
	case ".cjs", ".cts":
		return false
	}
	m := r.manifest(path.Dir(file))
	return m != nil && m.Type == "module"
}

// manifest is the package.json of a directory or of the nearest one above.
func (r *Resolver) manifest(dir string) *manifest {
	r.mu.Lock()
	m, known := r.packages[dir]
	r.mu.Unlock()
	if known {
		return m
	}
	if text, err := r.tree.Read(path.Join(dir, "package.json")); err == nil {
		m = &manifest{}
		if !decode(text, m) {
			m = &manifest{} // node would refuse it; it still ends the search
		}
		m.dir = dir
	} else if dir != "." && dir != "/" {
		m = r.manifest(path.Dir(dir))
	}
	r.mu.Lock()
	r.packages[dir] = m
	r.mu.Unlock()
	return m
}
