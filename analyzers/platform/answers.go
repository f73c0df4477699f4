package platform

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// largeAnswer is from how many bytes on an answer is noted: no platform's limit is lower.
const largeAnswer = 1 << 20

// answersOf collects the large constants that a function answers with.
func answersOf(sh shape, c *Contract) []Answer {
	if sh.fn == nil || sh.opaque || sh.in == nil {
		return nil
	}
	a := &answerReader{file: sh.in.path, contract: c, roles: map[*jsparse.Symbol]Role{}, sizes: map[*jsparse.Symbol]int{}}
	for i, p := range sh.fn.Params {
		if n, ok := p.Target.(*jsparse.Name); ok && i < len(c.Args) {
			a.roles[n.Symbol] = c.Args[i]
		}
	}
	jsparse.Walk(sh.fn.Body, a.visit)
	if c.Protocol.Mode == flow.ReturnValue {
		jsparse.Walk(sh.fn.Body, a.returned)
	}
	return a.found
}

// buildsLarge is a look at the text: can there be a large constant?
func buildsLarge(text []byte) bool {
	return len(text) >= largeAnswer || has(text, ".repeat(") || has(text, "Buffer.alloc(")
}

type answerReader struct {
	file     string
	contract *Contract
	roles    map[*jsparse.Symbol]Role
	sizes    map[*jsparse.Symbol]int // of constants, in bytes
	found    []Answer
}

// visit notes what answering calls are given.
func (a *answerReader) visit(n jsparse.Node) bool {
	switch n := n.(type) {
	case *jsparse.Declarator:
		if name, ok := n.Target.(*jsparse.Name); ok && name.Symbol.Kind == jsparse.Const {
			a.sizes[name.Symbol] = a.size(n.Init)
		}
	case *jsparse.Call:
		if a.answers(n.Callee) {
			for _, arg := range n.Args {
				a.note(arg)
			}
		}
	}
	return true
}

// returned notes what the handler itself returns, not the functions in it.
func (a *answerReader) returned(n jsparse.Node) bool {
	switch n := n.(type) {
	case *jsparse.Func:
		return false
	case *jsparse.Return:
		a.note(n.X)
	}
	return true
}

func (a *answerReader) note(x jsparse.Expr) {
	if n := a.size(x); n >= largeAnswer {
		at := x.Span()
		a.found = append(a.found, Answer{Bytes: n, Range: flow.Range{File: a.file, Start: at.Start, End: at.End}})
	}
}

// answers tells whether calling something answers: the callback, or a method of the responder, also behind `res.status(200)`.
func (a *answerReader) answers(callee jsparse.Expr) bool {
	if id, ok := callee.(*jsparse.Ident); ok {
		role, known := a.roles[id.Symbol]
		return known && role == RoleCallback
	}
	member, ok := callee.(*jsparse.Member)
	if !ok || !slices.Contains(a.contract.ResponderMethods, member.Name) {
		return false
	}
	for x := member.Object; ; {
		switch of := x.(type) {
		case *jsparse.Call:
			x = of.Callee
		case *jsparse.Member:
			x = of.Object
		case *jsparse.Ident:
			return a.roles[of.Symbol] == RoleResponder
		default:
			return false
		}
	}
}

// size is how many bytes a value has at least; what is not known counts nothing.
func (a *answerReader) size(x jsparse.Expr) int {
	total := 0
	switch x := x.(type) {
	case *jsparse.Literal:
		if x.Kind == jsparse.String {
			total = len(x.Value)
		}
	case *jsparse.Template:
		for _, s := range x.Strings {
			total += len(s)
		}
		for _, p := range x.Parts {
			total += a.size(p)
		}
	case *jsparse.Ident:
		total = a.sizes[x.Symbol]
	case *jsparse.Binary:
		if x.Op == "+" {
			total = a.size(x.Left) + a.size(x.Right)
		}
	case *jsparse.Array:
		for _, item := range x.Items {
			total += a.size(item)
		}
	case *jsparse.Object:
		for _, p := range x.Props {
			total += a.size(p.Value)
		}
	case *jsparse.Call:
		total = a.built(x)
	}
	return min(total, math.MaxInt32)
}

// built is what `'x'.repeat(n)`, `Buffer.alloc(n)` and `JSON.stringify(x)` make.
func (a *answerReader) built(call *jsparse.Call) int {
	member, ok := call.Callee.(*jsparse.Member)
	if !ok || len(call.Args) == 0 {
		return 0
	}
	on, _ := member.Object.(*jsparse.Ident)
	switch {
	case member.Name == "repeat":
		return bounded(float64(a.size(member.Object)) * count(call.Args[0]))
	case on != nil && on.Symbol.Name == "Buffer" && member.Name == "alloc":
		return bounded(count(call.Args[0]))
	case on != nil && on.Symbol.Name == "JSON" && member.Name == "stringify":
		return a.size(call.Args[0])
	}
	return 0
}

// bounded keeps sums of sizes from running over.
func bounded(n float64) int {
	if math.IsNaN(n) {
		return 0
	}
	return int(min(n, math.MaxInt32))
}

// count is a constant number, products of such included; 0 if it is none.
func count(x jsparse.Expr) float64 {
	switch x := x.(type) {
	case *jsparse.Literal:
		n, err := strconv.ParseFloat(strings.ReplaceAll(x.Value, "_", ""), 64)
		if err == nil && x.Kind == jsparse.Number && n > 0 {
			return n
		}
	case *jsparse.Binary:
		if x.Op == "*" {
			return count(x.Left) * count(x.Right)
		}
	}
	return 0
}
