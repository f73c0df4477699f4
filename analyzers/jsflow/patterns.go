package jsflow

import "github.com/handlervet/handlervet/analyzers/jsparse"

// patternSymbols lists the names that a pattern binds or assigns.
func patternSymbols(p jsparse.Node) []*jsparse.Symbol {
	switch p := p.(type) {
	case *jsparse.Name:
		return []*jsparse.Symbol{p.Symbol}
	case *jsparse.Ident:
		return []*jsparse.Symbol{p.Symbol}
	case *jsparse.ArrayPattern:
		return itemSymbols(p.Items)
	case *jsparse.ObjectPattern:
		return itemSymbols(p.Items)
	}
	return nil
}

func itemSymbols(items []jsparse.PatternItem) []*jsparse.Symbol {
	var out []*jsparse.Symbol
	for _, it := range items {
		if it.Target != nil {
			out = append(out, patternSymbols(it.Target)...)
		}
	}
	return out
}

// pathTo is how to get from a pattern's value to one of its names.
func pathTo(p jsparse.Node, sym *jsparse.Symbol) ([]step, bool) {
	switch p := p.(type) {
	case *jsparse.Name:
		return nil, p.Symbol == sym
	case *jsparse.ObjectPattern:
		for _, it := range p.Items {
			if it.Target == nil {
				continue
			}
			if rest, ok := pathTo(it.Target, sym); ok {
				if it.Rest {
					return nil, true
				}
				return append([]step{{name: it.Key}}, rest...), true
			}
		}
	case *jsparse.ArrayPattern:
		for i, it := range p.Items {
			if it.Target == nil {
				continue
			}
			if rest, ok := pathTo(it.Target, sym); ok {
				return append([]step{nth(it, i)}, rest...), true
			}
		}
	}
	return nil, false
}
