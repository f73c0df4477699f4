package goflow

import (
	"go/ast"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// builder lowers one function. cur is the block that is being filled, nil where no path leads.
type builder struct {
	*session
	fn      *flow.Func
	kind    *ast.FuncType
	cur     *flow.Block
	targets []target
	defers  []deferred
	named   *flow.Var   // the last named result
	results []*flow.Var // all named results
	// called is the function of the package that was called last.
	called *flow.Func
	// statement is the expression statement that is being lowered, label the one of the statement that follows.
	statement *ast.ExprStmt
	label     string
	fall      *flow.Block // where fallthrough goes
	// inSelect means that a receive or send is one case of several.
	inSelect bool
	// lasting is how long calls wait, in ms, in the round of a loop that is gone into.
	lasting map[*ast.CallExpr]int
	// wholeIn is the block in which a whole answer was written last.
	wholeIn *flow.Block
}

// target is a statement that break or continue may mean.
type target struct {
	label string
	out   *flow.Block
	next  *flow.Block // nil for switch and select
}

func (b *builder) add(op flow.Op) {
	if b.cur != nil {
		b.cur.Ops = append(b.cur.Ops, op)
	}
}

func (b *builder) set(v *flow.Var, o flow.Operand) { b.add(flow.Set{To: v, From: o}) }

// end terminates the current block.
func (b *builder) end(t flow.Terminator) {
	if b.cur != nil {
		b.cur.Term = t
		b.cur = nil
	}
}

func (b *builder) jump(to *flow.Block) { b.end(flow.Jump{To: to}) }

// flowInto goes on in a block.
func (b *builder) flowInto(to *flow.Block) {
	b.jump(to)
	b.cur = to
}

// choose goes on in any of several blocks.
func (b *builder) choose(at flow.Range, to ...*flow.Block) { b.end(flow.Choose{Range: at, To: to}) }

// temporary is a variable of this function.
func (b *builder) temporary() *flow.Var {
	v := &flow.Var{}
	b.fn.Locals = append(b.fn.Locals, v)
	return v
}

func (b *builder) namedResults() {
	if b.kind.Results == nil {
		return
	}
	for _, field := range b.kind.Results.List {
		for _, name := range field.Names {
			v := b.variable(b.info.Defs[name], name.Name)
			b.set(v, zero(b.info.TypeOf(field.Type)))
			b.named = v
			b.results = append(b.results, v)
		}
	}
}

func (b *builder) bareResult() flow.Operand {
	if b.named != nil {
		return flow.Operand{Var: b.named}
	}
	return flow.Operand{Value: flow.Value{Kind: flow.Undefined}}
}

// zero is what a variable of a type holds before it is given a value.
func zero(t types.Type) flow.Operand {
	if t == nil {
		return flow.Operand{}
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Slice, *types.Map, *types.Chan, *types.Signature:
		if _, generic := t.(*types.TypeParam); generic {
			return flow.Operand{}
		}
		return kindOf(flow.Null)
	case *types.Struct, *types.Array:
		return kindOf(flow.Object)
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return literal("false")
		case u.Info()&types.IsString != 0:
			return literal(`""`)
		case u.Info()&types.IsNumeric != 0:
			return literal("0")
		}
	}
	return flow.Operand{}
}
