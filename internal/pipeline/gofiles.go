package pipeline

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/internal/gocheck"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// goVerdict is what came out for all Go modules.
type goVerdict struct {
	*gocheck.Result
	directives []suppress.Directive
	rests      []goFile
}

// goFile is a file as it was when the Go rules were asked.
type goFile struct {
	name string
	text string // of the overlay
	walk.Stamp
	settled bool
}

// goFiles are all files that concern Go.
func goFiles(o Options, checked []string) []goFile {
	var list []goFile
	for _, name := range checked {
		if concernsGo(name) {
			list = append(list, goFile{name: name, text: o.Overlay[name]})
		}
	}
	inParallel(len(list), func(i int) {
		f, now := &list[i], time.Now()
		f.Stamp, _ = walk.StampOf(walk.Abs(o.Root, f.name)) // a file that is gone has none
		f.settled = f.Settled(now)
	})
	return list
}

// still tells whether no Go file has changed since.
func (v *goVerdict) still(o Options, checked []string) bool {
	return slices.EqualFunc(v.rests, goFiles(o, checked), func(then, now goFile) bool { return then == now && then.settled })
}

// concernsGo tells whether the Go rules' answers may rest on a file.
func concernsGo(file string) bool {
	switch path.Base(file) {
	case "go.mod", "go.sum", "go.work", "go.work.sum":
		return true
	}
	return strings.HasSuffix(file, ".go")
}

// beginGo asks the Go rules about the Go modules among the files, while scripts are analysed. What it returns waits for them.
func (s *Session) beginGo(ctx context.Context, out *Outcome, o Options) (join func()) {
	done := make(chan *goVerdict, 1)
	go func() { done <- s.goVerdict(ctx, out, o) }()
	return func() {
		v := <-done
		if ctx.Err() == nil {
			s.golang = v
		}
		out.Findings = append(out.Findings, v.Findings...)
		out.Stats.Handlers += v.Handlers
		out.Stats.Checked += v.Handlers
		for _, d := range v.directives {
			d.Rules = slices.Clone(d.Rules) // which of them were used is noted there
			out.directives = append(out.directives, d)
		}
	}
}

// goVerdict is that of the last run if no Go file has changed since.
func (s *Session) goVerdict(ctx context.Context, out *Outcome, o Options) *goVerdict {
	if s.golang != nil {
		return s.golang
	}
	rests := goFiles(o, out.checked)
	v := &goVerdict{rests: rests, Result: gocheck.Check(ctx, gocheck.Options{
		Root: o.Root, Files: out.checked, Overlay: o.Overlay, Part: o.Shard.part,
		Skip: func(rule string) bool {
			return !slices.ContainsFunc(o.Rules, func(r rules.Rule) bool { return r.Name == rule && o.asks(r) })
		},
	})}
	if v.Packages > 0 {
		v.directives = out.goDirectives()
	}
	return v
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
