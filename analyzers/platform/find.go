package platform

import (
	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// findIn finds the handlers of one file.
func (f *finder) findIn(file string) []*Handler {
	text, err := f.tree.Read(file)
	if err != nil || !f.mayHold(file, text) {
		return nil
	}
	s := f.load(file)
	if s == nil {
		for _, d := range f.declared[file] {
			f.note(d.place.File + ": " + file + " cannot be parsed")
		}
		return nil
	}
	out := f.declaredIn(s)
	if len(out) == 0 {
		out = f.claimedIn(s)
	}
	out = append(out, f.registeredIn(s)...)
	if len(out) == 0 {
		out = f.bareIn(s)
	}
	for _, h := range out {
		f.loading(s, h)
		f.checkSeen(h)
		f.lookInside(h)
	}
	return out
}

// found makes a handler of an export; contract may be nil.
func (s *source) found(name string, e Entry, c *Contract, why string) *Handler {
	return &Handler{Entry: e, Handler: contract.Handler{
		File: s.path, Name: name, Line: lineAt(s.file.Text, e.Span.Start), Contract: c, Why: why,
	}}
}

// checkSeen takes the contract away if code that cannot be seen makes the function: what that hands on is not known.
func (f *finder) checkSeen(h *Handler) {
	in := f.load(h.File)
	if in == nil || h.Contract == nil {
		return
	}
	hidden := "its function is in a package, which is not seen"
	if h.Entry.Expr != nil || h.Entry.Decl != nil {
		hidden = f.shapeOf(in, h.Entry).hidden
	}
	if hidden != "" {
		h.Contract = nil
		h.Why += "; " + hidden
	}
}

// withDefaults fills in the contract's own limits where nothing else was found.
func (h *Handler) withDefaults() *Handler {
	if h.Contract == nil {
		return h
	}
	if h.Budget.From == "" && h.Contract.BudgetMS > 0 {
		h.Budget = Budget{MS: h.Contract.BudgetMS, From: "the default of " + h.Contract.Platform}
	}
	if h.Gateway.From == "" && h.HTTP && h.Contract.GatewayMS > 0 {
		h.Gateway = Budget{MS: h.Contract.GatewayMS, From: "the HTTP front end of " + h.Contract.Platform}
	}
	return h
}

// claimedIn finds the handlers that a file has because of where it lies.
func (f *finder) claimedIn(s *source) []*Handler {
	for c := range f.claims(s.path) {
		if hs := c.find(f, s, c); len(hs) > 0 {
			return hs
		}
	}
	return nil
}

// claim is the first reason why a file may hold handlers because of where it lies, nil if there is none.
func (f *finder) claim(file string) *claim {
	for c := range f.claims(file) {
		return c
	}
	return nil
}

// claim is a reason why a file may hold handlers because of where it lies.
type claim struct {
	find func(*finder, *source, *claim) []*Handler
	dir  string
	why  string
	// weak means that the place alone says little, and the function must look like a handler.
	weak bool
}

// claims are the reasons for a file, the most telling first.
func (f *finder) claims(file string) func(func(*claim) bool) {
	return func(yield func(*claim) bool) {
		for _, ask := range []func(string) *claim{
			f.claimNextApp, f.claimNextPages, f.claimNetlify, f.claimTwilio, f.claimVercel,
		} {
			if c := ask(file); c != nil && !yield(c) {
				return
			}
		}
	}
}

// isFunction tells whether an exported value may be a function at all.
func (sh *shape) isFunction(e Entry) bool {
	if sh.fn != nil || sh.opaque || sh.app != nil || e.Decl != nil {
		return true
	}
	switch e.Expr.(type) {
	case *jsparse.Call, *jsparse.Ident, *jsparse.Member, *jsparse.Require:
		return true
	}
	return false
}

// methods are the names of HTTP methods that a route may export.
func methods() []string { return []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"} }
