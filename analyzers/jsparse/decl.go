package jsparse

import shim "github.com/evanw/esbuild/shim"

// local converts var, let and const, and what esbuild turned into them.
func (c *converter) local(out []Stmt, i int, d *shim.SLocal) []Stmt {
	word := c.wordAt(c.pastExport(i))
	switch {
	case word == "function" && !d.IsExport:
		return c.blockFunctions(out, d)
	case c.hoistedTwin(i, d):
		return out
	case c.namespaceVar(i, d):
		return out
	case len(d.Decls) == 1 && c.isClosure(i, d.Decls[0].ValueOrNil):
		c.declare(bindingRef(d.Decls[0].Binding), Other)
		open := c.find(i, "{")
		return append(out, &OtherStmt{Span{i, c.balanced(open)}, nil})
	}
	return append(out, c.varDecl(i, d))
}

func (c *converter) varDecl(i int, d *shim.SLocal) *VarDecl {
	n := &VarDecl{Extent: Span{i, i}, Kind: localKind(d.Kind), Exported: d.IsExport}
	for j := range d.Decls {
		n.Decls = append(n.Decls, c.declarator(&d.Decls[j], n.Kind))
	}
	if k := len(n.Decls); k > 0 {
		n.End = c.stmtEnd(n.Decls[k-1].End)
	}
	return n
}

func localKind(k shim.LocalKind) SymbolKind {
	switch k {
	case shim.LocalVar:
		return Var
	case shim.LocalLet:
		return Let
	}
	return Const // using and await using, too
}

func (c *converter) declarator(d *shim.Decl, kind SymbolKind) *Declarator {
	n := &Declarator{Target: c.pattern(d.Binding, kind), Init: c.expr(d.ValueOrNil)}
	n.Extent = n.Target.Span()
	if n.Init == nil {
		n.End = c.annotation(n.End)
		return n
	}
	s := n.Init.Span()
	_, open := c.parens(n.End, s.Start)
	n.End = max(n.End, c.afterParens(s.End, open))
	return n
}

// blockFunctions undoes what esbuild does to functions in blocks of sloppy
// scripts: `{ function f() {} }` is `{ let f = function() {}; var f2 = f }` there.
func (c *converter) blockFunctions(out []Stmt, d *shim.SLocal) []Stmt {
	for j := range d.Decls {
		v := d.Decls[j].ValueOrNil
		fn, ok := v.Data.(*shim.EFunction)
		if !ok {
			continue
		}
		f := c.function(at(v.Loc), &fn.Fn, c.declare(bindingRef(d.Decls[j].Binding), Function))
		out = append(out, &FuncDecl{Extent: f.Extent, Func: f})
	}
	return out
}

// hoistedTwin recognises that `var f2 = f`, and remembers that the two are one.
func (c *converter) hoistedTwin(i int, d *shim.SLocal) bool {
	if len(d.Decls) == 0 || d.Decls[0].ValueOrNil.Loc != d.Decls[0].Binding.Loc || i != at(d.Decls[0].Binding.Loc) {
		return false
	}
	for j := range d.Decls {
		id, ok := d.Decls[j].ValueOrNil.Data.(*shim.EIdentifier)
		if !ok {
			continue
		}
		if c.merged == nil {
			c.merged = map[*Symbol]*Symbol{}
		}
		c.merged[c.symbol(bindingRef(d.Decls[j].Binding))] = c.symbol(id.Ref)
	}
	return true
}

func bindingRef(b shim.Binding) shim.Ref {
	if id, ok := b.Data.(*shim.BIdentifier); ok {
		return id.Ref
	}
	return shim.InvalidRef()
}

// isClosure recognises the call that esbuild makes of a TypeScript enum or
// namespace: an arrow whose body starts where the statement does.
func (c *converter) isClosure(i int, e shim.Expr) bool {
	call, ok := e.Data.(*shim.ECall)
	if !ok || at(e.Loc) != i || call.CloseParenLoc.Start != 0 {
		return false
	}
	arrow, ok := call.Target.Data.(*shim.EArrow)
	return ok && at(arrow.Body.Loc) == i
}

// namespaceVar recognises the `var N;` before the call of a namespace N.
func (c *converter) namespaceVar(i int, d *shim.SLocal) bool {
	if len(d.Decls) != 1 || d.Decls[0].ValueOrNil.Data != nil {
		return false
	}
	switch c.wordAt(c.pastExport(i)) {
	case "namespace", "module", "enum", "declare":
	case "const":
	default:
		return false
	}
	c.declare(bindingRef(d.Decls[0].Binding), Other)
	return true
}

// namespace converts the call of a namespace or a nested enum: the code in it
// is kept as a function that runs in place.
func (c *converter) namespace(i int, d *shim.SExpr) Stmt {
	if !c.isClosure(i, d.Value) {
		return nil
	}
	arrow := d.Value.Data.(*shim.ECall).Target.Data.(*shim.EArrow)
	open := c.find(i, "{")
	if c.isEnum(i) {
		return &OtherStmt{Span{i, c.balanced(open)}, nil}
	}
	c.depth++
	body := withoutCopies(c.stmts(arrow.Body.Block.Stmts, open, len(c.text)))
	c.depth--
	end := open + 1
	if len(body) > 0 {
		end = max(end, cover(body).End)
	}
	end = min(c.find(end, "}")+1, len(c.text))
	f := &Func{Extent: Span{i, end}, Body: &Block{Span{open, end}, body}, Arrow: true, ParamsSpan: Span{i, i}}
	return &OtherStmt{Span{i, end}, []Expr{f}}
}

// withoutCopies drops the assignment `N.f = f` that esbuild puts behind each
// `export function f` of a namespace. It claims to start where the function does.
func withoutCopies(body []Stmt) []Stmt {
	kept := body[:0]
	last := -1
	for _, s := range body {
		switch n := s.(type) {
		case *FuncDecl, *ClassDecl:
			last = s.Span().Start
		case *ExprStmt:
			if n.Start == last {
				continue
			}
		}
		kept = append(kept, s)
	}
	return kept
}

func (c *converter) isEnum(i int) bool {
	i = c.pastExport(i)
	if c.wordAt(i) == "const" {
		i = c.trivia(c.word(i))
	}
	return c.wordAt(i) == "enum"
}

// pastExport skips the words that may stand before a declaration.
func (c *converter) pastExport(i int) int {
	for {
		switch c.wordAt(i) {
		case "export", "default", "declare":
			i = c.trivia(c.word(i))
		default:
			return i
		}
	}
}
