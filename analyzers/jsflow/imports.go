package jsflow

import (
	"path"
	"strings"
)

// deepestImport bounds through how many files an export is followed.
const deepestImport = 50

// importPath is what a specifier gives: a file of the project, or a package.
// name is an export's name, or "*" for the whole module.
func (s *session) importPath(spec, name string, e *env, common bool) value {
	if s.importDepth >= deepestImport { // files that export each other's exports
		return nil
	}
	s.importDepth++
	defer func() { s.importDepth-- }()
	file, local := s.l.resolve(e.mod.path, spec)
	if !local {
		if strings.HasPrefix(spec, ".") || strings.HasPrefix(spec, "/") {
			return s.declaredExport(s.declaring(e, spec), name)
		}
		spec = strings.TrimPrefix(spec, "node:")
		v := external{pkg: spec, version: s.l.res.Range(e.mod.path, packageOf(spec))}
		if name == "*" || name == "default" {
			return v
		}
		v.path = name
		return v
	}
	in := s.module(file)
	if in == nil {
		return nil
	}
	if name == "*" {
		if in.mod.commonExports != nil && (common || !in.mod.file.ESModule) {
			return s.commonModule(in)
		}
		return s.namespaceOf(in)
	}
	return s.export(in.mod, name)
}

// packageOf is the package of a specifier: without the path below it.
func packageOf(spec string) string {
	parts := strings.SplitN(spec, "/", 3)
	if strings.HasPrefix(spec, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func (s *session) namespaceOf(in *env) value {
	key := objectKey{nil, in}
	if v, ok := s.objects[key]; ok {
		return v
	}
	n := &namespace{in.mod}
	s.objects[key] = n
	return n
}

// commonModule is the value of `module.exports`, with what is added to `exports` later if it is an object.
func (s *session) commonModule(in *env) value {
	v := s.eval(in.mod.commonExports, in)
	if o, ok := v.(*object); ok {
		for name, ex := range in.mod.exports {
			if _, has := o.props[name]; !has && ex.expr != nil {
				o.props[name] = s.eval(ex.expr, in)
			}
		}
	}
	return v
}

// export is what a file exports under a name.
func (s *session) export(m *module, name string) value {
	in := s.module(m.path)
	if in == nil {
		return nil
	}
	ex, ok := m.exports[name]
	if !ok {
		return s.otherExport(in, name)
	}
	switch {
	case ex.from != "":
		return s.importPath(ex.from, ex.name, in, false)
	case ex.fn != nil:
		return s.closure(ex.fn, in, nil)
	case ex.class != nil:
		return s.class(ex.class, in)
	case ex.symbol != nil:
		return s.symbol(ex.symbol, in)
	case ex.expr != nil:
		return s.eval(ex.expr, in)
	}
	return nil
}

func (s *session) otherExport(in *env, name string) value {
	m := in.mod
	if m.commonExports != nil {
		v := s.commonModule(in)
		if name == "default" {
			return v
		}
		return s.member(v, name)
	}
	if name == "default" && !m.file.ESModule {
		return s.namespaceOf(in)
	}
	for _, from := range m.stars {
		if v := s.importPath(from, name, in, false); v != nil {
			if _, isExternal := v.(external); !isExternal {
				return v
			}
		}
	}
	return nil
}

// runtimeFile is Twilio's Runtime.getFunctions()[name] or getAssets()[name].
func (s *session) runtimeFile(all runtimeFiles, name string) value {
	name = strings.TrimPrefix(name, "/")
	folders := []string{"functions", "src"}
	if all.assets {
		folders = []string{"assets", "static"}
	}
	for _, root := range s.projectRoots() {
		for _, folder := range folders {
			if f := s.l.privateFile(path.Join(root, folder), name); f != "" {
				return runtimeFile{f}
			}
		}
		if all.assets {
			if f := s.l.otherAsset(root, name); f != "" {
				return runtimeFile{f}
			}
		}
	}
	return nil
}

// projectRoots are the folders above the modules in use that may hold functions/ and assets/.
func (s *session) projectRoots() []string {
	var roots []string
	seen := map[string]bool{}
	for file := range s.modules {
		for dir := path.Dir(file); ; dir = path.Dir(dir) {
			base := path.Base(dir)
			if base == "functions" || base == "assets" || base == "src" || base == "static" {
				if root := path.Dir(dir); !seen[root] {
					seen[root] = true
					roots = append(roots, root)
				}
			}
			if dir == "." || dir == "/" {
				break
			}
		}
	}
	return roots
}
