package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// lambda stands in for the SDK.
const lambda = "package lambda\n\nfunc Start(handler any) {}\n"

// project is a module made of test data.
type project struct {
	dir      string
	expected map[string]int // reports by `file:line`, or by file
	samples  int
	nameless int
	handlers map[string][]string // functions by folder
	names    map[string]string   // of packages, by folder
}

// takeFile copies a file into a folder of its package's own.
func (p *project) takeFile(file string, s *suite) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	name := "of_" + filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)
	for i, line := range strings.Split(string(text), "\n") {
		if !strings.Contains(line, s.marks) || strings.Contains(line, s.marks+" package:") {
			continue
		}
		at := i + 1
		if s.before {
			at++
		}
		p.expected[fmt.Sprintf("%s:%d", name, at)]++
	}
	if s.context {
		text = bytes.ReplaceAll(bytes.Replace(text, []byte("import ("), []byte("import ( given \"context\""), 1), []byte("func _()"), []byte("func _(atHand given.Context)"))
	}
	return p.add(name, string(text))
}

// takeSamples makes a package of each text in a list of them.
func (p *project) takeSamples(file string) error {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || len(lit.Elts) < 2 || err != nil {
			return err == nil
		}
		texts, isList := lit.Elts[0].(*ast.CompositeLit)
		count, isCount := lit.Elts[1].(*ast.BasicLit)
		if !isList || !isCount || len(texts.Elts) != 1 {
			return true
		}
		if code, ok := texts.Elts[0].(*ast.BasicLit); ok {
			err = p.takeSample(code.Value, count.Value)
		}
		return false
	})
	return err
}

func (p *project) takeSample(literal, count string) error {
	text, err := strconv.Unquote(literal)
	if err != nil {
		return err
	}
	p.samples++
	name := fmt.Sprintf("sample%d/a.go", p.samples)
	if n, err := strconv.Atoi(count); err == nil && n > 0 {
		p.expected[name] = n
	}
	return p.add(name, text)
}

// add writes a file and notes its functions. Those without a name are given one, in as many lines as before.
func (p *project) add(name, text string) error {
	for strings.Contains(text, "func _(") {
		p.nameless++
		text = strings.Replace(text, "func _(", fmt.Sprintf("func nameless%d(", p.nameless), 1)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	dir := filepath.Dir(name)
	if p.handlers == nil {
		p.handlers, p.names = map[string][]string{}, map[string]string{}
	}
	p.names[dir] = parsed.Name.Name
	for _, d := range parsed.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if ok && fn.Recv == nil && fn.Type.TypeParams == nil && fn.Name.Name != "main" && fn.Name.Name != "init" {
			p.handlers[dir] = append(p.handlers[dir], registered(fn))
		}
	}
	return p.write(name, text)
}

// registered is the statement that makes a handler of a function: Lambda's, or, of a helper that is given a response, a web server's.
func registered(fn *ast.FuncDecl) string {
	call, answers := fn.Name.Name+"(", false
	for _, field := range fn.Type.Params.List {
		for range max(len(field.Names), 1) {
			switch kind := types.ExprString(field.Type); kind {
			case "http.ResponseWriter":
				call, answers = call+"w, ", true
			case "*http.Request":
				return "lambda.Start(" + fn.Name.Name + ")"
			default:
				call += "given.(" + kind + "), "
			}
		}
	}
	if !answers {
		return "lambda.Start(" + fn.Name.Name + ")"
	}
	return "_ = func(w http.ResponseWriter, r *http.Request) { " + call + ") }"
}

// finish makes handlers of all functions.
func (p *project) finish() error {
	for dir, name := range p.names {
		text := "package " + name + "\n\nimport (\n\t\"net/http\"\n\n\t\"github.com/aws/aws-lambda-go/lambda\"\n)\n\nvar given any\n\nvar _ http.Handler\n\nvar _ = lambda.Start\n\nfunc init() {\n"
		for _, fn := range p.handlers[dir] {
			text += "\t" + fn + "\n"
		}
		if err := p.write(dir+"/handlers.go", text+"}\n"); err != nil {
			return err
		}
	}
	const mod = "module example.com/peers\n\ngo 1.25\n\nrequire github.com/aws/aws-lambda-go v1.0.0\n\nreplace github.com/aws/aws-lambda-go => ./sdk\n"
	for file, text := range map[string]string{"go.mod": mod, "sdk/go.mod": "module github.com/aws/aws-lambda-go\n", "sdk/lambda/lambda.go": lambda} {
		if err := p.write(file, text); err != nil {
			return err
		}
	}
	return nil
}

func (p *project) write(name, text string) error {
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
