package jsflow

import (
	"maps"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// requires are the places in the files that the handler reaches where require() finds no CommonJS, or a file of the project that is
// not beside the handler after deployment. What stands in a try block is meant to fail.
func (s *session) requires(h *platform.Handler, c *closure) []modules.Use {
	if h.Loading.RequireESM == platform.Unasked {
		return nil
	}
	var out []modules.Use
	for _, path := range slices.Sorted(maps.Keys(s.modules)) {
		in := s.modules[path]
		if in == nil {
			continue
		}
		for i := range in.mod.file.Imports {
			u, ok := s.use(h, in.mod, &in.mod.file.Imports[i])
			if !ok {
				continue
			}
			nested, guarded := standing(in.mod.file, u.Start)
			if guarded {
				continue
			}
			if u.Nested = nested; !nested && u.Kind == modules.Require && in.mod == c.env.mod {
				u.Awaited = moved(in.mod, c.fn, u)
			}
			out = append(out, u)
		}
	}
	return out
}

// use is what one specifier of a file does when it runs; ok is false if that is nothing special.
func (s *session) use(h *platform.Handler, m *module, i *jsparse.ImportRecord) (u modules.Use, ok bool) {
	relative := strings.HasPrefix(i.Path, ".")
	if relative && h.Loading.Alone == "" {
		return u, false
	}
	u = modules.Use{File: m.path, Start: i.Start, End: i.End, Specifier: i.Path}
	if u.Kind, ok = s.requiring(h, m, i.Kind); !ok {
		return u, false
	}
	if relative {
		u.Local, _ = s.l.resolve(m.path, i.Path)
		return u, h.Bundle == nil && u.Kind == modules.Require
	}
	if _, own := s.l.resolve(m.path, i.Path); own {
		return u, false
	}
	if h.Bundle != nil && !h.Bundle.Leaves(packageOf(i.Path)) {
		return u, false
	}
	u.Package, ok = s.l.res.Required(m.path, i.Path)
	return u, ok && (u.Package.Style == modules.ESModule || u.Package.Style == modules.NotExported)
}

// requiring says whether a specifier is loaded by require() when it runs. In an ES module nothing is.
func (s *session) requiring(h *platform.Handler, m *module, kind jsparse.ImportKind) (modules.UseKind, bool) {
	if s.l.res.IsESModule(m.path) {
		return 0, false
	}
	imports, calls := s.l.res.BecomesRequire(m.path)
	switch kind {
	case jsparse.RequireCall:
		return modules.Require, true
	case jsparse.StaticImport:
		return modules.Import, imports || h.Loading.CompilesImports
	case jsparse.DynamicImport:
		return modules.ImportCall, calls
	}
	return 0, false
}

// standing says whether an offset lies in a function, and whether something catches what is thrown there.
func standing(f *jsparse.File, offset int) (nested, guarded bool) {
	for _, stmt := range f.Body {
		if sp := stmt.Span(); offset < sp.Start || sp.End <= offset {
			continue
		}
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			sp := n.Span()
			if offset < sp.Start || sp.End <= offset {
				return false
			}
			switch n := n.(type) {
			case *jsparse.Func:
				nested = true
			case *jsparse.Try:
				if at := n.Body.Span(); at.Start <= offset && offset < at.End && n.Catch != nil {
					guarded = true
				}
			}
			return true
		})
	}
	return nested, guarded
}

// moved is `const x = require('y')` as an import() at the start of an async handler, if nothing but the handler uses what it declares.
func moved(m *module, fn *jsparse.Func, u modules.Use) *modules.Awaited {
	f := m.file
	stmt, target := declaration(f, u.Start)
	if stmt == nil || !fn.Async || fn.Generator || fn.ExprBody || fn.Body == nil {
		return nil
	}
	names := patternSymbols(target)
	for _, name := range names {
		if len(m.writes[name]) != 1 {
			return nil
		}
	}
	left, ok := binding(f, target)
	_, whole := target.(*jsparse.Name)
	within, called := usedIn(f, fn.Body.Span(), names)
	if !ok || !within || whole && !called {
		return nil
	}
	a := &modules.Awaited{At: fn.Body.Span().Start + 1, Whole: whole}
	a.Start, a.End = lineAround(f.Text, stmt.Span())
	indent, alone := indentation(f.Text, fn)
	a.Text = "\n" + indent + "const " + left + " = await import(" + f.Text[u.Start:u.End] + ");"
	if !alone {
		a.Text += "\n" + indent[1:]
	}
	return a
}

// usedIn says whether nothing but a part of the file uses names, and whether one of them is called.
func usedIn(f *jsparse.File, part jsparse.Span, names []*jsparse.Symbol) (within, called bool) {
	within = true
	for _, s := range f.Body {
		jsparse.Walk(s, func(n jsparse.Node) bool {
			switch n := n.(type) {
			case *jsparse.Ident:
				if at := n.Span(); slices.Contains(names, n.Symbol) && (at.Start < part.Start || at.End > part.End) {
					within = false
				}
			case *jsparse.Call:
				called = called || calls(n.Callee, names)
			case *jsparse.New:
				called = called || calls(n.Callee, names)
			}
			return within
		})
	}
	return within, called
}

func calls(x jsparse.Expr, names []*jsparse.Symbol) bool {
	id, ok := x.(*jsparse.Ident)
	return ok && slices.Contains(names, id.Symbol)
}

// declaration is the statement of the file that declares a single name or pattern as the require() at an offset.
func declaration(f *jsparse.File, offset int) (jsparse.Stmt, jsparse.Pattern) {
	for _, stmt := range f.Body {
		d, ok := stmt.(*jsparse.VarDecl)
		if sp := stmt.Span(); !ok || offset < sp.Start || sp.End <= offset || len(d.Decls) != 1 {
			continue
		}
		if r, ok := d.Decls[0].Init.(*jsparse.Require); ok && r.Span().Start <= offset {
			return stmt, d.Decls[0].Target
		}
	}
	return nil, nil
}

// binding is the left side of the new declaration: a name takes the default export, names stay what they are.
func binding(f *jsparse.File, target jsparse.Pattern) (string, bool) {
	switch t := target.(type) {
	case *jsparse.Name:
		return "{ default: " + t.Symbol.Name + " }", true
	case *jsparse.ObjectPattern:
		for _, item := range t.Items {
			if _, plain := item.Target.(*jsparse.Name); !plain || item.Rest || item.Computed != nil || item.Default != nil {
				return "", false
			}
		}
		return f.Text[t.Span().Start:t.Span().End], true
	}
	return "", false
}

// lineAround widens a statement to its line, if nothing else stands there; a comment behind it stays.
func lineAround(text string, sp jsparse.Span) (start, end int) {
	start, end = sp.Start, sp.End
	for start > 0 && (text[start-1] == ' ' || text[start-1] == '\t') {
		start--
	}
	for end < len(text) && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r') {
		end++
	}
	switch {
	case start > 0 && text[start-1] != '\n':
		return sp.Start, sp.End
	case end < len(text) && text[end] == '\n':
		end++
	}
	return start, end
}

// indentation is that of the function's first statement; alone is false if that stands on the line of the brace.
func indentation(text string, fn *jsparse.Func) (indent string, alone bool) {
	if len(fn.Body.Body) == 0 {
		return "  ", true
	}
	at := fn.Body.Body[0].Span().Start
	line := strings.LastIndexByte(text[:at], '\n') + 1
	if indent := text[line:at]; strings.TrimSpace(indent) == "" {
		return indent, true
	}
	return "  ", false
}
