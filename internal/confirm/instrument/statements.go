package instrument

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// statements puts a probe before each statement that runs.
func (w *walker) statements(list []ast.Statement) []ast.Statement {
	out := make([]ast.Statement, 0, 2*len(list))
	prologue := true
	for _, s := range list {
		prologue = prologue && isDirective(s)
		if !prologue && runs(s) {
			if n := w.site(s.Idx0(), s.Idx1()); n >= 0 {
				out = append(out, probe(s.Idx0(), n))
			}
		}
		out = append(out, w.statement(s))
	}
	return out
}

// runs tells whether something happens when a statement is reached.
func runs(s ast.Statement) bool {
	switch s.(type) {
	case *ast.FunctionDeclaration, *ast.EmptyStatement, *ast.BlockStatement:
		return false
	}
	return true
}

func isDirective(s ast.Statement) bool {
	e, ok := s.(*ast.ExpressionStatement)
	if !ok {
		return false
	}
	_, ok = e.Expression.(*ast.StringLiteral)
	return ok
}

// statement rewrites what is inside.
func (w *walker) statement(s ast.Statement) ast.Statement {
	switch s := s.(type) {
	case *ast.BlockStatement:
		s.List = w.statements(s.List)
	case *ast.ExpressionStatement:
		s.Expression = w.expression(s.Expression)
	case *ast.ReturnStatement:
		s.Argument = w.expression(s.Argument)
	case *ast.ThrowStatement:
		s.Argument = w.expression(s.Argument)
	case *ast.VariableStatement:
		w.bindings(s.List)
	case *ast.LexicalDeclaration:
		w.bindings(s.List)
	case *ast.FunctionDeclaration:
		w.function(s.Function)
	case *ast.ClassDeclaration:
		w.class(s.Class)
	case *ast.IfStatement:
		s.Test = w.test(s.Test)
		s.Consequent = w.branch(s.Consequent)
		s.Alternate = w.branch(s.Alternate)
	case *ast.LabelledStatement:
		s.Statement = w.statement(s.Statement)
	case *ast.SwitchStatement:
		w.switchStatement(s)
	case *ast.TryStatement:
		w.try(s)
	case *ast.WithStatement:
		s.Object = w.expression(s.Object)
		s.Body = w.branch(s.Body)
	default:
		w.loop(s)
	}
	return s
}

func (w *walker) loop(s ast.Statement) {
	switch s := s.(type) {
	case *ast.WhileStatement:
		s.Test = w.test(s.Test)
		s.Body = w.loopBody(s.Body)
	case *ast.DoWhileStatement:
		s.Body = w.loopBody(s.Body)
		s.Test = w.test(s.Test)
	case *ast.ForStatement:
		w.initializer(s.Initializer)
		if s.Test != nil {
			s.Test = w.test(s.Test)
		}
		s.Update = w.expression(s.Update)
		s.Body = w.loopBody(s.Body)
	case *ast.ForInStatement:
		s.Source = w.expression(s.Source)
		s.Body = w.loopBody(s.Body)
	case *ast.ForOfStatement:
		s.Source = w.expression(s.Source)
		s.Body = w.loopBody(s.Body)
	}
}

func (w *walker) initializer(i ast.ForLoopInitializer) {
	switch i := i.(type) {
	case *ast.ForLoopInitializerExpression:
		i.Expression = w.expression(i.Expression)
	case *ast.ForLoopInitializerVarDeclList:
		w.bindings(i.List)
	case *ast.ForLoopInitializerLexicalDecl:
		w.bindings(i.LexicalDeclaration.List)
	}
}

func (w *walker) bindings(list []*ast.Binding) {
	for _, b := range list {
		w.pattern(b.Target)
		b.Initializer = w.expression(b.Initializer)
	}
}

// branch is a statement that may stand alone behind a test: it becomes a block, so that a probe has room.
func (w *walker) branch(s ast.Statement) ast.Statement {
	if s == nil {
		return nil
	}
	if b, ok := s.(*ast.BlockStatement); ok {
		b.List = w.statements(b.List)
		return b
	}
	if _, ok := s.(*ast.FunctionDeclaration); ok {
		return w.statement(s)
	}
	return &ast.BlockStatement{LeftBrace: s.Idx0(), List: w.statements([]ast.Statement{s}), RightBrace: s.Idx1()}
}

// loopBody spends fuel at each turn.
func (w *walker) loopBody(s ast.Statement) ast.Statement {
	at := s.Idx0()
	body, ok := w.branch(s).(*ast.BlockStatement)
	if !ok {
		return s
	}
	body.List = append([]ast.Statement{probe(at, -1)}, body.List...)
	return body
}

func (w *walker) switchStatement(s *ast.SwitchStatement) {
	w.switches++
	id := w.switches
	at := s.Discriminant.Idx0()
	s.Discriminant = call(at, Switch, number(at, id), w.expression(s.Discriminant))
	for _, c := range s.Body {
		if c.Test != nil {
			at := c.Test.Idx0()
			c.Test = call(at, Case, number(at, id), w.expression(c.Test))
		}
		end := c.Case
		if n := len(c.Consequent); n > 0 {
			end = c.Consequent[n-1].Idx1()
		}
		n := w.site(c.Case, end)
		w.cases[n] = true
		c.Consequent = append([]ast.Statement{probe(c.Case, n)}, w.statements(c.Consequent)...)
	}
}

func (w *walker) try(s *ast.TryStatement) {
	if s.Catch != nil {
		w.tries = append(w.tries, Try{
			Body:  w.span(s.Body.LeftBrace, s.Body.RightBrace),
			Catch: w.span(s.Catch.Catch, s.Catch.Body.RightBrace),
		})
		if s.Catch.Parameter != nil {
			w.pattern(s.Catch.Parameter)
		}
		n := w.site(s.Catch.Catch, s.Catch.Body.RightBrace)
		s.Catch.Body.List = append([]ast.Statement{probe(s.Catch.Catch, n)}, w.statements(s.Catch.Body.List)...)
	}
	s.Body.List = w.statements(s.Body.List)
	if s.Finally != nil {
		s.Finally.List = w.statements(s.Finally.List)
	}
}

// span reaches from a brace to its partner; one column behind it, as spans end exclusively.
func (w *walker) span(start, end file.Idx) Span {
	s := Span{w.place(start), w.place(end)}
	s.End.Column++
	return s
}
