package platform

import (
	"path"
	"strings"
)

// vercelConfig is a vercel.json.
type vercelConfig struct {
	functions []vercelFunctions
}

// vercelFunctions is one entry of `functions`: a pattern and what holds for the files it names.
type vercelFunctions struct {
	pattern string
	budget  Budget
	runtime string
}

// readVercel reads vercel.json.
//
// Source: vercel/vercel, packages/fs-detectors/src/detect-builders.ts (functions), packages/build-utils/src/max-duration.ts
// (maxDuration: a whole number or "max").
func (f *finder) readVercel(file string, _ []byte, root *conf) {
	v := &vercelConfig{}
	if root == nil { // it may have named limits
		v.functions = []vercelFunctions{{pattern: "**", budget: Budget{From: unknownBudget + file + " cannot be read"}}}
	}
	for _, e := range root.get("functions").entries() {
		fn := vercelFunctions{pattern: e.key, runtime: e.value.get("runtime").str()}
		if c := e.value.get("maxDuration"); c != nil {
			f.set(vercelLimit(c, e.value.key("maxDuration"), e.key))
			fn.budget = Budget{From: "`maxDuration` in " + file, Place: c.place()}
			if n, ok := c.number(); ok {
				fn.budget.MS = n * 1000
			} else { // "max"
				fn.budget.From = unknownBudget + "the plan's limit, by " + fn.budget.From
			}
		}
		v.functions = append(v.functions, fn)
	}
	f.in(dirOf(file)).vercel = v
}

// vercelBudget is what vercel.json says about a file.
func (f *finder) vercelBudget(file string) (Budget, bool) {
	dir, fo := f.above(file, func(fo *folder) bool { return fo.vercel != nil })
	if fo == nil {
		return Budget{}, false
	}
	rest, _ := below(dir, file)
	for _, fn := range fo.vercel.functions {
		if fn.budget.From != "" && glob(fn.pattern, rest) {
			return fn.budget, true
		}
	}
	return Budget{}, false
}

// glob matches `**`, `*`, `?` and `{a,b}`.
func glob(pattern, name string) bool {
	if open := strings.IndexByte(pattern, '{'); open >= 0 {
		if end := strings.IndexByte(pattern[open:], '}'); end > 0 {
			for choice := range strings.SplitSeq(pattern[open+1:open+end], ",") {
				if glob(pattern[:open]+choice+pattern[open+end+1:], name) {
					return true
				}
			}
			return false
		}
	}
	return globParts(segments(strings.TrimPrefix(pattern, "/")), segments(name))
}

func globParts(pattern, name []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for i := 0; i <= len(name); i++ {
				if globParts(pattern[1:], name[i:]) {
					return true
				}
			}
			return false
		}
		if len(name) == 0 {
			return false
		}
		if ok, _ := path.Match(pattern[0], name[0]); !ok {
			return false
		}
		pattern, name = pattern[1:], name[1:]
	}
	return len(name) == 0
}
