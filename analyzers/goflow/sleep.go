package goflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"time"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// pause lets time pass: at least ms.
func (b *builder) pause(at ast.Node, text string, ms int) {
	if ms <= 0 || b.cur == nil {
		return
	}
	over := b.temporary()
	site := flow.Site{Range: b.rangeOf(at), Text: text}
	b.add(flow.Start{Site: site, Work: &flow.Work{Kind: flow.PromiseWork, Name: text, Sure: true, Delay: ms, Deadline: -1}, Result: over})
	b.add(flow.Wait{Site: site, Promise: flow.Operand{Var: over}})
}

// sleeps lowers a call that does nothing but wait.
func (b *builder) sleeps(x *ast.CallExpr) bool {
	if FuncName(Callee(b.info, x)) != "time.Sleep" || len(x.Args) != 1 {
		return false
	}
	b.arguments(x)
	b.pause(x, show(x), b.lasts(x))
	return true
}

// awaitsTimer lets time pass where a receive waits for a timer: `<-time.After(d)`.
func (b *builder) awaitsTimer(e ast.Expr) {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && isTimer(b.source, call) {
		b.pause(call, "<-"+show(call), b.lasts(call))
	}
}

func isTimer(s *source, call *ast.CallExpr) bool {
	name := FuncName(Callee(s.info, call))
	return len(call.Args) == 1 && (name == "time.After" || name == "time.Tick")
}

// lasts is how long a call waits in ms, 0 if that is not known.
func (b *builder) lasts(x *ast.CallExpr) int {
	if ms, ok := b.lasting[x]; ok {
		return ms
	}
	return milliseconds(b.info.Types[x.Args[0]].Value)
}

// milliseconds is a constant time.Duration in ms, 0 if there is none.
func milliseconds(v constant.Value) int {
	if v == nil {
		return 0
	}
	v = constant.ToInt(v)
	if v.Kind() != constant.Int {
		return 0
	}
	ms, ok := constant.Int64Val(constant.BinaryOp(v, token.QUO_ASSIGN, constant.MakeInt64(int64(time.Millisecond))))
	if !ok || ms < 0 {
		return 0
	}
	return int(ms)
}

// lastRound goes into a loop that runs a known number of times and waits in each: once more than other loops are gone into, after the
// waits of the rounds before.
func (b *builder) lastRound(loop ast.Node, content *ast.BlockStmt, label string, out *flow.Block) {
	if b.cur == nil || b.helper {
		return
	}
	r := b.rounds(loop, content)
	if r == nil || r.before == 0 {
		return
	}
	usual, last := &flow.Block{}, &flow.Block{}
	b.choose(b.rangeOf(loop), usual, last)
	b.cur = last
	b.pause(r.longest, show(r.longest)+", again and again", r.before)
	outer := b.lasting
	b.lasting = r.last
	kept := b.label
	b.label = label
	b.enterLoop(out, out)
	b.block(content)
	b.jump(out)
	b.leaveTarget()
	b.label, b.lasting = kept, outer
	b.cur = usual
}
