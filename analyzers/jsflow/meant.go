package jsflow

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// deepestName is how many names for conditions are followed, each of them a name for the next.
const deepestName = 8

// asks is the question that a condition puts, and whether it is the opposite that is asked. What a name stands for is asked
// in its place (`const failed = !sent; if (failed) …`), so that no path decides the two differently.
func (b *builder) asks(x jsparse.Expr, of flow.Operand) (c flow.Cond, opposite bool) {
	text := b.text(x)
	if name, ok := x.(*jsparse.Ident); ok {
		if c, opposite, ok = b.meaning(name); ok {
			c.Text = text
			if opposite {
				c.Says = [2]string{"`" + text + "` is false", "`" + text + "` is true"}
			}
			return c, opposite
		}
	}
	if v := b.place(x); v != nil {
		of = flow.Operand{Var: v}
	}
	return flow.Cond{Test: flow.IsTruthy, Of: of, Text: text}, false
}

// meaning is the question that a name stands for: one about a variable or a property that keeps its value.
func (b *builder) meaning(name *jsparse.Ident) (c flow.Cond, opposite, ok bool) {
	x := b.testNamed(name)
	for range deepestName {
		switch n := x.(type) {
		case *jsparse.Unary:
			if n.Op == "!" {
				x, opposite = n.X, !opposite
				continue
			}
		case *jsparse.Binary:
			c, ok = b.comparison(n)
			return c, opposite != (n.Op == "!==" || n.Op == "!="), ok
		case *jsparse.Ident:
			if test := b.testNamed(n); test != nil {
				x = test
				continue
			}
		}
		break
	}
	if x == nil || !b.lasting(x) {
		return c, false, false
	}
	return flow.Cond{Test: flow.IsTruthy, Of: flow.Operand{Var: b.place(x)}}, opposite, true
}

// testNamed is the negation or comparison that a constant is declared as, if its meaning lasts; nil if it is something else.
func (b *builder) testNamed(name *jsparse.Ident) jsparse.Expr {
	test := b.declaredTest(name)
	if n, ok := test.(*jsparse.Binary); ok {
		if _, lasts := b.comparison(n); !lasts {
			return nil
		}
	}
	return test
}

// declaredTest is the negation or comparison that a constant is declared as.
func (b *builder) declaredTest(name *jsparse.Ident) jsparse.Expr {
	at := b.e.scopeOf(name.Symbol)
	if at == nil || name.Symbol.Kind != jsparse.Const {
		return nil
	}
	ws := at.mod.writes[name.Symbol]
	if len(ws) != 1 || !ws[0].init || len(ws[0].path) > 0 {
		return nil
	}
	switch n := ws[0].from.(type) {
	case *jsparse.Unary:
		if n.Op == "!" {
			return n
		}
	case *jsparse.Binary:
		if compares(n.Op) {
			return n
		}
	}
	return nil
}

func compares(operator string) bool {
	switch operator {
	case "===", "!==", "==", "!=":
		return true
	}
	return false
}

// truthNamed tells whether x is a name for a condition that is compared with true or false, and with which.
func (b *builder) truthNamed(x jsparse.Expr, k flow.Value) (truth, is bool) {
	name, ok := x.(*jsparse.Ident)
	if !ok || k.Kind != flow.Constant || k.Text != "true" && k.Text != "false" {
		return false, false
	}
	return k.Text == "true", b.declaredTest(name) != nil
}

// comparison is the question whether something that keeps its value equals a constant, for the operators that differ, too.
func (b *builder) comparison(n *jsparse.Binary) (flow.Cond, bool) {
	if !compares(n.Op) {
		return flow.Cond{}, false
	}
	x := n.Left
	k, ok := b.constantValue(n.Right)
	if !ok {
		k, ok = b.constantValue(n.Left)
		x = n.Right
	}
	if !ok || !b.lasting(x) {
		return flow.Cond{}, false
	}
	if _, named := b.truthNamed(x, k); named {
		return flow.Cond{}, false
	}
	c := flow.Cond{Test: flow.IsEqual, Of: flow.Operand{Var: b.place(x)}, Value: k}
	if len(n.Op) == 2 && (k.Kind == flow.Null || k.Kind == flow.Undefined) {
		c.Test = flow.IsNullish
	}
	return c, true
}

// lasting tells whether x has the same value wherever the function asks for it: a name, or a property of one, that is not assigned again.
func (b *builder) lasting(x jsparse.Expr) bool {
	object := x
	if m, ok := x.(*jsparse.Member); ok {
		object = m.Object
	}
	name, ok := object.(*jsparse.Ident)
	if !ok || b.place(x) == nil {
		return false
	}
	at := b.e.scopeOf(name.Symbol)
	if at == nil || reassigned(at.mod, name.Symbol) {
		return false
	}
	m, ok := x.(*jsparse.Member)
	return !ok || !slices.ContainsFunc(at.mod.propWrites[name.Symbol], func(w propWrite) bool { return w.name == m.Name })
}
