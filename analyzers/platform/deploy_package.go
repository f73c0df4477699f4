package platform

import (
	"path"
	"strings"
	"sync"
)

// manifest is what a package.json says.
type manifest struct {
	main   string
	node   string // engines.node
	module bool   // "type": "module"
	deps   map[string]string
	text   string // the scripts, joined
	root   *conf
	// bundles tells whether a script bundles.
	bundles func() bool
}

// readPackage reads package.json.
func (f *finder) readPackage(file string, _ []byte, root *conf) {
	m := &manifest{
		main:   root.get("main").str(),
		node:   root.get("engines", "node").str(),
		module: root.get("type").str() == "module",
		deps:   map[string]string{},
		root:   root,
	}
	for _, section := range []string{"peerDependencies", "devDependencies", "dependencies"} {
		for _, e := range root.get(section).entries() {
			m.deps[e.key] = e.value.str()
		}
	}
	var scripts []string
	for _, e := range root.get("scripts").entries() {
		scripts = append(scripts, e.value.str())
	}
	m.text = strings.Join(scripts, "\n")
	m.bundles = sync.OnceValue(func() bool { return bundling.MatchString(m.text) })
	f.in(dirOf(file)).pkg = m
}

// has tells whether a package depends on one of the others.
func (m *manifest) has(names ...string) bool {
	if m == nil {
		return false
	}
	for _, n := range names {
		if _, ok := m.deps[n]; ok {
			return true
		}
	}
	return false
}

// manifestOf is the nearest package.json above a file, nil if there is none, and its folder.
func (f *finder) manifestOf(file string) (*manifest, string) {
	dir, fo := f.above(file, func(fo *folder) bool { return fo.pkg != nil })
	if fo == nil {
		return nil, ""
	}
	return fo.pkg, dir
}

// depends tells whether the nearest package.json depends on one of the packages.
func (f *finder) depends(file string, names ...string) bool {
	m, _ := f.manifestOf(file)
	return m.has(names...)
}

// readNodeVersion reads .nvmrc and .node-version.
func (f *finder) readNodeVersion(file string, text []byte, _ *conf) {
	line, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	f.in(dirOf(file)).node = strings.TrimSpace(line)
}

// readNextConfig notes that a folder is a Next.js project.
func (f *finder) readNextConfig(file string, _ []byte, _ *conf) { f.in(dirOf(file)).next = true }

// nodeOf is the Node version that package.json, .nvmrc or .node-version ask for, as `node20`; "" if none does so.
func (f *finder) nodeOf(file string) string {
	for dir := range ancestors(file) {
		fo := f.folders[dir]
		if fo == nil {
			continue
		}
		if fo.pkg != nil && fo.pkg.node != "" {
			return "node " + fo.pkg.node
		}
		if fo.node != "" {
			return "node " + fo.node
		}
	}
	return ""
}

// isMain tells whether a file is the entry of its package: `main`, or index or function beside package.json.
func (f *finder) isMain(file string) bool {
	m, dir := f.manifestOf(file)
	if m == nil {
		return false
	}
	if m.main != "" {
		return trimExt(join(dir, m.main)) == trimExt(file) || f.script(join(dir, m.main)) == file || f.builtFrom(dir, m.main) == file
	}
	name := base(file)
	return dirOf(file) == dir && (name == "index" || name == "function")
}

// builtFrom is the source of a file in a folder of build products: `dist/x.js` is made of `src/x.ts` or `x.ts`.
func (f *finder) builtFrom(dir, file string) string {
	first, rest, ok := strings.Cut(path.Clean(file), "/")
	if !ok {
		return ""
	}
	if !isBuilt(first) {
		return ""
	}
	for _, source := range []string{path.Join("src", rest), rest} {
		if found := f.script(join(dir, trimExt(source))); found != "" {
			return found
		}
	}
	return ""
}

// isBuilt tells whether a folder is one of the usual folders of build products.
func isBuilt(name string) bool {
	switch name {
	case "dist", "build", "lib", "out", ".build", "output":
		return true
	}
	return false
}
