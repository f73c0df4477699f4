package platform

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// lambdaContract is the contract of a handler of Lambda, by its runtime and its function. Legacy means that a missing runtime
// stands for Node 22 or older. Without any runtime, only a callback parameter, or a call of what a context had before Node 24, says that
// it is an older one; without that, a function that is not async may run on either.
func (f *finder) lambdaContract(sh shape, h *Handler, legacy bool) *Contract {
	switch {
	case h.Runtime == "" && f.options.Runtime != "":
		h.Runtime = canonicalNode(f.options.Runtime)
	case h.Runtime == "" && !legacy:
		h.Runtime = f.nodeAsked(h.File)
	}
	if c := ContractByID(sh.contract); c != nil {
		return c
	}
	major := nodeMajor(h.Runtime)
	switch {
	case major > lastCallbackNode:
		return lambda24
	case sh.fn == nil || sh.opaque:
		return lambdaAsync
	case sh.fn.Async:
		return lambdaAsync
	case major > 0 || legacy:
		return lambdaCallback
	case length(sh.fn) >= 3 || len(sh.fn.Params) >= 3 || answersByContext(sh.fn):
		return lambdaCallback
	}
	h.Or = lambdaCallback
	return lambdaAsync
}

// answersByContext tells whether a function calls context.done, succeed or fail.
func answersByContext(fn *jsparse.Func) bool {
	if len(fn.Params) < 2 || fn.Body == nil {
		return false
	}
	context, ok := fn.Params[1].Target.(*jsparse.Name)
	if !ok {
		return false
	}
	found := false
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		if call, ok := n.(*jsparse.Call); ok {
			if m, ok := call.Callee.(*jsparse.Member); ok && slices.Contains(lambdaCallback.ContextMethods, m.Name) {
				if x, ok := m.Object.(*jsparse.Ident); ok && x.Symbol == context.Symbol {
					found = true
				}
			}
		}
		return !found
	})
	return found
}
