package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// vercelTraps lists what Vercel's builder stumbles over in files under api/.
//
// Source: vercel/vercel, packages/go (src/index.ts: "Please change `package main` to `package handler`"; analyze.go looks for
// the texts `http.ResponseWriter` and `*http.Request`).
func (p *Package) vercelTraps() []*contract.Handler {
	var list []*contract.Handler
	trap := func(at ast.Node, what, help string) {
		list = append(list, &contract.Handler{Contract: vercelGo, Refused: &contract.Refusal{What: what, Help: help, Range: p.source.rangeOf(at)}})
	}
	for _, file := range p.source.files {
		if !p.source.servedByVercel(file.Package) {
			continue
		}
		fn := p.source.firstHandler(file)
		switch {
		case fn == nil:
		case file.Name.Name == "main":
			trap(file.Name, "Vercel does not build a function of package main in a module", "change it to `package handler`")
		case !spelledOut(fn.Type):
			trap(fn.Name, "Vercel does not find this handler: it looks for the words `http.ResponseWriter` and `*http.Request`",
				"import net/http without another name")
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
