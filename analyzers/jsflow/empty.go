package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// someRound goes past a loop over a list that is empty, if the program has asked for its length before, and tells whether
// the loop has at least one round otherwise: `if (!list.length) return callback(null, []);` rules the empty list out.
func (b *builder) someRound(over jsparse.Expr, after *flow.Block) bool {
	if l, ok := b.s.eval(over, b.e).(*list); ok && len(l.items) > 0 {
		return true
	}
	at, key := b.root(over)
	if at == nil || at.fn == nil || at.paths[key+".length"] == nil || grows(at.fn, rootSymbol(over)) {
		return false
	}
	some := b.block()
	text := b.text(over)
	b.end(flow.Branch{Range: b.rng(over), Then: after, Else: some, Cond: flow.Cond{
		Test:  flow.IsEqual,
		Of:    flow.Operand{Var: at.paths[key+".length"]},
		Value: flow.Value{Kind: flow.Constant, Text: "0"},
		Says:  [2]string{"`" + text + "` is empty", "`" + text + "` is not empty"},
	}})
	b.cur = some
	return true
}

// asksEmpty is `list.length < 1` in its forms, asksFilled `list.length > 0`.
func asksEmpty(op string, left, right jsparse.Expr) bool {
	return isLength(left) && (op == "<" && isNumber(right, "1") || op == "<=" && isNumber(right, "0"))
}

func asksFilled(op string, left, right jsparse.Expr) bool {
	return isLength(left) && (op == ">" && isNumber(right, "0") || op == ">=" && isNumber(right, "1"))
}

func isLength(x jsparse.Expr) bool {
	m, ok := x.(*jsparse.Member)
	return ok && m.Name == "length" && !m.Optional
}

func isNumber(x jsparse.Expr, text string) bool {
	l, ok := x.(*jsparse.Literal)
	return ok && l.Kind == jsparse.Number && l.Value == text
}

// grows tells whether a function puts something into a list: its length is not what it was.
func grows(fn *jsparse.Func, list *jsparse.Symbol) bool {
	found := false
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		found = found || list != nil && advanced(n) == list
		return !found
	})
	return found
}
