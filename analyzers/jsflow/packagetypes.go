package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// packageType is a type of a package that the index describes.
func (s *session) packageType(pkg, name string, e *env) value {
	if strings.HasPrefix(pkg, ".") || strings.HasPrefix(pkg, "/") {
		return nil
	}
	pkg = strings.TrimPrefix(pkg, "node:")
	m, err := s.l.index.Open(pkg, s.l.res.Range(e.mod.path, packageOf(pkg)))
	if err != nil {
		builtin, ok := s.l.index.Builtin(pkg)
		if !ok {
			return nil
		}
		m = builtin
	}
	if sh, ok := m.Type(name); ok {
		return describe(sh)
	}
	if name == "default" {
		return describe(m.Require().New().Value)
	}
	made, ok := external{pkg: pkg, path: name}, false
	var sh promiseindex.Shape
	if sh, ok = s.externalShape(made); ok && sh.Constructs() {
		return describe(sh.New().Value)
	}
	return nil
}

// globalType is a type that needs no import: Node's own, or that of Cloudflare's runtime, if the project takes its types. In a
// comment, where no compiler has seen it, Response may be Express's as well.
func (s *session) globalType(name string, in typeScope) value {
	if !in.file.mod.typescript() && (name == "Request" || name == "Response") {
		return nil
	}
	if sh, ok := s.l.index.GlobalType("", name); ok {
		return describe(sh)
	}
	const workers = "@cloudflare/workers-types"
	if s.l.res.Range(in.file.mod.path, workers) == "" && s.l.res.Range(in.file.mod.path, "wrangler") == "" {
		return nil
	}
	sh, _ := s.l.index.GlobalType(workers, name)
	return describe(sh)
}
