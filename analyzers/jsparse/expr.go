package jsparse

import (
	"fmt"

	shim "github.com/evanw/esbuild/shim"
)

// expr converts one expression. A missing one stays nil.
func (c *converter) expr(e shim.Expr) Expr {
	i := at(e.Loc)
	switch d := e.Data.(type) {
	case nil, *shim.EMissing:
		return nil
	case *shim.EIdentifier:
		return c.ident(i, d.Ref)
	case *shim.EImportIdentifier:
		return c.ident(i, d.Ref)
	case *shim.EDot:
		return c.dot(d)
	case *shim.EIndex:
		return c.index(d)
	case *shim.ECall:
		return c.call(d)
	case *shim.ENew:
		return c.newExpr(i, d)
	case *shim.EFunction:
		return c.function(i, &d.Fn, nil)
	case *shim.EArrow:
		return c.arrow(i, d)
	case *shim.EClass:
		return c.class(&d.Class)
	case *shim.EBinary:
		return c.binaryChain(d)
	case *shim.EUnary:
		return c.unary(i, d)
	case *shim.EIf:
		return c.conditional(d)
	case *shim.EAwait:
		return c.awaitExpr(i, d)
	case *shim.EYield:
		return c.yield(i, d)
	case *shim.ESpread:
		x := c.expr(d.Value)
		return &Spread{c.prefixed(i, i+3, x), x}
	case *shim.EObject:
		return c.object(i, d)
	case *shim.EArray:
		return c.array(i, d)
	case *shim.ETemplate:
		return c.templateExpr(i, d)
	case *shim.EAnnotation:
		return c.expr(d.Value)
	}
	if n := c.importExpr(i, e); n != nil {
		return n
	}
	return c.leaf(i, e)
}

// leaf converts what has no parts, or only parts nobody asks about.
func (c *converter) leaf(i int, e shim.Expr) Expr {
	switch d := e.Data.(type) {
	case *shim.EThis:
		return &This{Span{i, c.word(i)}}
	case *shim.ESuper:
		return &OtherExpr{Span{i, c.word(i)}, nil}
	case *shim.EImportMeta:
		return &OtherExpr{Span{i, i + int(d.RangeLen)}, nil}
	case *shim.ENewTarget:
		return &OtherExpr{span(d.Range), nil}
	case *shim.EPrivateIdentifier:
		return &OtherExpr{Span{i, c.word(i)}, nil}
	case *shim.EJSXElement:
		return c.jsx(i, d)
	case *shim.EJSXText:
		s := Span{i, min(i+len(d.Raw), len(c.text))}
		c.opaque = append(c.opaque, s)
		return &Literal{s, String, d.Raw}
	case *shim.EInlinedEnum:
		return c.inlinedEnum(i, d)
	}
	if n := c.literal(i, e); n != nil {
		return n
	}
	panic(fmt.Sprintf("unexpected expression %T", e.Data))
}

// exprs converts a list; holes stay nil.
func (c *converter) exprs(list []shim.Expr) []Expr {
	if len(list) == 0 {
		return nil
	}
	out := make([]Expr, len(list))
	for i := range list {
		out[i] = c.expr(list[i])
	}
	return out
}

// ident converts a use of a name. Where esbuild put a name of its own into the
// tree (for top-level `this`, for `super`, for `require`), the text decides.
func (c *converter) ident(i int, ref shim.Ref) Expr {
	s := c.symbol(ref)
	if end := i + len(s.Name); end <= len(c.text) && c.text[i:end] == s.Name {
		if s.Kind == Unbound && s.Name == "undefined" {
			return &Literal{Span{i, end}, Undefined, s.Name}
		}
		return &Ident{Span{i, end}, s}
	}
	at := Span{i, c.word(i)}
	switch c.text[at.Start:at.End] {
	case "this":
		return &This{at}
	case "super":
		return &OtherExpr{at, nil}
	case "require":
		return &Ident{at, c.global("require")}
	}
	return &Ident{at, s}
}

// prefixed is the span of a prefix that starts at i, ends at end, and its operand.
func (c *converter) prefixed(i, end int, x Node) Span {
	if x == nil {
		return Span{i, end}
	}
	s := x.Span()
	_, open := c.parens(end, s.Start)
	return Span{min(i, s.Start), c.afterParens(s.End, open)}
}

// leftOf is where a node starts whose leftmost child is x and whose next part starts at next.
func (c *converter) leftOf(x Node, next int) int {
	s := x.Span()
	closed, _ := c.parens(s.End, next)
	return c.beforeParens(s.Start, closed)
}

func (c *converter) object(i int, d *shim.EObject) Expr {
	o := &Object{Extent: Span{i, at(d.CloseBraceLoc) + 1}}
	for j := range d.Properties {
		o.Props = append(o.Props, c.property(&d.Properties[j]))
	}
	return o
}

func (c *converter) array(i int, d *shim.EArray) Expr {
	return &Array{Span{i, at(d.CloseBracketLoc) + 1}, c.exprs(d.Items)}
}

// jsx keeps the tag (if it is a name in scope), attributes and children as parts.
func (c *converter) jsx(i int, d *shim.EJSXElement) Expr {
	n := &OtherExpr{}
	if _, literal := d.TagOrNil.Data.(*shim.EString); !literal {
		n.add(c.expr(d.TagOrNil))
	}
	for j := range d.Properties {
		p := &d.Properties[j]
		if !p.Flags.Has(shim.PropertyWasShorthand) || p.Kind == shim.PropertySpread || isJSX(p.ValueOrNil) {
			n.add(c.expr(p.ValueOrNil))
		}
	}
	for _, child := range d.NullableChildren {
		n.add(c.expr(child))
	}
	n.Extent = Span{i, c.find(at(d.CloseLoc)+1, ">") + 1}
	return n
}

func isJSX(e shim.Expr) bool {
	_, ok := e.Data.(*shim.EJSXElement)
	return ok
}

func (n *OtherExpr) add(x Expr) {
	if x != nil {
		n.X = append(n.X, x)
	}
}
