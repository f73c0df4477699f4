package goflow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// source is a type-checked package with what is asked of it again and again.
type source struct {
	fset  *token.FileSet
	info  *types.Info
	pkg   *types.Package
	files []*ast.File // without tests and generated files
	all   []*ast.File
	decls map[*types.Func]*ast.FuncDecl
	// literals are the variables that hold one function literal and nothing else.
	literals map[types.Object]*ast.FuncLit
	// receivers are the variables that methods have for what they are called on.
	receivers map[*types.Var]bool
	// shared is how channels and wait groups are used.
	sharingOnce sync.Once
	shared      *sharing
	// locked are the mutexes that the package locks.
	mutexOnce sync.Once
	locked    []mutex
	// elsewhere tells what a function of another package writes, nil if that is not known.
	elsewhere func(*types.Func) *Writes
}

func newSource(fset *token.FileSet, info *types.Info, pkg *types.Package, files []*ast.File) *source {
	s := &source{
		fset: fset, info: info, pkg: pkg, all: files,
		decls: map[*types.Func]*ast.FuncDecl{}, literals: map[types.Object]*ast.FuncLit{},
		receivers: map[*types.Var]bool{},
	}
	for _, f := range files {
		if !ast.IsGenerated(f) && !strings.HasSuffix(fset.Position(f.FileStart).Filename, "_test.go") {
			s.files = append(s.files, f)
		}
	}
	assigned := map[types.Object]int{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			s.note(n, assigned)
			return true
		})
	}
	for v, times := range assigned {
		if times > 1 {
			delete(s.literals, v)
		}
	}
	return s
}

// note remembers declarations and the literals that variables are given.
func (s *source) note(n ast.Node, assigned map[types.Object]int) {
	switch x := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := s.info.Defs[x.Name].(*types.Func); ok && x.Body != nil {
			s.decls[fn] = x
			if r := fn.Signature().Recv(); r != nil {
				s.receivers[r] = true
			}
		}
	case *ast.AssignStmt:
		for i, left := range x.Lhs {
			if len(x.Lhs) == len(x.Rhs) {
				s.given(left, x.Rhs[i], assigned)
			}
		}
	case *ast.ValueSpec:
		for i, name := range x.Names {
			if i < len(x.Values) && len(x.Values) == len(x.Names) {
				s.given(name, x.Values[i], assigned)
			}
		}
	}
}

func (s *source) given(left, right ast.Expr, assigned map[types.Object]int) {
	id, ok := left.(*ast.Ident)
	if !ok {
		return
	}
	v := s.info.ObjectOf(id)
	if v == nil {
		return
	}
	assigned[v]++
	if lit, ok := ast.Unparen(right).(*ast.FuncLit); ok {
		s.literals[v] = lit
	}
}

// decl is the declaration of a function of this package; a generic function's is that of its origin.
func (s *source) decl(fn *types.Func) ast.Node {
	if d := s.decls[fn.Origin()]; d != nil {
		return d
	}
	return nil
}

func (s *source) signature(n ast.Node) *types.Signature {
	switch x := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := s.info.Defs[x.Name].(*types.Func); ok {
			return fn.Signature()
		}
	case *ast.FuncLit:
		if t := s.info.TypeOf(x); t != nil {
			sig, _ := t.Underlying().(*types.Signature)
			return sig
		}
	}
	return nil
}

func body(n ast.Node) (*ast.FuncType, *ast.BlockStmt) {
	switch x := n.(type) {
	case *ast.FuncDecl:
		return x.Type, x.Body
	case *ast.FuncLit:
		return x.Type, x.Body
	}
	return nil, nil
}

// nameOf is what a person would call a function.
func (s *source) nameOf(n ast.Node) string {
	d, ok := n.(*ast.FuncDecl)
	if !ok {
		return fmt.Sprintf("function literal in line %d", s.fset.Position(n.Pos()).Line)
	}
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	return strings.TrimLeft(types.ExprString(d.Recv.List[0].Type), "*") + "." + d.Name.Name
}

// rangeOf is the place of a node: the file by its name in the file set.
func (s *source) rangeOf(n ast.Node) flow.Range { return s.span(n.Pos(), n.End()) }

func (s *source) span(from, to token.Pos) flow.Range {
	f := s.fset.File(from)
	if f == nil {
		return flow.Range{}
	}
	end := f.Size()
	if to.IsValid() && int(to) <= f.Base()+f.Size() {
		end = f.Offset(to)
	}
	return flow.Range{File: f.Name(), Start: f.Offset(from), End: max(end, f.Offset(from))}
}

// maxText is how much of an expression is shown, in bytes.
const maxText = 60

// show is an expression as the user would recognise it.
func show(e ast.Expr) string {
	text := types.ExprString(e)
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText-3], "") + "…"
	}
	return text
}
