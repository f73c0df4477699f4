package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// declaredIn finds the handlers of a file that deployment files name.
func (f *finder) declaredIn(s *source) []*Handler {
	var out []*Handler
	for _, d := range f.declared[s.path] {
		hs := f.declaredOne(s, d)
		if len(hs) == 0 && d.platform != "cloudflare" {
			f.note(d.place.File + ": " + s.path + " " + exportsNot(d.export))
		}
		for _, h := range hs {
			h.Declared = d.place
			if same := sameEntry(out, h); same != nil { // one function under several names
				same.HTTP = same.HTTP || h.HTTP
				same.ProxyResult = same.ProxyResult || h.ProxyResult
				continue
			}
			out = append(out, h)
		}
	}
	return out
}

func exportsNot(name string) string {
	if name == "" {
		return "exports no function that can be the entry"
	}
	return "does not export `" + name + "`"
}

func sameEntry(hs []*Handler, h *Handler) *Handler {
	for _, other := range hs {
		if other.File == h.File && other.Entry == h.Entry {
			return other
		}
	}
	return nil
}

func (f *finder) declaredOne(s *source, d declaration) []*Handler {
	switch d.platform {
	case "cloudflare":
		return f.workerMethods(s, d.why)
	case "azure.v3":
		return f.azureDeclared(s, d)
	}
	in, name, entry, ok := f.declaredExport(s, d.export)
	if !ok {
		return nil
	}
	sh := f.shapeOf(in, entry)
	h := in.found(name, entry, nil, d.why)
	h.Runtime, h.Budget, h.Gateway, h.HTTP, h.ProxyResult = d.runtime, d.budget, d.gateway, d.http, d.proxy
	h.NodeOptions, h.Bundle = d.options, d.bundle
	switch d.platform {
	case "lambda":
		h.Contract = f.lambdaContract(sh, h, d.legacy)
	case "gcf":
		h.Contract = gcfContract(sh, d.event)
		h.HTTP = !d.event
	case "twilio":
		h.Contract = twilioContract(sh)
		h.HTTP = true
	}
	h.withDefaults()
	return append([]*Handler{h}, f.inside(in, sh, h)...)
}

// declaredExport finds an export, nested ones (`a.b`) too.
func (f *finder) declaredExport(s *source, name string) (*source, string, Entry, bool) {
	if in, e := f.follow(s, name); e != nil {
		return in, name, e.entry, true
	}
	first, rest, nested := strings.Cut(name, ".")
	if nested {
		if in, e := f.follow(s, first); e != nil && e.entry.Expr != nil {
			entry := e.entry
			entry.Method = rest
			return in, name, entry, true
		}
	}
	// `export default { handler }` and `module.exports = new Something()`: looked up on the default export.
	whole := s.whole()
	if whole == nil {
		return nil, "", Entry{}, false
	}
	in, e := f.follow(s, whole.name)
	if e.entry.Expr == nil {
		return nil, "", Entry{}, false
	}
	if in.method(e.entry.Expr, name) != nil {
		entry := e.entry
		entry.Method = name
		return in, name, entry, true
	}
	if _, isCall := e.entry.Expr.(*jsparse.Call); isCall && whole.name == "module.exports" {
		return nil, "", Entry{}, false
	}
	return nil, "", Entry{}, false
}

// azureDeclared resolves the export of a function with function.json: the function itself, entryPoint, the only key, run, index.
//
// Source: Azure/azure-functions-nodejs-worker, src/LegacyFunctionLoader.ts (getEntryPoint).
func (f *finder) azureDeclared(s *source, d declaration) []*Handler {
	names := []string{d.export, "module.exports", "default", "run", "index"}
	if d.export == "" {
		names = names[1:]
	}
	if only := s.onlyName(); only != "" {
		names = append(names, only)
	}
	for _, n := range names {
		in, e := f.follow(s, n)
		if e == nil {
			continue
		}
		if _, isObject := e.entry.Expr.(*jsparse.Object); isObject {
			continue
		}
		sh := f.shapeOf(in, e.entry)
		if !sh.isFunction(e.entry) {
			continue
		}
		h := in.found(n, e.entry, azureV3, d.why)
		h.HTTP, h.Budget, h.Runtime, h.Routing = d.http, f.azureBudget(s.path), f.nodeOf(s.path), d.routing
		return append([]*Handler{h.withDefaults()}, f.inside(in, sh, h)...)
	}
	return nil
}

// onlyName is the name of the only named export, "" if there are several.
func (s *source) onlyName() string {
	only := ""
	for _, e := range s.exports {
		if e.name == "module.exports" || e.name == "*" || e.name == only {
			continue
		}
		if only != "" {
			return ""
		}
		only = e.name
	}
	return only
}

// gcfContract is that of a function of Google's: the number of parameters selects the callback.
//
// Source: GoogleCloudPlatform/functions-framework-nodejs, src/function_wrappers.ts.
func gcfContract(sh shape, event bool) *Contract {
	switch {
	case !event:
		return gcfHTTP
	case sh.fn != nil && !sh.opaque && length(sh.fn) > 2:
		return gcfBackgroundCallback
	}
	return gcfBackground
}
