package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"github.com/handlervet/handlervet/analyzers/flow"
	"golang.org/x/tools/go/analysis"
)

// Package is what is known of a type-checked package. It is found out when somebody asks: of most packages nobody does.
type Package struct {
	pass   *analysis.Pass
	once   sync.Once
	source *source
	finder *finder
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
	p := &Package{pass: pass}
	if mayAnswer(pass.Pkg) {
		exportFacts(pass, p.read())
	}
	return p, nil
}

// mayAnswer tells whether a package can hold helpers that write a response: it must import what declares one.
func mayAnswer(pkg *types.Package) bool {
	return pkg.Name() != "main" && slices.ContainsFunc(pkg.Imports(), func(in *types.Package) bool {
		return samePath(in.Path(), "net/http") || samePath(in.Path(), ginPath) || samePath(in.Path(), echoPath)
	})
}

func (p *Package) read() *source {
	p.once.Do(func() {
		pass := p.pass
		p.source = newSource(pass.Fset, pass.TypesInfo, pass.Pkg, pass.Files)
		p.source.elsewhere = func(fn *types.Func) *Writes {
			w := new(Writes)
			if fn == nil || !pass.ImportObjectFact(fn.Origin(), w) {
				return nil
			}
			return w
		}
		p.finder = &finder{source: p.source}
		p.finder.find()
	})
	return p.source
}

// Handlers are the functions of the package that a server or platform calls.
func (p *Package) Handlers() []*Handler {
	p.read()
	return p.finder.handlers
}

// Starts are the calls of the package that begin serving.
func (p *Package) Starts() []Start {
	p.read()
	return p.finder.starts
}

// Info is what the type checker says.
func (p *Package) Info() *types.Info { return p.pass.TypesInfo }

// Files are the files that somebody wrote by hand, without tests.
func (p *Package) Files() []*ast.File { return p.read().files }

// Range is the place of a node: the file by its name in the file set.
func (p *Package) Range(n ast.Node) flow.Range { return p.read().rangeOf(n) }

// Pos is the place of a byte of a file, NoPos if it is not one of the package.
func (p *Package) Pos(file string, offset int) token.Pos {
	for _, f := range p.pass.Files {
		if tf := p.pass.Fset.File(f.FileStart); tf.Name() == file && offset <= tf.Size() {
			return tf.Pos(offset)
		}
	}
	return token.NoPos
}
