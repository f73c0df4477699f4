package platform

import (
	"strings"
)

// netlifyPackage holds the types and wrappers of Netlify's functions.
const netlifyPackage = "@netlify/functions"

// claimNetlify takes the entries of Netlify's folder of functions.
func (f *finder) claimNetlify(file string) *claim {
	dir, ok := f.netlifyFolder(file)
	if !ok || !netlifyEntry(dir, file) {
		return nil
	}
	return &claim{find: (*finder).findNetlify, dir: dir, why: "in " + dir}
}

// findNetlify: a default export without an export named `handler` is of the second version, anything else with `handler` of the first.
//
// Source: netlify/build, packages/zip-it-and-ship-it/src/runtimes/node/in_source_config (isV2API).
func (f *finder) findNetlify(s *source, c *claim) []*Handler {
	if in, e := f.follow(s, "handler"); e != nil {
		return f.netlifyFirst(s, in, e, c)
	}
	e := s.named("default")
	if e == nil {
		return nil
	}
	in, target := f.follow(s, "default")
	sh := f.shapeOf(in, target.entry)
	entry := target.entry
	name := "default"
	if entry.Expr != nil && in.method(entry.Expr, "fetch") != nil {
		entry.Method, name = "fetch", "default.fetch"
	} else if !sh.isFunction(entry) {
		return nil
	}
	h := in.found(name, entry, netlifyV2, c.why)
	h.HTTP = true
	h.Runtime = f.netlifyRuntime()
	f.netlifyLimits(s, h, sh)
	return []*Handler{h}
}

func (f *finder) netlifyFirst(s, in *source, e *export, c *claim) []*Handler {
	sh := f.shapeOf(in, e.entry)
	runtime := f.netlifyRuntime()
	h := in.found("handler", e.entry, nil, c.why+", Node "+runtime[len("nodejs"):])
	h.Runtime, h.HTTP = runtime, true
	h.ProxyResult = true
	h.Contract = netlifyContract(sh, runtime)
	f.netlifyLimits(s, h, sh)
	return append([]*Handler{h}, f.inside(in, sh, h)...)
}

// netlifyContract is the contract of a function of the first version.
func netlifyContract(sh shape, runtime string) *Contract {
	async, late := sh.fn != nil && sh.fn.Async, nodeMajor(runtime) > lastCallbackNode
	switch called := sh.fn != nil && length(sh.fn) > netlifyV1.MaxParams; {
	case sh.contract != "":
		return ContractByID(sh.contract)
	case late && called && async:
		return netlifyV1AsyncRefused
	case late && called:
		return netlifyV1CallRefused
	case late:
		return netlifyV1
	case async:
		return netlifyV1Async
	}
	return netlifyV1Call
}

// netlifyRuntime is Netlify's default, Node 24, unless the configuration says otherwise: netlify.toml cannot.
//
// Source: netlify/build, zip-it-and-ship-it, node_version.ts (DEFAULT_NODE_VERSION).
func (f *finder) netlifyRuntime() string {
	if f.options.Runtime != "" {
		return canonicalNode(f.options.Runtime)
	}
	return "nodejs24.x"
}

// netlifyEvent tells whether the function is named after an event of Netlify's that it is invoked for, not a request.
//
// Source: docs.netlify.com, build/functions/trigger-on-events.
func netlifyEvent(name string) bool {
	switch strings.TrimSuffix(name, "-background") {
	case "deploy-building", "deploy-succeeded", "deploy-failed", "deploy-deleted", "deploy-locked", "deploy-unlocked",
		"split-test-activated", "split-test-deactivated", "split-test-modified", "submission-created",
		"identity-validate", "identity-signup", "identity-login":
		return true
	}
	return false
}

// netlifyLimits: background functions have 15 min, scheduled ones 30 s.
func (f *finder) netlifyLimits(s *source, h *Handler, sh shape) {
	scheduled := s.configLiteral("schedule") != "" || sh.wrapper != nil && sh.wrapper.Name == "schedule"
	switch {
	case strings.HasSuffix(base(s.path), "-background") || s.configLiteral("background") == "true":
		h.Budget = Budget{MS: netlifyBackgroundMS, From: "Netlify's limit for background functions"}
		h.HTTP, h.ProxyResult = false, false
	case scheduled:
		h.Budget = Budget{MS: netlifyScheduledMS, From: "Netlify's limit for scheduled functions"}
		h.HTTP, h.ProxyResult = false, false
	}
	if netlifyEvent(base(s.path)) {
		h.HTTP, h.ProxyResult = false, false
	}
	h.withDefaults()
}
