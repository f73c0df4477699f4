package platform

// lambdaContract is the contract of a handler of Lambda, by its runtime and its function. Legacy means that a missing runtime
// stands for Node 22 or older. Without any runtime, only a callback parameter says that it is an older one; without that, a
// function that is not async may run on either.
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
	case length(sh.fn) >= 3 || len(sh.fn.Params) >= 3:
		return lambdaCallback
	}
	h.Or = lambdaCallback
	return lambdaAsync
}
