package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// claimNextApp takes `app/**/route.*` and `src/app/**/route.*`.
//
// Source: nextjs.org, app/api-reference/file-conventions/route.
func (f *finder) claimNextApp(file string) *claim {
	if base(file) != "route" {
		return nil
	}
	parts := segments(file)
	for i, p := range parts[:len(parts)-1] {
		if dir := projectOf(parts[:i]); p == "app" && f.mayBeNext(dir) {
			return &claim{find: (*finder).findNextApp, dir: dir, why: "a route of Next's app router"}
		}
	}
	return nil
}

// projectOf is the folder of the project around its folder of sources, which may be `src`.
func projectOf(parts []string) string {
	if n := len(parts); n > 0 && parts[n-1] == "src" {
		parts = parts[:n-1]
	}
	return strings.Join(parts, "/")
}

func (f *finder) findNextApp(s *source, c *claim) []*Handler {
	contract := nextApp
	if runtime := s.literal("runtime"); runtime == "edge" || runtime == "experimental-edge" {
		contract = vercelEdge
	}
	var out []*Handler
	for _, h := range f.methodExports(s, contract, c.why) {
		f.vercelLimits(s, h)
		out = append(out, h)
	}
	return out
}

// methodExports are the exports GET, POST, ….
func (f *finder) methodExports(s *source, c *Contract, why string) []*Handler {
	var out []*Handler
	for _, m := range methods() {
		e := s.named(m)
		if e == nil {
			continue
		}
		in, target := f.follow(s, m)
		if sh := f.shapeOf(in, target.entry); target.from == "" && !sh.isFunction(target.entry) {
			continue
		}
		h := in.found(m, target.entry, c, why)
		h.HTTP = true
		out = append(out, h)
	}
	return out
}

// claimNextPages takes `pages/api/**` and `src/pages/api/**`.
//
// Source: nextjs.org, pages/building-your-application/routing/api-routes.
func (f *finder) claimNextPages(file string) *claim {
	parts := segments(file)
	if base(file) == "_middleware" {
		return nil
	}
	for i := 0; i+2 < len(parts); i++ {
		if parts[i] == "pages" && parts[i+1] == "api" {
			dir := projectOf(parts[:i])
			if !f.mayBeNext(dir) {
				return nil
			}
			return &claim{find: (*finder).findNextPages, dir: dir, why: "an API route of Next's pages router"}
		}
	}
	return nil
}

// mayBeNext tells whether a folder is a Next.js project, or no package.json says what it is.
func (f *finder) mayBeNext(dir string) bool {
	if fo := f.folders[dir]; fo != nil && (fo.next || fo.pkg != nil) {
		return fo.next || fo.pkg.has("next")
	}
	m, _ := f.manifestOf(join(dir, "app"))
	return m == nil
}

func (f *finder) findNextPages(s *source, c *claim) []*Handler {
	e := s.whole()
	if e == nil {
		return nil
	}
	contract := nextPages
	if runtime := s.configLiteral("runtime"); runtime == "edge" || runtime == "experimental-edge" {
		contract = vercelEdge
	}
	in, target := f.follow(s, e.name)
	sh := f.shapeOf(in, target.entry)
	if !sh.isFunction(target.entry) {
		return nil
	}
	h := in.found("default", target.entry, contract, c.why)
	h.HTTP = true
	f.vercelLimits(s, h)
	f.bodySettings(s)
	return append([]*Handler{h}, f.inside(in, sh, h)...)
}

// vercelLimits fills in the time limit: of the file itself, of vercel.json, or the platform's.
//
// Source: vercel.com, docs/functions/configuring-functions/duration; packages/static-config (literals only).
func (f *finder) vercelLimits(s *source, h *Handler) {
	h.Runtime = f.nodeOf(s.path)
	if h.Contract == vercelEdge {
		h.withDefaults()
		return
	}
	if b, ok := s.maxDuration(h.Contract); ok {
		h.Budget = b
		f.nextDuration(s, h.Contract)
	} else if b, ok := f.vercelBudget(s.path); ok {
		h.Budget = b
	}
	if isNext(h.Contract) && h.Budget.From == "" {
		h.Budget = Budget{From: unknownBudget + "the host is not known"}
		if f.onVercel(s.path) {
			h.Budget = Budget{MS: vercelBudgetMS, From: "the default of " + vercelNode.Platform}
		}
	}
	h.withDefaults()
}

// onVercel tells whether a vercel.json lies above a file.
func (f *finder) onVercel(file string) bool {
	_, fo := f.above(file, func(fo *folder) bool { return fo.vercel != nil })
	return fo != nil
}

func isNext(c *Contract) bool { return c == nextApp || c == nextPages }

// maxDuration is `export const config = { maxDuration: 60 }`, and in Next's routes `export const maxDuration = 60`, too.
func (s *source) maxDuration(c *Contract) (Budget, bool) {
	x := s.configValue("maxDuration")
	if x == nil && isNext(c) {
		x = s.exportedValue("maxDuration")
	}
	lit, ok := x.(*jsparse.Literal)
	if !ok {
		return Budget{}, false
	}
	b := Budget{From: "`maxDuration` in " + s.path, Place: s.at(lit)}
	if lit.Kind == jsparse.Number {
		b.MS = seconds(lit.Value)
	} else {
		b.From = unknownBudget + "the plan's limit, by " + b.From
	}
	return b, true
}

func (s *source) exportedValue(name string) jsparse.Expr {
	if e := s.named(name); e != nil && e.from == "" {
		return e.entry.Expr
	}
	return nil
}

// configValue is a property of `export const config`.
func (s *source) configValue(key string) jsparse.Expr {
	for _, p := range s.objectOf(s.exportedValue("config")) {
		if p.Key == key {
			return p.Value
		}
	}
	return nil
}

func text(x jsparse.Expr) string {
	switch lit := x.(type) {
	case *jsparse.Literal:
		return lit.Value
	case *jsparse.Template:
		if lit.Tag == nil && len(lit.Parts) == 0 && len(lit.Strings) == 1 {
			return lit.Strings[0]
		}
	}
	return ""
}

// literal is an exported constant's text.
func (s *source) literal(name string) string { return text(s.exportedValue(name)) }

func (s *source) configLiteral(key string) string { return text(s.configValue(key)) }
