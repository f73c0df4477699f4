package jsparse

import shim "github.com/evanw/esbuild/shim"

// pattern converts what a declaration, a parameter or a catch binds.
func (c *converter) pattern(b shim.Binding, kind SymbolKind) Pattern {
	i := at(b.Loc)
	switch d := b.Data.(type) {
	case *shim.BIdentifier:
		return &Name{Span{i, c.word(i)}, c.declare(d.Ref, kind)}
	case *shim.BArray:
		p := &ArrayPattern{Extent: Span{i, at(d.CloseBracketLoc) + 1}}
		for j := range d.Items {
			item := &d.Items[j]
			p.Items = append(p.Items, PatternItem{
				Target:  c.pattern(item.Binding, kind),
				Default: c.expr(item.DefaultValueOrNil),
				Rest:    d.HasSpread && j == len(d.Items)-1,
			})
		}
		return p
	case *shim.BObject:
		p := &ObjectPattern{Extent: Span{i, at(d.CloseBraceLoc) + 1}}
		for j := range d.Properties {
			prop := &d.Properties[j]
			item := PatternItem{Rest: prop.IsSpread}
			if !prop.IsSpread {
				item.Key, item.Computed = c.key(prop.Key, prop.IsComputed)
			}
			item.Target = c.pattern(prop.Value, kind)
			item.Default = c.expr(prop.DefaultValueOrNil)
			p.Items = append(p.Items, item)
		}
		return p
	}
	return nil
}

// key is a property's name, or the expression that computes it.
func (c *converter) key(e shim.Expr, computed bool) (string, Expr) {
	if computed {
		return "", c.expr(e)
	}
	switch d := e.Data.(type) {
	case *shim.EString:
		if name, ok := c.verbatim(at(e.Loc), d.Value); ok {
			return name, nil
		}
		return utf16String(d.Value), nil
	case *shim.EPrivateIdentifier:
		return c.symbol(d.Ref).Name, nil
	}
	if lit, ok := c.expr(e).(*Literal); ok {
		return lit.Value, nil
	}
	return "", nil
}

// target converts what an assignment assigns to: an expression, or a pattern
// that esbuild has as an array or an object.
func (c *converter) target(e shim.Expr) Node {
	i := at(e.Loc)
	switch d := e.Data.(type) {
	case *shim.EArray:
		p := &ArrayPattern{Extent: Span{i, at(d.CloseBracketLoc) + 1}}
		for _, item := range d.Items {
			p.Items = append(p.Items, c.targetItem(item))
		}
		return p
	case *shim.EObject:
		p := &ObjectPattern{Extent: Span{i, at(d.CloseBraceLoc) + 1}}
		for j := range d.Properties {
			p.Items = append(p.Items, c.targetProperty(&d.Properties[j]))
		}
		return p
	}
	return c.expr(e)
}

func (c *converter) targetItem(e shim.Expr) PatternItem {
	switch d := e.Data.(type) {
	case nil, *shim.EMissing:
		return PatternItem{}
	case *shim.ESpread:
		return PatternItem{Target: c.nested(d.Value), Rest: true}
	case *shim.EBinary:
		if d.Op == shim.BinOpAssign {
			return PatternItem{Target: c.nested(d.Left), Default: c.expr(d.Right)}
		}
	}
	return PatternItem{Target: c.nested(e)}
}

func (c *converter) targetProperty(p *shim.Property) PatternItem {
	if p.Kind == shim.PropertySpread {
		return PatternItem{Target: c.nested(p.ValueOrNil), Rest: true}
	}
	item := PatternItem{}
	item.Key, item.Computed = c.key(p.Key, p.Flags.Has(shim.PropertyIsComputed))
	item.Target = c.nested(p.ValueOrNil)
	item.Default = c.expr(p.InitializerOrNil)
	return item
}

// nested is a target inside a pattern, where a plain name is a *Name.
func (c *converter) nested(e shim.Expr) Pattern {
	n := c.target(e)
	if id, ok := n.(*Ident); ok {
		return &Name{id.Extent, id.Symbol}
	}
	return n
}
