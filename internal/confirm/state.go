package confirm

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// stored is a list or table of the handler's file that its functions fill, "" if there is none. What other requests have left in it
// is not known: a run begins with what the module put there.
func (t *trial) stored() string {
	text, err := t.task.text(t.task.File)
	if err != nil {
		return ""
	}
	f, err := jsparse.Parse(t.task.File, []byte(text))
	if err != nil {
		return ""
	}
	tables := map[*jsparse.Symbol]bool{}
	for _, s := range f.Body {
		if d, ok := s.(*jsparse.VarDecl); ok {
			for _, one := range d.Decls {
				if name, ok := one.Target.(*jsparse.Name); ok && isTable(one.Init) {
					tables[name.Symbol] = true
				}
			}
		}
	}
	found := ""
	for _, s := range f.Body {
		if len(tables) == 0 || found != "" {
			break
		}
		jsparse.Walk(s, func(n jsparse.Node) bool {
			if fn, ok := n.(*jsparse.Func); ok {
				if x := filled(fn, tables); x != nil && found == "" {
					found = x.Symbol.Name
				}
				return false
			}
			return true
		})
	}
	return found
}

func isTable(x jsparse.Expr) bool {
	switch x := x.(type) {
	case *jsparse.Array, *jsparse.Object:
		return true
	case *jsparse.New:
		class, ok := x.Callee.(*jsparse.Ident)
		return ok && (class.Symbol.Name == "Map" || class.Symbol.Name == "Set")
	}
	return false
}

// filled is where a function puts something into one of some tables or takes something out, nil if it does not.
func filled(fn *jsparse.Func, tables map[*jsparse.Symbol]bool) *jsparse.Ident {
	var found *jsparse.Ident
	of := func(n jsparse.Node) {
		switch x := n.(type) {
		case *jsparse.Member:
			n = x.Object
		case *jsparse.Index:
			n = x.Object
		}
		if x, ok := n.(*jsparse.Ident); ok && tables[x.Symbol] {
			found = x
		}
	}
	fills := []string{"push", "unshift", "splice", "pop", "shift", "set", "add", "delete", "clear"}
	jsparse.Walk(fn, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Assign:
			of(n.Target)
		case *jsparse.Unary:
			if n.Op == "delete" {
				of(n.X)
			}
		case *jsparse.Call:
			if m, ok := n.Callee.(*jsparse.Member); ok && slices.Contains(fills, m.Name) {
				of(m)
			}
		}
		return found == nil
	})
	return found
}
