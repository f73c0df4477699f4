package jsparse

import (
	"fmt"
	"sort"

	shim "github.com/evanw/esbuild/shim"
)

// stmts converts a list that stands between the braces at open and shut.
// What esbuild added to it (it writes helpers and assignments of parameter
// properties into bodies) starts outside of the braces and is left out.
func (c *converter) stmts(list []shim.Stmt, open, shut int) []Stmt {
	out := make([]Stmt, 0, len(list))
	for i := range list {
		if s := at(list[i].Loc); s <= open || s > shut {
			continue
		}
		out = c.appendStmt(out, list[i])
	}
	less := func(i, j int) bool { return out[i].Span().Start < out[j].Span().Start }
	if !sort.SliceIsSorted(out, less) { // esbuild moves functions to the front of their block
		sort.SliceStable(out, less)
	}
	return out
}

// block converts `{ … }`.
func (c *converter) block(open int, list []shim.Stmt, shut int) *Block {
	return &Block{Span{open, shut + 1}, c.stmts(list, open, shut)}
}

// stmt converts a statement that must be one, such as the body of a loop.
func (c *converter) stmt(s shim.Stmt) Stmt {
	list := c.appendStmt(nil, s)
	switch len(list) {
	case 0:
		i := at(s.Loc)
		return &Empty{Span{i, i}}
	case 1:
		return list[0]
	}
	return &Block{cover(list), list}
}

func cover(list []Stmt) Span {
	s := list[0].Span()
	for _, n := range list[1:] {
		s = Span{min(s.Start, n.Span().Start), max(s.End, n.Span().End)}
	}
	return s
}

// appendStmt converts a statement of a list: most become one, a few none or several.
func (c *converter) appendStmt(out []Stmt, s shim.Stmt) []Stmt {
	i := at(s.Loc)
	switch d := s.Data.(type) {
	case *shim.SComment:
		return out
	case *shim.SExpr:
		return append(out, c.exprStmt(i, d))
	case *shim.SLocal:
		return c.local(out, i, d)
	case *shim.SBlock:
		if at(d.CloseBraceLoc) == 0 { // esbuild's own, around what was one statement
			return append(out, c.stmts(d.Stmts, -1, len(c.text))...)
		}
		return append(out, c.block(i, d.Stmts, at(d.CloseBraceLoc)))
	case *shim.SFunction:
		f := c.function(c.pastExport(i), &d.Fn, nil)
		return append(out, &FuncDecl{Span{i, f.End}, f, d.IsExport, false})
	case *shim.SClass:
		k := c.class(&d.Class)
		return append(out, &ClassDecl{Span{min(i, k.Start), k.End}, k, d.IsExport, false})
	}
	if n := c.module(i, s); n != nil {
		return append(out, n)
	}
	if n := c.control(i, s); n != nil {
		return append(out, n)
	}
	return append(out, c.jump(i, s))
}

func (c *converter) exprStmt(i int, d *shim.SExpr) Stmt {
	if n := c.namespace(i, d); n != nil {
		return n
	}
	x := c.expr(d.Value)
	s := x.Span()
	return &ExprStmt{Span{min(i, s.Start), c.stmtEnd(s.End)}, x}
}

// jump converts statements without statements inside.
func (c *converter) jump(i int, s shim.Stmt) Stmt {
	switch d := s.Data.(type) {
	case *shim.SReturn:
		if d.ValueOrNil.Data == nil {
			return &Return{Span{i, c.sameLine(i + len("return"))}, nil}
		}
		x := c.expr(d.ValueOrNil)
		return &Return{Span{i, c.stmtEnd(x.Span().End)}, x}
	case *shim.SThrow:
		x := c.expr(d.Value)
		return &Throw{Span{i, c.stmtEnd(x.Span().End)}, x}
	case *shim.SBreak:
		label, end := c.label(d.Label, i+len("break"))
		return &Break{Span{i, end}, label}
	case *shim.SContinue:
		label, end := c.label(d.Label, i+len("continue"))
		return &Continue{Span{i, end}, label}
	case *shim.SEmpty:
		return &Empty{Span{i, c.semicolonAt(i)}}
	case *shim.SDebugger:
		return &OtherStmt{Span{i, c.semicolon(i + len("debugger"))}, nil}
	case *shim.SDirective:
		return &OtherStmt{Span{i, c.semicolon(c.stringEnd(i))}, nil}
	}
	panic(fmt.Sprintf("unexpected statement %T", s.Data))
}

func (c *converter) label(l *shim.LocRef, end int) (string, int) {
	if l == nil {
		return "", c.sameLine(end)
	}
	return c.symbol(l.Ref).Name, c.semicolon(c.word(at(l.Loc)))
}

// sameLine includes the semicolon behind i, unless a line ends before it:
// behind `return` and its kind, the end of the line ends the statement.
func (c *converter) sameLine(i int) int {
	if end := c.semicolon(i); !c.newline(i, end) {
		return end
	}
	return i
}

// semicolonAt is the end of an empty statement; the text has none where
// esbuild removed a statement that is all types.
func (c *converter) semicolonAt(i int) int {
	if i < len(c.text) && c.text[i] == ';' {
		return i + 1
	}
	return i
}
