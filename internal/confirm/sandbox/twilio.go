package sandbox

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// runtimeGlobal is Twilio's Runtime: private functions and assets by name, and a client for Sync.
//
// Source: docs.twilio.com, serverless/functions-assets/client (getFunctions, getAssets, getSync).
func (m *machine) runtimeGlobal() goja.Value {
	o := m.rt.NewObject()
	m.set(o, "getFunctions", func(goja.FunctionCall) goja.Value { return m.rt.NewDynamicObject(&privateFiles{m, false}) })
	m.set(o, "getAssets", func(goja.FunctionCall) goja.Value { return m.rt.NewDynamicObject(&privateFiles{m, true}) })
	m.set(o, "getSync", func(goja.FunctionCall) goja.Value { return m.unknownOf(thing, "sync").proxy })
	return o
}

// privateFiles are a project's private functions or assets, each with its path.
type privateFiles struct {
	m      *machine
	assets bool
}

// Get is goja.DynamicObject's.
func (p *privateFiles) Get(key string) goja.Value {
	if p.assets != strings.HasPrefix(key, "/") {
		return nil
	}
	o := p.m.rt.NewObject()
	p.m.set(o, "path", "/private/"+key)
	p.m.set(o, "version", "1")
	p.m.set(o, "open", func(goja.FunctionCall) goja.Value { return p.m.unknownOf(data, key).proxy })
	return o
}

// Has is goja.DynamicObject's.
func (p *privateFiles) Has(key string) bool { return p.m.private["/private/"+key] != nil }

// Set is goja.DynamicObject's.
func (p *privateFiles) Set(string, goja.Value) bool { return false }

// Delete is goja.DynamicObject's.
func (p *privateFiles) Delete(string) bool { return false }

// Keys is goja.DynamicObject's.
func (p *privateFiles) Keys() []string {
	var out []string
	for name := range p.m.private {
		if name = strings.TrimPrefix(name, "/private/"); strings.HasPrefix(name, "/") == p.assets {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
