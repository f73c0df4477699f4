package pipeline

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// solve follows every path through a handler.
func solve(low *jsflow.Lowered, c *platform.Contract, limits flow.Limits) *flow.Result {
	p := c.Protocol
	p.WaitsForWork = p.WaitsForWork && !low.AnswersAtOnce
	res := flow.Solve(low.Func, low.Args, p, limits)
	if res.Capped {
		// Rules also ask what no path does, and that is not known here. Loops and exits that were seen were seen.
		res.Outcomes = nil
	}
	return res
}
