package promiseindex

// Module is what one specifier gives: a package, a path below it, or one of Node's modules.
type Module struct {
	pack     *pack
	commonjs bool
	value    int
	types    int
}

// Package is the name of the package that the module is of; `node` for Node's own.
func (m *Module) Package() string { return m.pack.name }

// Version is the version whose type declarations were read.
func (m *Module) Version() string { return m.pack.version }

// Require is what `require(specifier)` gives. Of a module that declares a default export, that one is called
// when the module itself is: CommonJS packages often assign it to module.exports without declaring so.
func (m *Module) Require() Shape {
	s := m.pack.shape(m.value)
	if !m.commonjs && s.pack != nil {
		s.as = namespace
	}
	return s
}

// Export is what `import { name } from specifier` binds; `default` and `*` included.
func (m *Module) Export(name string) (Shape, bool) {
	switch name {
	case "*":
		return m.Require(), true
	case "default":
		if s, ok := m.pack.member(m.value, name); ok {
			return s, true
		}
		return m.Require(), m.commonjs // module.exports is the default export
	}
	return m.Require().Member(name)
}

// Type is an instance of a class, interface or type that the module exports, as an annotation names it.
func (m *Module) Type(name string) (Shape, bool) { return m.pack.member(m.types, name) }

// module finds the module of a specifier.
func (p *pack) module(specifier string) (*Module, error) {
	for _, m := range p.modules {
		if m.specifier == specifier {
			return &Module{p, m.commonjs, m.value, m.types}, nil
		}
	}
	return nil, ErrUnknown
}
