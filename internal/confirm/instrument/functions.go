package instrument

import "github.com/dop251/goja/ast"

func (w *walker) function(f *ast.FunctionLiteral) {
	if f == nil || f.Body == nil {
		return
	}
	w.parameters(f.ParameterList)
	f.Body.List = w.entered(w.site(f.Function, f.Body.RightBrace), f.Body)
}

// entered is a function's body: a call spends fuel.
func (w *walker) entered(site int, b *ast.BlockStatement) []ast.Statement {
	n := 0
	for n < len(b.List) && isDirective(b.List[n]) {
		n++
	}
	list := append([]ast.Statement{}, b.List[:n]...)
	list = append(list, probe(b.LeftBrace, site))
	return append(list, w.statements(b.List[n:])...)
}

func (w *walker) arrow(f *ast.ArrowFunctionLiteral) {
	w.parameters(f.ParameterList)
	switch b := f.Body.(type) {
	case *ast.BlockStatement:
		b.List = w.entered(w.site(f.Start, b.RightBrace), b)
	case *ast.ExpressionBody:
		at, end := b.Expression.Idx0(), b.Expression.Idx1()
		entry, n := w.site(f.Start, end), w.site(at, end)
		b.Expression = &ast.SequenceExpression{Sequence: []ast.Expression{
			call(at, Probe, number(at, entry)), call(at, Probe, number(at, n)), w.expression(b.Expression),
		}}
	}
}

func (w *walker) parameters(l *ast.ParameterList) {
	if l == nil {
		return
	}
	w.bindings(l.List)
	if p, ok := l.Rest.(ast.BindingTarget); ok {
		w.pattern(p)
	}
}

// pattern rewrites the defaults and computed keys of a destructuring pattern.
func (w *walker) pattern(t ast.Expression) {
	switch t := t.(type) {
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				p.Initializer = w.expression(p.Initializer)
			case *ast.PropertyKeyed:
				if p.Computed {
					p.Key = w.expression(p.Key)
				}
				w.pattern(p.Value)
			}
		}
		w.pattern(t.Rest)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			w.pattern(e)
		}
		w.pattern(t.Rest)
	case *ast.AssignExpression:
		w.pattern(t.Left)
		t.Right = w.expression(t.Right)
	case *ast.Binding:
		w.pattern(t.Target)
		t.Initializer = w.expression(t.Initializer)
	}
}

func (w *walker) class(c *ast.ClassLiteral) {
	c.SuperClass = w.expression(c.SuperClass)
	for _, e := range c.Body {
		switch e := e.(type) {
		case *ast.FieldDefinition:
			if e.Computed {
				e.Key = w.expression(e.Key)
			}
			e.Initializer = w.expression(e.Initializer)
		case *ast.MethodDefinition:
			if e.Computed {
				e.Key = w.expression(e.Key)
			}
			w.function(e.Body)
		case *ast.ClassStaticBlock:
			e.Block.List = w.statements(e.Block.List)
		}
	}
}
