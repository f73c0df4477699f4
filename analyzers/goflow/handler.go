package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
)

// Handler is one function that a server or platform calls.
type Handler struct {
	contract.Handler
	Node ast.Node // *ast.FuncDecl or *ast.FuncLit

	source  *source
	once    sync.Once
	session *session
	result  *flow.Result
}

// Result follows every path through the handler, the first time it is asked. Several rules may ask at a time.
func (h *Handler) Result() *flow.Result {
	h.once.Do(func() {
		h.session = newSession(h.source)
		h.session.panicking = h.Contract.PanicSeverity != "" && !h.source.recovers(h.Node)
		entry := h.session.function(h.Node)
		args := make([]flow.Operand, len(entry.Params))
		h.result = flow.Solve(entry, args, h.Contract.Protocol, flow.Limits{States: solverStates})
		h.addAsides()
	})
	return h.result
}

// solverStates bounds the search of one handler: a web handler of thousands of lines is no reason to be slow.
const solverStates = 8000

// addAsides adds what stands in goroutines and callbacks of the handler, where no path of its own leads.
func (h *Handler) addAsides() {
	for _, node := range h.session.order {
		ast.Inspect(node, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && h.source.exits(call) {
				h.result.Exits = h.also(h.result.Exits, call, nil)
			}
			return true
		})
		for _, call := range h.source.unlimitedIn(node) {
			h.result.Upstream = h.also(h.result.Upstream, call, &flow.Work{Name: show(call.Fun) + "()", Upstream: true})
		}
	}
}

// also adds a call to a list, unless it is there.
func (h *Handler) also(list []flow.Reached, call *ast.CallExpr, work *flow.Work) []flow.Reached {
	at := h.source.rangeOf(call)
	if slices.ContainsFunc(list, func(r flow.Reached) bool { return r.Site.Range == at }) {
		return list
	}
	return append(list, flow.Reached{Site: flow.Site{Range: at, Text: show(call.Fun)}, What: show(call.Fun), Work: work})
}

// Shape is what the handler's function looks like.
func (h *Handler) Shape() flow.Shape { return flow.Shape{Range: h.source.rangeOf(h.Node)} }

// Reached lists the functions of the package that the handler may run, itself first.
func (h *Handler) Reached() []ast.Node {
	h.Result()
	return h.session.order
}

// Signature is the handler's type.
func (h *Handler) Signature() *types.Signature { return h.source.signature(h.Node) }

// Head is the handler's name, or the word func of a literal.
func (h *Handler) Head() (from, to token.Pos) {
	if d, ok := h.Node.(*ast.FuncDecl); ok {
		return d.Name.Pos(), d.Name.End()
	}
	return h.Node.Pos(), h.Node.Pos() + token.Pos(len("func"))
}
