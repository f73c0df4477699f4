// Package instrument is the second step of confirmation: it adds probes to the statements of a
// bundled script and hooks to its operators, so that unknown values can be decided where the
// program asks about them. Without unknown values, a script behaves the same with and without them.
package instrument

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// The hooks, in the order in which the compiled function takes them behind exports, require, module, __filename, __dirname
// and the registrar of private files.
const (
	Probe      = "$probe"      // (site): a statement is about to run; -1: a function or loop body begins
	Test       = "$test"       // (x): is x truthy? remembers x
	Last       = "$last"       // (): what the last $test was given
	Equal      = "$equal"      // (a, b, strict)
	Relate     = "$relate"     // (operator, a, b)
	TypeOf     = "$typeof"     // (x)
	TypeIs     = "$typeis"     // (x, name): typeof x === name
	Switch     = "$switch"     // (id, subject): true
	Case       = "$case"       // (id, value): subject === value
	In         = "$in"         // (key, object)
	InstanceOf = "$instanceof" // (x, constructor)
	Object     = "$object"     // (object): what a computed member is read from
	Key        = "$key"        // (key): the member's name
	Into       = "$into"       // (key): the name of a member that is written
	Add        = "$add"        // (a, b)
	Exec       = "$exec"       // (x, argument): x.exec(argument); patched on the prototype, it would make every pattern slow
	Interop    = "$interop"    // (helper, module, …): esbuild's helpers that copy modules
)

// Hooks lists the hooks in order.
func Hooks() []string {
	return []string{Probe, Test, Last, Equal, Relate, TypeOf, TypeIs, Switch, Case, In, InstanceOf, Object, Key, Into, Add, Exec, Interop}
}

// Place is a position in the user's code: line and column from 1, columns in UTF-16 units. It is zero if there is none.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Before tells whether p lies before q in the same file.
func (p Place) Before(q Place) bool {
	return p.File == q.File && (p.Line < q.Line || p.Line == q.Line && p.Column < q.Column)
}

// Span is a stretch of a file, end exclusive.
type Span struct{ Start, End Place }

// Contains tells whether p lies in the span.
func (s Span) Contains(p Place) bool {
	return p.File == s.Start.File && !p.Before(s.Start) && p.Before(s.End)
}

// Try is a try statement that catches.
type Try struct{ Body, Catch Span }

// Script is a compiled script: run it to get the function that defines the module.
type Script struct {
	Program *goja.Program
	Sites   []Span // of the probes, by number
	Tries   []Try
	// Cases are the sites that are cases of a switch.
	Cases map[int]bool
}

// Around is the smallest site around another, -1 if there is none.
func (s *Script) Around(site int) int {
	inner, best := s.Sites[site], -1
	for i, outer := range s.Sites {
		if i == site || s.Cases[i] || !outer.holds(inner) {
			continue
		}
		if best < 0 || s.Sites[best].holds(outer) {
			best = i
		}
	}
	return best
}

// CasesBefore are the cases of a switch from the first to a given one.
func (s *Script) CasesBefore(site int) []int {
	around := s.Around(site)
	if around < 0 {
		return nil
	}
	var out []int
	for i := range s.Cases {
		if s.Sites[around].holds(s.Sites[i]) && !s.Sites[site].Start.Before(s.Sites[i].Start) {
			out = append(out, i)
		}
	}
	return out
}

// holds tells whether a span lies within another.
func (s Span) holds(inner Span) bool {
	return s.Start.File == inner.Start.File && !inner.Start.Before(s.Start) && !s.End.Before(inner.End)
}

// name is what goja calls the script; positions that the source map does not know carry it.
const name = "/handlervet-bundle.js"

// Compile instruments a bundle. The bundle's source map is the last thing in it.
func Compile(code, registrar string) (*Script, error) { return compile(code, registrar, true) }

func compile(code, registrar string, hooked bool) (script *Script, err error) {
	defer func() {
		if r := recover(); r != nil { // goja's tree has corners in which positions are missing
			script, err = nil, fmt.Errorf("the sandbox cannot instrument it: %v", r)
		}
	}()
	code, sourceMap := cutMap(code)
	params := append([]string{"exports", "require", "module", "__filename", "__dirname", registrar}, Hooks()...)
	text := "(function(" + strings.Join(params, ",") + "){" + code + "\n})\n" + sourceMap
	program, err := goja.Parse(name, text, parser.WithSourceMapLoader(nothing))
	if err != nil {
		return nil, fmt.Errorf("the sandbox cannot parse it: %w", err)
	}
	w := &walker{positions: program.File, cases: map[int]bool{}}
	if hooked {
		w.module(program)
	}
	compiled, err := goja.CompileAST(program, false)
	if err != nil {
		return nil, fmt.Errorf("the sandbox cannot compile it: %w", err)
	}
	return &Script{Program: compiled, Sites: w.sites, Tries: w.tries, Cases: w.cases}, nil
}

func nothing(string) ([]byte, error) { return nil, nil }

const mapPrefix = "//# sourceMappingURL="

func cutMap(code string) (text, sourceMap string) {
	code = strings.TrimSuffix(code, "\n")
	if strings.HasPrefix(code, "#!") {
		code = "//" + code[2:]
	}
	i := strings.LastIndex(code, "\n"+mapPrefix)
	if i < 0 || strings.Contains(code[i+1:], "\n") {
		return code, ""
	}
	return code[:i], code[i+1:]
}

// PlaceOf is a position of goja's as the user knows it; zero if it is not the user's code.
func PlaceOf(p file.Position) Place {
	if p.Filename == "" || p.Filename == name || !strings.HasPrefix(p.Filename, "/") || p.Line == 0 {
		return Place{}
	}
	file := strings.TrimPrefix(p.Filename, "/")
	if plain, err := url.PathUnescape(file); err == nil {
		file = plain
	}
	if file == "handlervet-entry" {
		return Place{}
	}
	return Place{File: file, Line: p.Line, Column: p.Column + 1}
}

// walker rewrites a tree.
type walker struct {
	positions *file.File
	sites     []Span
	tries     []Try
	switches  int
	cases     map[int]bool
}

func (w *walker) module(p *ast.Program) {
	for _, s := range p.Body {
		statement, ok := s.(*ast.ExpressionStatement)
		if !ok {
			continue
		}
		if f, ok := statement.Expression.(*ast.FunctionLiteral); ok {
			f.Body.List = w.statements(f.Body.List)
		}
	}
}

func (w *walker) place(idx file.Idx) Place {
	return PlaceOf(w.positions.Position(int(idx) - w.positions.Base()))
}

// site numbers what begins and ends at two positions; -1 if it is not the user's code. Where it ends is known up to a token.
func (w *walker) site(start, end file.Idx) int {
	s := Span{w.place(start), w.place(end)}
	if s.Start.Line == 0 {
		return -1
	}
	if s.End.File != s.Start.File || s.End.Before(s.Start) {
		s.End = s.Start
	}
	w.sites = append(w.sites, s)
	return len(w.sites) - 1
}

// SiteAt is the innermost site around a place, -1 if there is none.
func (s *Script) SiteAt(p Place) int {
	best := -1
	for i, site := range s.Sites {
		if site.Start.File != p.File || p.Before(site.Start) || site.End.Before(p) {
			continue
		}
		if best < 0 || !site.Start.Before(s.Sites[best].Start) {
			best = i
		}
	}
	return best
}
