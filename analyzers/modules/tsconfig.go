package modules

import (
	"bytes"
	"encoding/json"
	"path"
	"sort"
	"strings"

	"github.com/tailscale/hujson"
)

// tsconfig is what a tsconfig.json or jsconfig.json says about names.
type tsconfig struct {
	base  string // directory of the project below which bare names are looked up; "" if not set
	paths []mapping
	// module is the format that TypeScript writes, in lower case; "" if it is not set.
	module string
}

// mapping is one entry of `paths`: what stands before and behind the star, and
// the paths it means, relative to the project's root.
type mapping struct {
	prefix, suffix string
	star           bool
	targets        []string
}

// mapped resolves a bare name by the nearest tsconfig.json.
func (r *Resolver) mapped(fromFile, specifier string) (string, bool) {
	c := r.config(path.Dir(fromFile))
	if c == nil {
		return "", false
	}
	for _, m := range c.paths {
		middle, ok := m.match(specifier)
		if !ok {
			continue
		}
		for _, target := range m.targets {
			if f, ok := r.file(strings.Replace(target, "*", middle, 1), false); ok {
				return f, true
			}
		}
		return "", false
	}
	if c.base != "" {
		return r.file(path.Join(c.base, specifier), false)
	}
	return "", false
}

func (m *mapping) match(s string) (middle string, ok bool) {
	if !m.star {
		return "", s == m.prefix
	}
	if len(s) < len(m.prefix)+len(m.suffix) || !strings.HasPrefix(s, m.prefix) || !strings.HasSuffix(s, m.suffix) {
		return "", false
	}
	return s[len(m.prefix) : len(s)-len(m.suffix)], true
}

// config is the configuration for a directory: its own or its parent's.
func (r *Resolver) config(dir string) *tsconfig {
	r.mu.Lock()
	c, known := r.tsconfig[dir]
	r.mu.Unlock()
	if known {
		return c
	}
	for _, name := range []string{"tsconfig.json", "jsconfig.json"} {
		if c = r.readConfig(path.Join(dir, name), 0); c != nil {
			break
		}
	}
	if c == nil && dir != "." && dir != "/" {
		c = r.config(path.Dir(dir))
	}
	r.mu.Lock()
	r.tsconfig[dir] = c
	r.mu.Unlock()
	return c
}

// maxExtends bounds chains of `extends`, which may be circular.
const maxExtends = 16

func (r *Resolver) readConfig(file string, depth int) *tsconfig {
	text, err := r.tree.Read(file)
	if err != nil || depth > maxExtends {
		return nil
	}
	var raw struct {
		Extends         any
		CompilerOptions struct {
			BaseURL *string             `json:"baseUrl"`
			Paths   map[string][]string `json:"paths"`
			Module  string              `json:"module"`
		}
	}
	if !decode(text, &raw) {
		return nil
	}
	dir, c := path.Dir(file), &tsconfig{}
	for _, from := range bases(raw.Extends) {
		if !isRelative(from) {
			continue // a package: nothing of it is in the project
		}
		if path.Ext(from) != ".json" {
			from += ".json"
		}
		if base := r.readConfig(path.Join(dir, from), depth+1); base != nil {
			c = base
		}
	}
	if m := raw.CompilerOptions.Module; m != "" {
		c.module = strings.ToLower(m)
	}
	if u := raw.CompilerOptions.BaseURL; u != nil {
		c.base = path.Join(dir, *u)
	}
	if raw.CompilerOptions.Paths != nil {
		from := dir
		if c.base != "" {
			from = c.base
		}
		c.paths = mappings(from, raw.CompilerOptions.Paths)
	}
	return c
}

// bases are the files that `extends` names, one or a list.
func bases(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// mappings puts the entries in TypeScript's order: without a star first, then
// the longest prefix.
func mappings(dir string, paths map[string][]string) []mapping {
	var out []mapping
	for pattern, targets := range paths {
		m := mapping{}
		m.prefix, m.suffix, m.star = strings.Cut(pattern, "*")
		for _, t := range targets {
			m.targets = append(m.targets, path.Join(dir, t))
		}
		out = append(out, m)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.star != b.star {
			return !a.star
		}
		if len(a.prefix) != len(b.prefix) {
			return len(a.prefix) > len(b.prefix)
		}
		return a.prefix+a.suffix < b.prefix+b.suffix
	})
	return out
}

// decode reads JSON that may have comments and trailing commas.
func decode(text []byte, into any) bool {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if json.Unmarshal(text, into) == nil { // most has neither
		return true
	}
	standard, err := hujson.Standardize(bytes.Clone(text))
	if err != nil {
		return false
	}
	return json.Unmarshal(standard, into) == nil
}
