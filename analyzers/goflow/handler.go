package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"sync"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// Handler is one function that a server or platform calls.
type Handler struct {
	Name     string
	Node     ast.Node // *ast.FuncDecl or *ast.FuncLit
	Contract *Contract

	source  *source
	once    sync.Once
	session *session
	result  *flow.Result
}

// Result follows every path through the handler, the first time it is asked. Several rules may ask at a time.
func (h *Handler) Result() *flow.Result {
	h.once.Do(func() {
		h.session = newSession(h.source)
		entry := h.session.function(h.Node)
		args := make([]flow.Operand, len(entry.Params))
		h.result = flow.Solve(entry, args, h.Contract.Protocol, flow.Limits{States: solverStates})
	})
	return h.result
}

// solverStates bounds the search of one handler: a web handler of thousands of lines is no reason to be slow.
const solverStates = 8000

// Reached lists the functions of the package that the handler may run, itself first.
func (h *Handler) Reached() []ast.Node {
	h.Result()
	return h.session.order
}

// Signature is the handler's type.
func (h *Handler) Signature() *types.Signature { return h.source.signature(h.Node) }

// Contains tells whether a range lies in the handler's own body.
func (h *Handler) Contains(r flow.Range) bool {
	own := h.source.rangeOf(h.Node)
	return own.File == r.File && own.Start <= r.Start && r.End <= own.End
}

// Head is the handler's name, or the word func of a literal.
func (h *Handler) Head() (from, to token.Pos) {
	if d, ok := h.Node.(*ast.FuncDecl); ok {
		return d.Name.Pos(), d.Name.End()
	}
	return h.Node.Pos(), h.Node.Pos() + token.Pos(len("func"))
}
