package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

// Trap is something in a file of Vercel's that keeps its handler from being served.
type Trap struct {
	Pos, End token.Pos
	What     string // what happens
	Help     string
}

// VercelTraps lists what Vercel's builder stumbles over in files under api/.
//
// Source: vercel/vercel, packages/go (src/index.ts: "Please change `package main` to `package handler`"; analyze.go looks for
// the texts `http.ResponseWriter` and `*http.Request`).
func (p *Package) VercelTraps() []Trap {
	var list []Trap
	for _, file := range p.read().files {
		if !p.read().servedByVercel(file.Package) {
			continue
		}
		fn := p.read().firstHandler(file)
		switch {
		case fn == nil:
		case file.Name.Name == "main":
			list = append(list, Trap{
				file.Name.Pos(), file.Name.End(), "Vercel does not build a function of package main in a module", "change it to `package handler`",
			})
		case !spelledOut(fn.Type):
			list = append(list, Trap{
				fn.Name.Pos(), fn.Name.End(),
				"Vercel does not find this handler: it looks for the words `http.ResponseWriter` and `*http.Request`",
				"import net/http without another name",
			})
		}
	}
	return list
}

// servedByVercel tells whether a file lies under api/, with vercel.json beside that.
func (s *source) servedByVercel(pos token.Pos) bool {
	file := filepath.ToSlash(s.fset.Position(pos).Filename)
	i := strings.LastIndex(file, "/api/")
	if i < 0 {
		return false
	}
	_, err := os.Stat(filepath.FromSlash(file[:i] + "/vercel.json"))
	return err == nil
}

// firstHandler is the first exported function with the parameters of a web handler.
func (s *source) firstHandler(file *ast.File) *ast.FuncDecl {
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || !fn.Name.IsExported() {
			continue
		}
		sig := s.signature(fn)
		if sig != nil && sig.Params().Len() == 2 && isResponse(sig.Params().At(0).Type()) && IsNamed(sig.Params().At(1).Type(), "net/http", "Request") {
			return fn
		}
	}
	return nil
}

func spelledOut(kind *ast.FuncType) bool {
	text := types.ExprString(kind)
	return strings.Contains(text, "http.ResponseWriter") && strings.Contains(text, "*http.Request")
}
