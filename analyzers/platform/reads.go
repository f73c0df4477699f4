package platform

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// readsOf collects what a function does with the arguments of its platform, aliases such as `const method = req.method` included.
func readsOf(sh shape) []Read {
	if sh.fn == nil || sh.opaque || sh.in == nil {
		return nil
	}
	r := &argReader{file: sh.in.path, known: map[*jsparse.Symbol]Read{}, seen: map[jsparse.Node]bool{}}
	for i, p := range sh.fn.Params {
		if n, ok := p.Target.(*jsparse.Name); ok {
			r.known[n.Symbol] = Read{Arg: i}
		}
	}
	jsparse.Walk(sh.fn.Body, r.visit)
	return r.reads
}

type argReader struct {
	file  string
	known map[*jsparse.Symbol]Read // what a variable stands for
	seen  map[jsparse.Node]bool    // said already, as part of something larger
	reads []Read
}

func (r *argReader) visit(n jsparse.Node) bool {
	switch n := n.(type) {
	case *jsparse.Declarator:
		r.declare(n)
	case *jsparse.Binary:
		if n.Op == "===" || n.Op == "==" {
			r.compare(n.Left, n.Right, n.Span())
			r.compare(n.Right, n.Left, n.Span())
		}
	case *jsparse.Switch:
		for _, c := range n.Cases {
			if c.Test != nil {
				r.compare(n.Subject, c.Test, c.Test.Span())
			}
		}
	case *jsparse.Call:
		r.say(n.Callee, Called)
	case *jsparse.Assign:
		if x, ok := n.Target.(jsparse.Expr); ok {
			r.say(x, Assigned)
		}
	case *jsparse.Member:
		r.say(n, Looked)
	}
	return true
}

// declare notes what `const m = req.method` and `const { method } = event.request` stand for. A variable that may change is none.
func (r *argReader) declare(d *jsparse.Declarator) {
	of, ok := r.chain(d.Init)
	if !ok {
		return
	}
	switch target := d.Target.(type) {
	case *jsparse.Name:
		if target.Symbol.Kind == jsparse.Const {
			r.known[target.Symbol] = of
		}
	case *jsparse.ObjectPattern:
		for _, item := range target.Items {
			if n, ok := item.Target.(*jsparse.Name); ok && item.Key != "" && item.Default == nil && n.Symbol.Kind == jsparse.Const {
				r.known[n.Symbol] = member(of, item.Key)
			}
		}
	}
}

func member(r Read, name string) Read {
	r.Path = strings.TrimPrefix(r.Path+"."+name, ".")
	return r
}

// deepest is how many names in a row are followed: no platform passes anything that lies deeper.
const deepest = 16

// chain is the property of an argument that an expression names.
func (r *argReader) chain(x jsparse.Expr) (Read, bool) {
	var names []string
	for len(names) <= deepest {
		switch at := x.(type) {
		case *jsparse.Ident:
			of, ok := r.known[at.Symbol]
			for _, name := range slices.Backward(names) {
				of = member(of, name)
			}
			return of, ok
		case *jsparse.Member:
			names = append(names, at.Name)
			x = at.Object
		default:
			return Read{}, false
		}
	}
	return Read{}, false
}

// compare notes that a property is held against a constant.
func (r *argReader) compare(x, constant jsparse.Expr, at jsparse.Span) {
	of, ok := r.chain(x)
	lit, isLiteral := constant.(*jsparse.Literal)
	if !ok || of.Path == "" || !isLiteral || lit.Kind != jsparse.String {
		return
	}
	r.seen[x] = true
	of.Equals, of.Use, of.Range = lit.Value, Compared, flow.Range{File: r.file, Start: at.Start, End: at.End}
	r.reads = append(r.reads, of)
}

// say notes a use of a property, unless something around it was noted.
func (r *argReader) say(x jsparse.Expr, use Use) {
	member, isMember := x.(*jsparse.Member)
	if !isMember || r.seen[x] {
		return
	}
	if of, ok := r.chain(x); ok {
		r.seen[x] = true
		of.Use, of.Range = use, flow.Range{File: r.file, Start: member.Span().Start, End: member.Span().End}
		r.reads = append(r.reads, of)
	}
}
