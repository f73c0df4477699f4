package jsparse

import (
	"sort"

	shim "github.com/evanw/esbuild/shim"
)

func (c *converter) class(d *shim.Class) *ClassExpr {
	n := &ClassExpr{Extent: Span{at(d.ClassKeyword.Loc), at(d.CloseBraceLoc) + 1}}
	if d.Name != nil {
		n.Name = c.declare(d.Name.Ref, Class)
	}
	n.Extends = c.expr(d.ExtendsOrNil)
	n.Decorators = c.decorators(d.Decorators, &n.Extent)
	for i := range d.Properties {
		if m := c.property(&d.Properties[i]); m.Start > at(d.BodyLoc) || len(m.Decorators) > 0 {
			n.Members = append(n.Members, m)
		}
	}
	n.Members = withoutParameterFields(n.Members)
	// esbuild moves the constructor to the front when it adds to it.
	sort.SliceStable(n.Members, func(i, j int) bool { return n.Members[i].Start < n.Members[j].Start })
	return n
}

// withoutParameterFields drops the fields that esbuild makes of TypeScript's
// `constructor(private x: T)`: the text has no such member.
func withoutParameterFields(members []*Property) []*Property {
	var params Span
	for _, m := range members {
		if f, ok := m.Value.(*Func); ok && m.Key == "constructor" {
			params = f.ParamsSpan
		}
	}
	if params.End == 0 {
		return members
	}
	kept := members[:0]
	for _, m := range members {
		if m.Start <= params.Start || m.Start >= params.End {
			kept = append(kept, m)
		}
	}
	return kept
}

// property converts a property of an object or a member of a class.
func (c *converter) property(d *shim.Property) *Property {
	i := at(d.Loc)
	p := &Property{
		Extent: Span{i, i},
		Static: d.Flags.Has(shim.PropertyIsStatic),
		Method: d.Kind == shim.PropertyMethod,
		Getter: d.Kind == shim.PropertyGetter,
		Setter: d.Kind == shim.PropertySetter,
	}
	switch d.Kind {
	case shim.PropertyStaticBlock:
		b := d.ClassStaticBlock
		p.Block = c.block(at(b.Loc), b.Block.Stmts, at(b.Block.CloseBraceLoc))
		p.End, p.Static = p.Block.End, true
		return p
	case shim.PropertySpread:
		p.Spread = true
		p.Value = c.expr(d.ValueOrNil)
		p.Extent = c.prefixed(i, i+len("..."), p.Value)
		return p
	}
	key := c.keyEnd(d)
	p.Key, p.Computed = c.key(d.Key, d.Flags.Has(shim.PropertyIsComputed))
	c.propertyValue(p, d, key)
	p.Decorators = c.decorators(d.Decorators, &p.Extent)
	return p
}

// propertyValue fills in the value and with it the end; key is where the key ends.
func (c *converter) propertyValue(p *Property, d *shim.Property, key int) {
	value := d.ValueOrNil
	if value.Data == nil {
		value = d.InitializerOrNil
	}
	p.Value = c.expr(value)
	if p.Value == nil {
		p.End = c.annotation(key)
		return
	}
	s := p.Value.Span()
	p.Start = min(p.Start, s.Start)
	_, open := c.parens(key, s.Start)
	p.End = max(key, c.afterParens(s.End, open))
}

// keyEnd is where a property's key ends, brackets included.
func (c *converter) keyEnd(d *shim.Property) int {
	i := at(d.Key.Loc)
	if d.Flags.Has(shim.PropertyIsComputed) {
		return at(d.CloseBracketLoc) + 1
	}
	switch k := d.Key.Data.(type) {
	case *shim.EString:
		if name, ok := c.verbatim(i, k.Value); ok && name != "" {
			return i + len(name)
		}
		if end := c.stringEnd(i); end > i {
			return end
		}
	case *shim.ENumber:
		return c.numberEnd(i)
	}
	return c.word(i)
}
