package sandbox

import (
	"strings"

	"github.com/dop251/goja"
)

// keepResolvers remembers the resolvers that a GraphQL server or schema is made with.
func (m *machine) keepResolvers(options *goja.Object) {
	m.quietly(func() {
		if v := asObject(options.Get("resolvers")); v != nil && m.unknowns[v] == nil {
			m.resolvers = append(m.resolvers, v)
		}
	})
}

// resolver is the function for a field, `Query.user`, nil if there is none.
func (m *machine) resolver() *goja.Object {
	typeName, field, named := strings.Cut(m.job.Export, ".")
	if !named {
		return nil
	}
	var found *goja.Object
	m.quietly(func() {
		for _, o := range m.resolvers {
			for _, one := range m.maps(o) {
				fields := asObject(one.Get(typeName))
				if fields == nil || m.unknowns[fields] != nil {
					continue
				}
				fn := asObject(fields.Get(field))
				if fn != nil && !m.callable(fn) && m.unknowns[fn] == nil {
					fn = asObject(fn.Get("resolve"))
				}
				if fn != nil && m.callable(fn) {
					found = fn
				}
			}
		}
	})
	return found
}

// maps are the maps of resolvers in a list of them, or the one that o is.
func (m *machine) maps(o *goja.Object) []*goja.Object {
	if o.ClassName() != "Array" {
		return []*goja.Object{o}
	}
	var out []*goja.Object
	for _, key := range o.Keys() {
		if v := asObject(o.Get(key)); v != nil && m.unknowns[v] == nil {
			out = append(out, v)
		}
	}
	return out
}
