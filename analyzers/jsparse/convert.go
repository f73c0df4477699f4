package jsparse

import (
	"sort"

	shim "github.com/evanw/esbuild/shim"
)

// converter turns one of esbuild's trees into ours. esbuild's nodes say where
// they start; the ends come from their brackets, from their last child and from
// reading the few bytes between children (gap.go). Children are converted
// before their parents, so a parent is always as wide as what it holds.
type converter struct {
	text    string
	ts      bool
	tree    *shim.AST
	symbols []*Symbol          // by index of the symbol in esbuild's table; nil until used
	store   []Symbol           // what symbols points into
	unbound map[string]*Symbol // one symbol for each name that nothing declares
	merged  map[*Symbol]*Symbol
	opaque  []Span // where quotes and slashes are not code: regexps, templates, JSX text
	depth   int    // of functions around the node being converted
	await   Span   // the first await outside of functions
}

func convert(name, text string, tree *shim.AST) *File {
	c := &converter{
		text: text, tree: tree,
		ts:      isTypeScript(name),
		symbols: make([]*Symbol, len(tree.Symbols)),
		store:   make([]Symbol, len(tree.Symbols)),
		unbound: map[string]*Symbol{},
	}
	file := &File{Path: name, Text: text}
	for i := range tree.Parts {
		file.Body = append(file.Body, c.stmts(tree.Parts[i].Stmts, -1, len(text))...)
	}
	c.unify(file)
	file.Comments = c.comments()
	file.Imports = c.imports()
	file.TopLevelAwait = c.await
	file.ESModule = tree.ExportKeyword.Len > 0 || c.await.End > 0 || c.hasImport()
	return file
}

// imports lists what the file names by import, import() and require.
func (c *converter) imports() []ImportRecord {
	var out []ImportRecord
	for i := range c.tree.ImportRecords {
		r := &c.tree.ImportRecords[i]
		kind, known := importKind(r.Kind)
		if !known || r.Flags.Has(shim.ImportIsUnused) || r.Range.Len == 0 {
			continue
		}
		out = append(out, ImportRecord{span(r.Range), r.Path.Text, kind})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// hasImport also counts imports that turned out to import types only: they
// make the file a module all the same.
func (c *converter) hasImport() bool {
	for i := range c.tree.ImportRecords {
		if c.tree.ImportRecords[i].Kind == shim.ImportStmt {
			return true
		}
	}
	return false
}

func importKind(k shim.ImportKind) (ImportKind, bool) {
	switch k {
	case shim.ImportStmt:
		return StaticImport, true
	case shim.ImportDynamic:
		return DynamicImport, true
	case shim.ImportRequire:
		return RequireCall, true
	case shim.ImportRequireResolve:
		return RequireResolve, true
	}
	return 0, false
}

func span(r shim.Range) Span { return Span{int(r.Loc.Start), int(r.End())} }

func at(l shim.Loc) int { return int(l.Start) }
