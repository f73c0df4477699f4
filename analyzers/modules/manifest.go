package modules

import "path"

// manifest is what a package.json says about its files. The versions that are
// installed below node_modules would be looked up from here too.
type manifest struct {
	Type string `json:"type"`
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
	} else if dir != "." && dir != "/" {
		m = r.manifest(path.Dir(dir))
	}
	r.mu.Lock()
	r.packages[dir] = m
	r.mu.Unlock()
	return m
}
