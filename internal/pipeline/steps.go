package pipeline

import (
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
)

// discover asks which handlers the tree holds.
func discover(t *tree, o Options) (*platform.Project, error) {
	return platform.Discover(t, platform.Options{Platform: o.Platform, Runtime: o.Runtime})
}

func newLowerer(t *tree) *jsflow.Lowerer {
	return jsflow.New(t, modules.New(everything{t}), t.all)
}

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

// everything is a tree whose list holds the scripts around the checked paths, too: an import may mean any of them.
type everything struct{ *tree }

// Files lists all files that are known.
func (e everything) Files() []string { return e.all }
