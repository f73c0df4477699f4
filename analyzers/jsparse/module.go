package jsparse

import shim "github.com/evanw/esbuild/shim"

// module converts imports and exports.
func (c *converter) module(i int, s shim.Stmt) Stmt {
	switch d := s.Data.(type) {
	case *shim.SImport:
		return c.importStmt(i, d)
	case *shim.SExportClause:
		n := &ExportNames{Extent: Span{i, c.semicolon(c.balanced(c.find(i, "{")))}}
		for j := range d.Items {
			item := &d.Items[j]
			n.Names = append(n.Names, ExportName{Name: item.Alias, Local: c.symbol(item.Name.Ref)})
		}
		return n
	case *shim.SExportFrom:
		n := &ExportNames{Extent: Span{i, c.fromEnd(d.ImportRecordIndex)}, Path: c.path(d.ImportRecordIndex)}
		for j := range d.Items {
			n.Names = append(n.Names, ExportName{Name: d.Items[j].Alias, LocalName: d.Items[j].OriginalName})
		}
		return n
	case *shim.SExportStar:
		n := &ExportAll{Extent: Span{i, c.fromEnd(d.ImportRecordIndex)}, Path: c.path(d.ImportRecordIndex)}
		if d.Alias != nil {
			n.Name = d.Alias.OriginalName
		}
		return n
	case *shim.SExportDefault:
		return c.exportDefault(i, d)
	}
	return nil
}

func (c *converter) importStmt(i int, d *shim.SImport) Stmt {
	n := &ImportStmt{Extent: Span{i, c.fromEnd(d.ImportRecordIndex)}, Path: c.path(d.ImportRecordIndex)}
	if d.DefaultName != nil {
		n.Default = c.declare(d.DefaultName.Ref, Import)
	}
	if d.StarNameLoc != nil {
		n.Namespace = c.declare(d.NamespaceRef, Import)
	}
	if d.Items != nil {
		for _, item := range *d.Items {
			n.Names = append(n.Names, ImportName{item.Alias, c.declare(item.Name.Ref, Import)})
		}
	}
	return n
}

// fromEnd is the end of a statement that ends with `from "path"`, import
// attributes and semicolon included.
func (c *converter) fromEnd(record uint32) int {
	end := span(c.tree.ImportRecords[record].Range).End
	next := c.trivia(end)
	if word := c.wordAt(next); word == "with" || word == "assert" && !c.newline(end, next) {
		if open := c.trivia(next + len(word)); open < len(c.text) && c.text[open] == '{' {
			end = c.balanced(open)
		}
	}
	return c.semicolon(end)
}

func (c *converter) exportDefault(i int, d *shim.SExportDefault) Stmt {
	switch v := d.Value.Data.(type) {
	case *shim.SFunction:
		f := c.function(c.pastExport(at(d.Value.Loc)), &v.Fn, nil)
		return &FuncDecl{Span{i, f.End}, f, true, true}
	case *shim.SClass:
		k := c.class(&v.Class)
		return &ClassDecl{Span{min(i, k.Start), k.End}, k, true, true}
	case *shim.SExpr:
		x := c.expr(v.Value)
		return &ExportDefault{Span{i, c.stmtEnd(x.Span().End)}, x}
	}
	return nil
}
