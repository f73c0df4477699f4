package jsparse

import shim "github.com/evanw/esbuild/shim"

// symbol finds the one Symbol for a reference, whatever esbuild linked it to.
func (c *converter) symbol(ref shim.Ref) *Symbol {
	if ref == shim.InvalidRef() || int(ref.InnerIndex) >= len(c.symbols) {
		return &Symbol{Kind: Other}
	}
	i := ref.InnerIndex
	for c.tree.Symbols[i].Link != shim.InvalidRef() {
		i = c.tree.Symbols[i].Link.InnerIndex
	}
	if c.symbols[i] == nil {
		c.symbols[i] = c.newSymbol(i)
	}
	return c.symbols[i]
}

func (c *converter) newSymbol(i uint32) *Symbol {
	s := &c.tree.Symbols[i]
	// esbuild declares CommonJS's own names in every file that is not an ES
	// module. For us they are globals, like `console`.
	own := i == c.tree.ModuleRef.InnerIndex || i == c.tree.ExportsRef.InnerIndex
	if own || s.Kind == shim.SymbolUnbound {
		return c.global(s.OriginalName)
	}
	c.store[i] = Symbol{Name: s.OriginalName, Kind: symbolKind(s.Kind)}
	return &c.store[i]
}

// global is the symbol of a name that nothing in the file declares.
func (c *converter) global(name string) *Symbol {
	s := c.unbound[name]
	if s == nil {
		s = &Symbol{Name: name}
		c.unbound[name] = s
	}
	return s
}

// symbolKind is a first guess, which the declaration puts right when it is met.
func symbolKind(k shim.SymbolKind) SymbolKind {
	switch k {
	case shim.SymbolHoisted:
		return Var
	case shim.SymbolHoistedFn, shim.SymbolAsyncFn:
		return Function
	case shim.SymbolCatch:
		return CatchParam
	case shim.SymbolClass:
		return Class
	case shim.SymbolImport:
		return Import
	case shim.SymbolConst:
		return Const
	}
	return Other
}

// declare notes what declared a symbol. A `var` that repeats a parameter or a
// function declares nothing new.
func (c *converter) declare(ref shim.Ref, kind SymbolKind) *Symbol {
	s := c.symbol(ref)
	switch {
	case c.unbound[s.Name] == s:
	case kind == Var && s.Kind != Other && s.Kind != Var:
	default:
		s.Kind = kind
	}
	return s
}

// unify joins the two symbols that esbuild makes of a function declared in a
// block of a sloppy script: one for the block, one for the function around it.
func (c *converter) unify(file *File) {
	if len(c.merged) == 0 {
		return
	}
	join := func(s **Symbol) {
		if to := c.merged[*s]; to != nil {
			*s = to
		}
	}
	for _, stmt := range file.Body {
		Walk(stmt, func(n Node) bool {
			switch n := n.(type) {
			case *Ident:
				join(&n.Symbol)
			case *Name:
				join(&n.Symbol)
			case *Func:
				join(&n.Name)
			case *ExportNames:
				for i := range n.Names {
					join(&n.Names[i].Local)
				}
			}
			return true
		})
	}
}
