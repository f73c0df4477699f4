package pipeline

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/internal/gocheck"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

// beginGo asks the Go rules about the Go modules among the files, while scripts are analysed. What it returns waits for them.
func (out *Outcome) beginGo(ctx context.Context, o Options) (join func()) {
	done := make(chan *gocheck.Result, 1)
	go func() {
		done <- gocheck.Check(ctx, gocheck.Options{
			Root: o.Root, Files: out.checked, Overlay: o.Overlay, Part: o.Shard.part,
			Skip: func(rule string) bool {
				return !slices.ContainsFunc(o.Rules, func(r rules.Rule) bool { return r.Name == rule && o.asks(r) })
			},
		})
	}()
	return func() {
		res := <-done
		out.Findings = append(out.Findings, res.Findings...)
		out.Stats.Handlers += res.Handlers
		out.Stats.Checked += res.Handlers
		if res.Packages > 0 {
			out.directives = append(out.directives, out.goDirectives()...)
		}
	}
}

// goDirectives finds the suppressions in Go files.
func (out *Outcome) goDirectives() []suppress.Directive {
	var list []suppress.Directive
	for _, name := range out.checked {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		text, err := out.tree.Read(name)
		if err != nil || !bytes.Contains(text, []byte("handlervet-ignore")) {
			continue
		}
		list = append(list, suppress.Parse(comments(name, text))...)
	}
	return list
}

// comments is a Go file as far as suppressions are concerned.
func comments(name string, text []byte) *jsparse.File {
	f := &jsparse.File{Path: name, Text: string(text)}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return f
	}
	for _, group := range parsed.Comments {
		for _, c := range group.List {
			at := files.Position(c.Pos()).Offset
			f.Comments = append(f.Comments, jsparse.Comment{Span: jsparse.Span{Start: at, End: at + len(c.Text)}, Text: c.Text})
		}
	}
	return f
}
