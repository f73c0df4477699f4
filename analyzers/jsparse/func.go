package jsparse

import shim "github.com/evanw/esbuild/shim"

// function converts everything that is not an arrow. For a method, i is where
// its parameters start.
func (c *converter) function(i int, d *shim.Fn, name *Symbol) *Func {
	c.depth++
	defer func() { c.depth-- }()
	f := &Func{Name: name, Async: d.IsAsync, Generator: d.IsGenerator}
	if d.Name != nil {
		f.Name = c.declare(d.Name.Ref, Function)
	}
	f.Params, f.ParamsSpan = c.params(d.Args, at(d.OpenParenLoc), d.HasRestArg)
	f.Body = c.body(&d.Body)
	f.Extent = Span{min(i, f.ParamsSpan.Start), f.Body.End}
	return f
}

func (c *converter) body(d *shim.FnBody) *Block {
	return c.block(at(d.Loc), d.Block.Stmts, at(d.Block.CloseBraceLoc))
}

func (c *converter) arrow(i int, d *shim.EArrow) Expr {
	c.depth++
	defer func() { c.depth-- }()
	f := &Func{Arrow: true, Async: d.IsAsync, ExprBody: d.PreferExpr}
	f.Params, f.ParamsSpan = c.arrowParams(i, d)
	ret := c.exprBody(d)
	if ret == nil {
		f.ExprBody = false
		f.Body = c.body(&d.Body)
		f.Extent = Span{i, f.Body.End}
		return f
	}
	f.Body = &Block{ret.Extent, []Stmt{ret}}
	f.Extent = c.prefixed(i, at(d.Body.Loc)+len("=>"), ret)
	return f
}

// exprBody is the body of `x => body`; nil if it is in braces.
func (c *converter) exprBody(d *shim.EArrow) *Return {
	if !d.PreferExpr || len(d.Body.Block.Stmts) != 1 {
		return nil
	}
	r, ok := d.Body.Block.Stmts[0].Data.(*shim.SReturn)
	if !ok || r.ValueOrNil.Data == nil {
		return nil
	}
	x := c.expr(r.ValueOrNil)
	return &Return{x.Span(), x}
}

// arrowParams finds the parameters of an arrow, of which esbuild keeps only
// where the whole arrow starts.
func (c *converter) arrowParams(i int, d *shim.EArrow) ([]*Parameter, Span) {
	open := i
	if d.IsAsync && c.wordAt(i) == "async" {
		open = c.trivia(i + len("async"))
	}
	if open < len(c.text) && c.text[open] == '<' {
		open = c.find(c.angles(open), "(")
	}
	if open < len(c.text) && c.text[open] == '(' {
		return c.params(d.Args, open, d.HasRestArg)
	}
	var params []*Parameter
	s := Span{i, i}
	for j := range d.Args {
		target := c.pattern(d.Args[j].Binding, Param)
		s = target.Span()
		params = append(params, &Parameter{Extent: s, Target: target})
	}
	return params, s
}

// params converts a list whose parenthesis opens at open.
func (c *converter) params(args []shim.Arg, open int, rest bool) ([]*Parameter, Span) {
	end := min(open+1, len(c.text))
	var params []*Parameter
	for i := range args {
		p := c.param(&args[i], end, rest && i == len(args)-1)
		params = append(params, p)
		end = p.End
	}
	return params, Span{open, min(c.find(end, ")")+1, len(c.text))}
}

// param converts one parameter; from is where the one before it ends.
func (c *converter) param(d *shim.Arg, from int, rest bool) *Parameter {
	p := &Parameter{Target: c.pattern(d.Binding, Param), Default: c.expr(d.DefaultOrNil), Rest: rest}
	p.Extent = p.Target.Span()
	if rest {
		p.Start = min(c.find(from, "."), p.Start)
	}
	if p.Default != nil {
		s := p.Default.Span()
		_, open := c.parens(p.End, s.Start)
		p.End = c.afterParens(s.End, open)
	} else {
		p.End = c.annotation(p.End)
	}
	p.Decorators = c.decorators(d.Decorators, &p.Extent)
	return p
}

// decorators widens the span of what they decorate, in front.
func (c *converter) decorators(list []shim.Decorator, s *Span) []Expr {
	var out []Expr
	for i := range list {
		value, start := list[i].Value, at(list[i].AtLoc)
		if param, ok := c.paramDecorator(value); ok {
			value, start = param, at(param.Loc)
		}
		if x := c.expr(value); x != nil {
			out = append(out, x)
			s.Start = min(s.Start, start)
			s.End = max(s.End, x.Span().End)
		}
	}
	return out
}

// paramDecorator unwraps a parameter's decorator, which esbuild hands on to the
// method or class as `__decorateParam(0, decorator)`.
func (c *converter) paramDecorator(e shim.Expr) (shim.Expr, bool) {
	call, ok := e.Data.(*shim.ECall)
	if !ok || len(call.Args) != 2 {
		return e, false
	}
	id, ok := call.Target.Data.(*shim.EIdentifier)
	if ok && c.symbol(id.Ref).Name == "__decorateParam" {
		return call.Args[1], true
	}
	return e, false
}
