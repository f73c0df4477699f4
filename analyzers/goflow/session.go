package goflow

import (
	"go/ast"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// session lowers one handler and what it reaches. A function is lowered once: its variables are those of its source,
// and the solver keeps activations apart.
type session struct {
	*source
	funcs map[ast.Node]*flow.Func
	order []ast.Node
	vars  map[any]*flow.Var
	// paths are the fields of each variable that were mentioned so far.
	paths map[types.Object][]*flow.Var
	// answered is how far the response is: see answer.go.
	answered *flow.Var
	// slots hold the results of helpers that answer and return several: any of them may tell the caller what happened.
	slots map[*flow.Func][]*flow.Var
	// panicking means that a panic ends the process.
	panicking bool
	// helper means that a helper is followed by itself: whether its writes fail is its caller's business.
	helper bool
	// parts is what each answer wrote.
	parts map[flow.Range]part
	// ties are the lists of goroutines that end when something is waited for, by what is waited for.
	ties map[types.Object]*flow.Var
	// same leads from a parameter to what every call gives it, as far as goroutines are tied to it.
	same map[types.Object]types.Object
	// derived are variables that write to the response: `enc := json.NewEncoder(w)`.
	derived map[types.Object]bool
	// cancels leads from a cancel function to its context.
	cancels map[types.Object]types.Object
	// held is how far each mutex is locked: see locks.go.
	held map[mutex]*flow.Var
	// branchEnds are the calls behind which one may return.
	branchEnds map[*ast.ExprStmt]bool
}

func newSession(s *source) *session {
	return &session{
		source: s, funcs: map[ast.Node]*flow.Func{}, vars: map[any]*flow.Var{},
		slots:    map[*flow.Func][]*flow.Var{},
		parts:    map[flow.Range]part{},
		paths:    map[types.Object][]*flow.Var{},
		answered: &flow.Var{Name: "the response"}, ties: map[types.Object]*flow.Var{},
		same:    map[types.Object]types.Object{},
		derived: map[types.Object]bool{}, cancels: map[types.Object]types.Object{},
		held: map[mutex]*flow.Var{}, branchEnds: map[*ast.ExprStmt]bool{},
	}
}

// function lowers a declaration or literal.
func (s *session) function(n ast.Node) *flow.Func {
	if f := s.funcs[n]; f != nil {
		return f
	}
	f := &flow.Func{Name: s.nameOf(n), Range: s.rangeOf(n)}
	first := len(s.order) == 0
	s.funcs[n] = f
	s.order = append(s.order, n)
	kind, block := body(n)
	f.EndsAt = s.span(block.Rbrace, block.End())
	for _, field := range kind.Params.List {
		for _, name := range field.Names {
			f.Params = append(f.Params, s.variable(s.info.Defs[name], name.Name))
		}
		if len(field.Names) == 0 {
			f.Params = append(f.Params, &flow.Var{})
		}
	}
	s.giveSlots(f, n)
	f.Build = func() *flow.Block { return s.build(f, kind, block, first) }
	return f
}

func (s *session) giveSlots(f *flow.Func, n ast.Node) {
	sig := s.signature(n)
	if sig == nil || sig.Results().Len() < 2 {
		return
	}
	for p := range sig.Params().Variables() {
		if isResponder(p.Type()) && s.slots[f] == nil {
			for range sig.Results().Len() {
				s.slots[f] = append(s.slots[f], &flow.Var{})
			}
		}
	}
}

// build lowers a body. The first function is the handler: nothing is written when it begins.
func (s *session) build(f *flow.Func, kind *ast.FuncType, block *ast.BlockStmt, first bool) *flow.Block {
	b := &builder{session: s, fn: f, kind: kind}
	entry := &flow.Block{}
	b.cur = entry
	if first {
		b.set(s.answered, literal(`"nothing"`))
		b.prepareLocks()
	}
	b.namedResults()
	b.prepareDefers(block)
	s.noteBranchEnds(kind, block)
	b.block(block)
	if b.cur != nil {
		b.leave(b.bareResult(), f.EndsAt, true)
	}
	return entry
}

// variable is the place of a variable or, for a path such as `r.Method`, of its text.
func (s *session) variable(key any, name string) *flow.Var {
	if key == nil || key == types.Object(nil) {
		return &flow.Var{Name: name}
	}
	v := s.vars[key]
	if v == nil {
		v = &flow.Var{Name: name}
		s.vars[key] = v
		if p, ok := key.(path); ok {
			s.paths[p.root] = append(s.paths[p.root], v)
		}
	}
	return v
}

func literal(text string) flow.Operand {
	return flow.Operand{Value: flow.Value{Kind: flow.Constant, Text: text}}
}

func kindOf(k flow.Kind) flow.Operand { return flow.Operand{Value: flow.Value{Kind: k}} }
