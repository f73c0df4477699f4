package jsparse

import shim "github.com/evanw/esbuild/shim"

// control converts statements that hold statements.
func (c *converter) control(i int, s shim.Stmt) Stmt {
	switch d := s.Data.(type) {
	case *shim.SIf:
		n := &If{Cond: c.expr(d.Test), Then: c.stmt(d.Yes)}
		n.Extent = Span{i, n.Then.Span().End}
		if d.NoOrNil.Data != nil {
			n.Else = c.stmt(d.NoOrNil)
			n.End = max(n.End, n.Else.Span().End)
		}
		return n
	case *shim.SFor:
		return c.forLoop(i, d)
	case *shim.SForOf:
		if d.Await.Len > 0 && c.depth == 0 {
			c.topLevelAwait(at(d.Await.Loc))
		}
		n := &ForEach{Left: c.loopInit(d.Init, true), Right: c.expr(d.Value), Body: c.stmt(d.Body), Await: d.Await.Len > 0}
		n.Extent = Span{i, n.Body.Span().End}
		return n
	case *shim.SForIn:
		n := &ForEach{Left: c.loopInit(d.Init, true), Right: c.expr(d.Value), Body: c.stmt(d.Body), In: true}
		n.Extent = Span{i, n.Body.Span().End}
		return n
	case *shim.SWhile:
		n := &While{Cond: c.expr(d.Test), Body: c.stmt(d.Body)}
		n.Extent = Span{i, n.Body.Span().End}
		return n
	case *shim.SDoWhile:
		n := &DoWhile{Body: c.stmt(d.Body), Cond: c.expr(d.Test)}
		n.Extent = Span{i, c.stmtEnd(n.Cond.Span().End)}
		return n
	case *shim.SSwitch:
		return c.switchStmt(i, d)
	case *shim.STry:
		return c.try(i, d)
	case *shim.SLabel:
		body := c.stmt(d.Stmt)
		return &Labeled{Span{i, body.Span().End}, c.symbol(d.Name.Ref).Name, body}
	case *shim.SWith:
		x, body := c.expr(d.Value), c.stmt(d.Body)
		return &Block{Span{i, body.Span().End}, []Stmt{&ExprStmt{x.Span(), x}, body}}
	}
	return nil
}

func (c *converter) forLoop(i int, d *shim.SFor) Stmt {
	n := &For{Init: c.loopInit(d.InitOrNil, false), Cond: c.expr(d.TestOrNil), Post: c.expr(d.UpdateOrNil)}
	n.Body = c.stmt(d.Body)
	n.Extent = Span{i, n.Body.Span().End}
	return n
}

// loopInit converts the first part of a for loop's head. Its semicolon, if any,
// is the loop's.
func (c *converter) loopInit(s shim.Stmt, each bool) Stmt {
	switch d := s.Data.(type) {
	case *shim.SExpr:
		var x Node
		if each {
			x = c.target(d.Value)
		} else {
			x = c.expr(d.Value)
		}
		return &ExprStmt{x.Span(), x}
	case *shim.SLocal:
		v := c.varDecl(at(s.Loc), d)
		if n := len(v.Decls); n > 0 {
			v.End = v.Decls[n-1].End
		}
		return v
	}
	return nil
}

func (c *converter) switchStmt(i int, d *shim.SSwitch) Stmt {
	n := &Switch{Extent: Span{i, at(d.CloseBraceLoc) + 1}, Subject: c.expr(d.Test)}
	for j := range d.Cases {
		n.Cases = append(n.Cases, c.switchCase(&d.Cases[j]))
	}
	return n
}

func (c *converter) switchCase(d *shim.Case) *Case {
	i := at(d.Loc)
	n := &Case{Test: c.expr(d.ValueOrNil)}
	end := c.word(i)
	if n.Test != nil {
		end = n.Test.Span().End
	}
	end = min(c.find(end, ":")+1, len(c.text))
	n.Body = c.stmts(d.Body, -1, len(c.text))
	if len(n.Body) > 0 {
		end = max(end, cover(n.Body).End)
	}
	n.Extent = Span{i, end}
	return n
}

func (c *converter) try(i int, d *shim.STry) Stmt {
	n := &Try{Body: c.block(at(d.BlockLoc), d.Block.Stmts, at(d.Block.CloseBraceLoc))}
	end := n.Body.End
	if k := d.Catch; k != nil {
		n.Param = c.pattern(k.BindingOrNil, CatchParam)
		n.Catch = c.block(at(k.BlockLoc), k.Block.Stmts, at(k.Block.CloseBraceLoc))
		end = n.Catch.End
	}
	if f := d.Finally; f != nil {
		n.Finally = c.block(c.find(at(f.Loc), "{"), f.Block.Stmts, at(f.Block.CloseBraceLoc))
		end = n.Finally.End
	}
	n.Extent = Span{i, end}
	return n
}
