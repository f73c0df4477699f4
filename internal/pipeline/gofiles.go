package pipeline

import (
	"bytes"
	"context"
	"encoding/gob"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/internal/cache"
	"github.com/handlervet/handlervet/internal/gocheck"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

// goVerdict is the result for all Go modules.
type goVerdict struct {
	Findings          []rules.Finding
	Handlers          int
	Directives        []suppress.Directive
	inputs            *goInputs
	overlay           string
	remembered, shaky bool
}

// still tells whether nothing has changed that it rests on.
func (v *goVerdict) still(o *Options, checked []string) bool {
	return !v.shaky && v.overlay == o.laidGo() && v.inputs.hold(o, checked)
}

// concernsGo tells whether the Go rules' answers may rest on a file.
func concernsGo(file string) bool {
	switch path.Base(file) {
	case "go.mod", "go.sum", "go.work", "go.work.sum":
		return true
	}
	return strings.HasSuffix(file, ".go")
}

// beginGo starts checking the Go modules among the files while scripts are analysed. The returned function waits for the result.
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
		for _, d := range v.Directives {
			d.Rules = slices.Clone(d.Rules) // which of them were used is noted there
			out.directives = append(out.directives, d)
		}
		out.Stats.Cached.Go = v.remembered
	}
}

// goVerdict is the result of an earlier run if nothing it depends on has changed since.
func (s *Session) goVerdict(ctx context.Context, out *Outcome, o Options) *goVerdict {
	if s.golang != nil {
		return s.golang
	}
	v := &goVerdict{inputs: goInputsOf(&o, out.checked), overlay: o.laidGo()}
	if v.inputs == nil {
		return v
	}
	key := cache.KeyOf("go", o.Cache.Build(), about(o), v.inputs.sum(), v.overlay, strings.Join(slices.DeleteFunc(slices.Clone(out.checked), foreignToGo), "\n"))
	if data := o.Cache.Get(key); data != nil && gob.NewDecoder(bytes.NewReader(data)).Decode(v) == nil {
		v.remembered = true
		return v
	}
	res := gocheck.Check(ctx, gocheck.Options{
		Root: o.Root, Files: out.checked, Overlay: o.Overlay, Part: o.Shard.part,
		Skip: func(rule string) bool {
			return !slices.ContainsFunc(o.Rules, func(r rules.Rule) bool {
				r.OptIn = false // nothing that Go is asked is noise
				return r.Name == rule && o.asks(r)
			})
		},
	})
	v.Findings, v.Handlers = plain(res.Findings), res.Handlers
	if res.Packages > 0 {
		v.Directives = out.goDirectives()
	}
	if v.shaky = ctx.Err() != nil || slices.ContainsFunc(v.Findings, shaky); !v.shaky {
		keepIn(o.Cache, key, v)
	}
	return v
}

func foreignToGo(file string) bool { return !concernsGo(file) }

// laidGo is the part of the overlay that concerns Go.
func (o *Options) laidGo() string {
	own := maps.Clone(o.Overlay)
	maps.DeleteFunc(own, func(name, _ string) bool { return !concernsGo(name) })
	return laid(own)
}

// shaky tells whether a finding may have another cause than what was read: the go command failed, and not for a reason that we know
// to last until somebody changes something.
func shaky(f rules.Finding) bool {
	if f.Rule != SyntaxError || path.Base(f.Range.File) != "go.mod" {
		return false
	}
	lasting := []string{
		"GOPROXY=off", "missing go.sum entry", "no required module provides package", "updates to go.mod needed", "is not in std", "cannot find module providing package",
	}
	return !slices.ContainsFunc(lasting, func(why string) bool { return strings.Contains(f.Message, why) })
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
