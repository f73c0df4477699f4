package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// callee is the member of a package (or a global, with an empty pkg) that an expression names.
// Calls on the way stand as `()`: `region().https.onRequest`.
type callee struct {
	pkg, name string
	known     bool
}

// callee names what x is, as far as imports and globals tell.
func (s *source) callee(x jsparse.Expr) callee {
	switch x := x.(type) {
	case *jsparse.Require:
		return callee{pkg: x.Path, known: true}
	case *jsparse.Ident:
		return s.identCallee(x.Symbol, 0)
	case *jsparse.Member:
		c := s.callee(x.Object)
		c.name = dotted(c.name, x.Name)
		return c
	case *jsparse.Call:
		c := s.callee(x.Callee)
		c.name += "()"
		return c
	case *jsparse.New:
		c := s.callee(x.Callee)
		c.name += "()"
		return c
	}
	return callee{}
}

func (s *source) identCallee(sym *jsparse.Symbol, depth int) callee {
	if in, ok := s.imports[sym]; ok {
		return callee{in.path, strings.TrimPrefix(strings.TrimPrefix(in.name, "default"), "."), true}
	}
	if sym.Kind == jsparse.Unbound {
		if sym.Name == "globalThis" || sym.Name == "global" { // its properties are the globals
			return callee{"", "", true}
		}
		return callee{"", sym.Name, true}
	}
	b := s.bound[sym]
	if b.expr == nil || depth > maxFollow {
		return callee{}
	}
	if again, ok := b.expr.(*jsparse.Ident); ok {
		return s.identCallee(again.Symbol, depth+1)
	}
	switch b.expr.(type) {
	case *jsparse.Member, *jsparse.Call, *jsparse.New, *jsparse.Require:
		return s.calleeOnce(b.expr, depth+1)
	}
	return callee{}
}

// calleeOnce is callee for the value of a name; depth keeps names that stand for each other from going round.
func (s *source) calleeOnce(x jsparse.Expr, depth int) callee {
	switch x := x.(type) {
	case *jsparse.Ident:
		return s.identCallee(x.Symbol, depth)
	case *jsparse.Member:
		c := s.calleeOnce(x.Object, depth)
		c.name = dotted(c.name, x.Name)
		return c
	case *jsparse.Call:
		c := s.calleeOnce(x.Callee, depth)
		c.name += "()"
		return c
	case *jsparse.New:
		c := s.calleeOnce(x.Callee, depth)
		c.name += "()"
		return c
	case *jsparse.Require:
		return callee{pkg: x.Path, known: true}
	}
	return callee{}
}
