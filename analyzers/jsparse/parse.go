package jsparse

import (
	"fmt"
	"path"
	"strings"

	shim "github.com/evanw/esbuild/shim"
)

// Parse reads one file. What kind of file it is, the extension says; names
// without a known extension are read as JavaScript. The error is a *SyntaxError.
func Parse(name string, text []byte) (file *File, err error) {
	source := string(text)
	defer recovered(name, source, &err)
	tree, problem := run(name, source)
	if problem != nil {
		return nil, problem
	}
	return convert(name, source, &tree), nil
}

// Bare runs the parser alone, without conversion, and says whether the file
// could be parsed. It is what the cost of everything else is measured against.
func Bare(name string, text []byte) bool {
	var err error
	func() {
		defer recovered(name, "", &err)
		_, problem := run(name, string(text))
		if problem != nil {
			err = problem
		}
	}()
	return err == nil
}

// recovered turns a panic below into an internal error of the file: one
// strange file must not end the run over all the others.
func recovered(name, text string, err *error) {
	if r := recover(); r != nil {
		*err = &SyntaxError{
			Path: name, Span: Span{0, min(1, len(text))},
			Message: fmt.Sprintf("the parser failed: %v", r), Internal: true,
		}
	}
}

// run calls esbuild's parser and picks the first error that counts.
func run(name, text string) (shim.AST, *SyntaxError) {
	if problem := tooDeep(name, text); problem != nil {
		return shim.AST{}, problem
	}
	var first *shim.Msg
	log := shim.Log{
		AddMsg: func(m shim.Msg) {
			if first == nil && m.Kind == shim.Error && !harmless(name, m.Data.Text) {
				first = &m
			}
		},
		HasErrors: func() bool { return first != nil },
		Peek:      func() []shim.Msg { return nil },
		Done:      func() []shim.Msg { return nil },
	}
	tree, ok := shim.Parse(log, shim.Source{
		// A path below node_modules keeps esbuild from working out warnings
		// about odd code, which nobody here would read.
		KeyPath:        shim.Path{Text: "/node_modules/" + path.Base(name)},
		IdentifierName: "file",
		Contents:       withoutHashbangAfterBOM(text),
	}, options(name))
	switch {
	case first != nil:
		return tree, syntaxError(name, text, first)
	case !ok:
		return tree, &SyntaxError{Path: name, Message: "cannot be parsed"}
	}
	return tree, nil
}

// options asks for a tree that is as near to the text as esbuild can give it:
// nothing lowered, nothing minified, JSX kept, imports and requires recorded.
func options(name string) *shim.Options {
	o := &shim.Options{
		Mode:         shim.ModeConvertFormat,
		OutputFormat: shim.FormatESModule,
		Defines:      &shim.ProcessedDefines{},
		// Otherwise helpers that esbuild would print are imported by the tree.
		OmitRuntimeForTests: true,
		TS:                  shim.TSOptions{Config: shim.TSConfig{UseDefineForClassFields: shim.True}},
	}
	o.TS.Parse = isTypeScript(name)
	ext := strings.ToLower(path.Ext(name))
	o.TS.NoAmbiguousLessThan = ext == ".mts" || ext == ".cts"
	jsx := !o.TS.Parse || ext == ".tsx"
	o.JSX = shim.JSXOptions{Parse: jsx, Preserve: jsx}
	return o
}

// harmless tells messages about which the tree does not care: it is whole, and
// the code runs once its own build has its own options. Declaration files never run.
func harmless(name, message string) bool {
	return strings.HasPrefix(message, "Parameter decorators only work") ||
		strings.HasSuffix(name, ".d.ts") && strings.HasSuffix(message, "must be initialized")
}

func isTypeScript(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".ts", ".mts", ".cts", ".tsx":
		return true
	}
	return false
}

const bom = "\xEF\xBB\xBF"

// withoutHashbangAfterBOM makes `#!` behind a byte order mark a comment of the
// same length: node reads such files, esbuild looks for `#!` at offset 0 only.
func withoutHashbangAfterBOM(text string) string {
	if strings.HasPrefix(text, bom+"#!") {
		return "/////" + text[len(bom)+2:]
	}
	return text
}

// syntaxError puts a message's line and column back into bytes.
func syntaxError(name, text string, m *shim.Msg) *SyntaxError {
	e := &SyntaxError{Path: name, Message: m.Data.Text}
	if at := m.Data.Location; at != nil {
		start := min(lineStart(text, at.Line)+at.Column, len(text))
		e.Span = Span{start, min(start+at.Length, len(text))}
	}
	return e
}

// lineStart finds the first byte of a line, counted from 1, with the line ends of JavaScript.
func lineStart(text string, line int) int {
	i := 0
	for ; line > 1 && i < len(text); line-- {
		for i < len(text) && lineEnd(text, i) == 0 {
			i++
		}
		i += lineEnd(text, i)
	}
	return i
}

// lineEnd is the number of bytes of the line end at i, or 0.
func lineEnd(text string, i int) int {
	switch rest := text[i:]; {
	case strings.HasPrefix(rest, "\r\n"):
		return 2
	case strings.HasPrefix(rest, "\n"), strings.HasPrefix(rest, "\r"):
		return 1
	case strings.HasPrefix(rest, "\u2028"), strings.HasPrefix(rest, "\u2029"):
		return 3
	}
	return 0
}
