package platform

import (
	"path"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// claimVercel takes `api/**` of a project that may be deployed on Vercel. Files with a part that starts with `_` or `.` are helpers,
// and `.cjs`, `.jsx`, `.mts`, `.cts` are not matched.
//
// Source: vercel/vercel, packages/fs-detectors/src/detect-builders.ts (getApiMatches, maybeGetApiBuilder).
func (f *finder) claimVercel(file string) *claim {
	switch path.Ext(file) {
	case ".js", ".mjs", ".ts", ".tsx":
	default:
		return nil
	}
	parts := segments(file)
	for i, p := range parts[:len(parts)-1] {
		if p != "api" || hidden(parts[i+1:]) {
			continue
		}
		dir := strings.Join(parts[:i], "/")
		if why := f.vercelRoot(dir); why != "" {
			return &claim{find: (*finder).findVercel, dir: dir, why: "below api/ " + why, weak: strings.Contains(why, unclaimed)}
		}
	}
	return nil
}

func hidden(parts []string) bool {
	for _, p := range parts {
		if strings.HasPrefix(p, "_") || strings.HasPrefix(p, ".") {
			return true
		}
	}
	return false
}

// unclaimed is said of folders in which nothing speaks of Vercel, and nothing of anybody else.
const unclaimed = "nothing else claims it"

// vercelRoot says why a folder is the root of a project on Vercel; "" if it is not.
func (f *finder) vercelRoot(dir string) string {
	fo := f.folders[dir]
	switch {
	case fo == nil:
		if dir == "" {
			return "at the root, and " + unclaimed
		}
		return ""
	case fo.vercel != nil:
		return "beside vercel.json"
	case fo.pkg.has("@vercel/node", "vercel", "@vercel/functions", "@vercel/edge"):
		return "beside a package.json with Vercel's packages"
	case fo.serverless || fo.sam || fo.azure != nil || fo.netlify != "" || fo.wrangler || fo.twilio != nil || fo.pkg.has(twilioPackages()...):
		return ""
	case fo.pkg != nil && !fo.pkg.has("@redwoodjs/core", "fastify", "@nestjs/core") && !strings.Contains(fo.pkg.text, "react-scripts"):
		return "beside package.json, and " + unclaimed
	}
	return ""
}

// findVercel decides by the exports, as Vercel's launcher does: a default export is unwrapped first, then the methods' names count.
//
// Source: vercel/vercel, packages/node/src/serverless-functions/serverless-handler.mts.
func (f *finder) findVercel(s *source, c *claim) []*Handler {
	edge := s.configLiteral("runtime") == "edge" || s.literal("runtime") == "edge" || s.configLiteral("runtime") == "experimental-edge"
	var out []*Handler
	if e := s.whole(); e != nil {
		out = f.vercelDefault(s, e, edge, c)
	}
	if len(out) == 0 {
		contract := vercelWeb
		if edge {
			contract = vercelEdge
		}
		out = f.methodExports(s, contract, c.why)
	}
	out = slices.DeleteFunc(out, func(h *Handler) bool { return c.weak && !f.answersRequests(h) })
	if len(out) > 0 && !c.weak {
		f.vercelSettings(s)
	}
	for _, h := range out {
		if h.Contract != expressRoute && h.Contract != express5Route {
			f.vercelLimits(s, h)
		}
		f.checkParams(h)
	}
	return out
}

// answersRequests tells whether the function behind a handler is one for requests, by its parameters.
func (f *finder) answersRequests(h *Handler) bool {
	in := f.load(h.File)
	sh := f.shapeOf(in, h.Entry)
	first, second := paramName(sh.fn, 0), paramName(sh.fn, 1)
	switch {
	case sh.fn == nil || sh.hidden != "":
		return false
	case h.Contract == vercelNode:
		return responseLike(second)
	}
	return requestLike(first) || len(sh.fn.Params) == 0 && has([]byte(in.file.Text), "Response")
}

// checkParams takes the contract away from a function whose parameters are clearly others than (req, res): a helper that lies below
// api/, which Vercel deploys, too, and nobody asks for.
func (f *finder) checkParams(h *Handler) {
	sh := f.shapeOf(f.load(h.File), h.Entry)
	first, second := paramName(sh.fn, 0), paramName(sh.fn, 1)
	if h.Contract == vercelNode && sh.fn != nil && !sh.opaque && len(first) > 2 && !requestLike(first) && !responseLike(second) {
		h.Contract = nil
		h.Why += "; its parameters are not (req, res)"
	}
}

func (f *finder) vercelDefault(s *source, e *export, edge bool, c *claim) []*Handler {
	in, target := f.follow(s, e.name)
	if target.entry.Expr != nil && in.method(target.entry.Expr, "fetch") != nil {
		entry := target.entry
		entry.Method = "fetch"
		h := in.found("default.fetch", entry, vercelWeb, c.why)
		if edge {
			h.Contract = vercelEdge
		}
		h.HTTP = true
		return []*Handler{h}
	}
	sh := f.shapeOf(in, target.entry)
	routes := f.appRoutes(in, sh, nil)
	if len(routes) > 0 {
		for _, r := range routes {
			f.vercelHost(s, r)
		}
		return routes
	}
	if !sh.isFunction(target.entry) || sh.fn == nil && sh.app == nil && isIdentOrMember(target.entry.Expr) {
		return nil
	}
	h := in.found("default", target.entry, vercelNode, c.why)
	h.HTTP = true
	if edge {
		h.Contract = vercelEdge
	}
	return []*Handler{h}
}

func isIdentOrMember(x jsparse.Expr) bool {
	switch x.(type) {
	case *jsparse.Ident, *jsparse.Member:
		return true
	}
	return false
}

// vercelHost gives a route the time limit of the function that it runs in.
func (f *finder) vercelHost(s *source, h *Handler) {
	host := &Handler{Handler: contract.Handler{Contract: vercelNode}}
	f.vercelLimits(s, host)
	h.Budget, h.Runtime, h.Loading = host.Budget, host.Runtime, host.Contract.Loading
}
