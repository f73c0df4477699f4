package jsparse

import (
	"strings"

	shim "github.com/evanw/esbuild/shim"
)

func (c *converter) dot(d *shim.EDot) Expr {
	target := c.expr(d.Target)
	name := Span{at(d.NameLoc), c.word(at(d.NameLoc))}
	return c.member(target, d.Name, name, d.OptionalChain == shim.OptionalChainStart)
}

func (c *converter) member(target Expr, name string, at Span, optional bool) Expr {
	s := Span{c.leftOf(target, at.Start), max(at.End, target.Span().End)}
	return &Member{s, target, name, at, optional}
}

// index converts `a[b]`, and `a.#b`, which esbuild has as an index too.
func (c *converter) index(d *shim.EIndex) Expr {
	target := c.expr(d.Target)
	optional := d.OptionalChain == shim.OptionalChainStart
	i := at(d.Index.Loc)
	if p, ok := d.Index.Data.(*shim.EPrivateIdentifier); ok {
		return c.member(target, c.symbol(p.Ref).Name, Span{i, c.word(i)}, optional)
	}
	key := c.expr(d.Index)
	end := max(at(d.CloseBracketLoc)+1, key.Span().End)
	if lit, ok := key.(*Literal); ok && lit.Kind == String {
		m := c.member(target, lit.Value, lit.Extent, optional).(*Member)
		m.End = max(end, m.End)
		return m
	}
	s := Span{c.leftOf(target, key.Span().Start), max(end, target.Span().End)}
	return &Index{s, target, key, optional}
}

func (c *converter) call(d *shim.ECall) Expr {
	callee := c.expr(d.Target)
	args := c.exprs(d.Args)
	from := callee.Span().End
	shut := c.closeParen(at(d.CloseParenLoc), from, args)
	next := shut
	if len(args) > 0 {
		next = args[0].Span().Start
	}
	// The call's own parenthesis opens in this gap too, but only those that
	// close in it belong to the callee.
	s := Span{c.leftOf(callee, next), max(shut+1, from)}
	return &Call{s, callee, args, d.OptionalChain == shim.OptionalChainStart}
}

// closeParen is where a call closes. esbuild does not say for `async(…)`.
func (c *converter) closeParen(known, from int, args []Expr) int {
	if known >= from && known > 0 {
		return known
	}
	open := c.find(from, "(")
	if open == len(c.text) {
		return max(from-1, 0)
	}
	if len(args) == 0 {
		return c.find(open+1, ")")
	}
	from = open + 1
	for _, a := range args {
		_, n := c.parens(from, a.Span().Start)
		from = c.afterParens(a.Span().End, n)
	}
	return min(c.find(from, ")"), len(c.text)-1)
}

func (c *converter) newExpr(i int, d *shim.ENew) Expr {
	callee := c.expr(d.Target)
	s := c.prefixed(i, i+len("new"), callee)
	s.End = max(s.End, at(d.CloseParenLoc)+1)
	return &New{s, callee, c.exprs(d.Args)}
}

// importExpr converts require("x"), require.resolve("x") and import(x).
func (c *converter) importExpr(i int, e shim.Expr) Expr {
	switch d := e.Data.(type) {
	case *shim.ERequireString:
		return &Require{Span{i, c.requireEnd(i, d)}, c.path(d.ImportRecordIndex)}
	case *shim.ERequireResolveString:
		return c.requireResolve(i, d)
	case *shim.EImportString:
		return &ImportCall{Span{i, at(d.CloseParenLoc) + 1}, c.path(d.ImportRecordIndex), nil}
	case *shim.EImportCall:
		x := c.expr(d.Expr)
		return &ImportCall{Span{i, max(at(d.CloseParenLoc)+1, x.Span().End)}, "", x}
	case *shim.ENull:
		return c.deadImport(i)
	}
	return nil
}

// requireEnd looks for the parenthesis in `import x = require("y")`, for which
// esbuild does not say where it is.
func (c *converter) requireEnd(i int, d *shim.ERequireString) int {
	if end := at(d.CloseParenLoc) + 1; end > i {
		return end
	}
	path := span(c.tree.ImportRecords[d.ImportRecordIndex].Range)
	return min(c.find(path.End, ")")+1, len(c.text))
}

func (c *converter) path(record uint32) string { return c.tree.ImportRecords[record].Path.Text }

func (c *converter) requireResolve(i int, d *shim.ERequireResolveString) Expr {
	r := span(c.tree.ImportRecords[d.ImportRecordIndex].Range)
	word := Span{i, c.word(i)}
	name := Span{i, i}
	name.Start = min(c.trivia(c.find(word.End, ".")+1), r.Start)
	name.End = c.word(name.Start)
	member := &Member{Span{i, name.End}, &Ident{word, c.global("require")}, "resolve", name, false}
	arg := &Literal{r, String, c.path(d.ImportRecordIndex)}
	return &Call{Span{i, max(at(d.CloseParenLoc)+1, r.End)}, member, []Expr{arg}, false}
}

// deadImport puts back a require or an import that esbuild replaced by null,
// because it stands in code that never runs.
func (c *converter) deadImport(i int) Expr {
	word := c.wordAt(i)
	switch {
	case word == "require":
		open := c.find(i, "(")
		if open == len(c.text) {
			return nil
		}
		if path := c.trivia(open + 1); path < len(c.text) && (c.text[path] == '"' || c.text[path] == '\'') {
			return &Require{Span{i, c.balanced(open)}, c.stringValue(path)}
		}
		return &Literal{Span{i, c.balanced(open)}, Null, "null"}
	case word == "" && i < len(c.text) && (c.text[i] == '"' || c.text[i] == '\''):
		return c.deadImportCall(i)
	}
	return nil
}

// deadImportCall finds the call around the specifier at i, which is all that
// esbuild says of it.
func (c *converter) deadImportCall(i int) Expr {
	s := Span{i, c.quoted(i)}
	before, ok := strings.CutSuffix(strings.TrimSpace(c.text[:i]), "(")
	if before = strings.TrimSpace(before); ok && strings.HasSuffix(before, "import") {
		s = Span{len(before) - len("import"), c.afterParens(s.End, 1)}
	}
	return &ImportCall{s, c.stringValue(i), nil}
}
