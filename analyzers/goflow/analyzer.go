package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// Package is what is known of a type-checked package.
type Package struct {
	Handlers []*Handler
	Starts   []Start

	source *source
}

// Analyzer finds the handlers of a package. Its result is a *Package; it reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "goflow",
	Doc:        "find the handlers of serverless platforms and web servers",
	Run:        run,
	FactTypes:  []analysis.Fact{(*Writes)(nil)},
	ResultType: reflect.TypeFor[*Package](),
	// What comes from an import that cannot be loaded is unknown, as everything out of sight is.
	RunDespiteErrors: true,
}

func run(pass *analysis.Pass) (any, error) {
	s := newSource(pass.Fset, pass.TypesInfo, pass.Pkg, pass.Files)
	s.elsewhere = func(fn *types.Func) *Writes {
		w := new(Writes)
		if fn == nil || !pass.ImportObjectFact(fn.Origin(), w) {
			return nil
		}
		return w
	}
	exportFacts(pass, s)
	f := &finder{source: s}
	f.find()
	return &Package{Handlers: f.handlers, Starts: f.starts, source: f.source}, nil
}

// Info is what the type checker says.
func (p *Package) Info() *types.Info { return p.source.info }

// Files are the files that somebody wrote by hand, without tests.
func (p *Package) Files() []*ast.File { return p.source.files }

// Pos is the place of a byte of a file, NoPos if it is not one of the package.
func (p *Package) Pos(file string, offset int) token.Pos {
	for _, f := range p.source.all {
		if tf := p.source.fset.File(f.FileStart); tf.Name() == file && offset <= tf.Size() {
			return tf.Pos(offset)
		}
	}
	return token.NoPos
}
