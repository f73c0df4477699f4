package jsflow

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// localType is a type that a function declares.
type localType struct {
	name     string
	declared *jstype.Declared
}

// localTypes are the types that the statements of a function declare, those of functions inside it left out. A name that is
// declared twice is left out, too.
func (m *module) localTypes(fn *jsparse.Func) []localType {
	if !m.typescript() || fn.Body == nil || fn.ExprBody {
		return nil
	}
	sp := fn.Body.Span()
	if body := m.file.Text[sp.Start:min(sp.End, len(m.file.Text))]; !strings.Contains(body, "interface ") && !strings.Contains(body, "type ") {
		return nil
	}
	d := m.declared()
	d.mu.Lock()
	defer d.mu.Unlock()
	list, ok := d.locals[fn]
	if !ok {
		list = readLocalTypes(m.file, fn)
		if d.locals == nil {
			d.locals = map[*jsparse.Func][]localType{}
		}
		d.locals[fn] = list
	}
	return list
}

func readLocalTypes(f *jsparse.File, fn *jsparse.Func) []localType {
	var gaps [][2]int
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func, *jsparse.ClassExpr:
			return false
		case *jsparse.Block:
			sp := n.Span()
			gaps = append(gaps, between(n.Body, sp.Start+1, sp.End-1)...)
		}
		return true
	})
	var out []localType
	for name, d := range jstype.Declare(f.Text, gaps).Types {
		if !d.Again && !d.Class {
			out = append(out, localType{name, d})
		}
	}
	slices.SortFunc(out, func(a, b localType) int { return strings.Compare(a.name, b.name) })
	return out
}
