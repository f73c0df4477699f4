package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// kind is what is deleted.
type kind struct {
	name string
	find func(*subject) []edit
}

// kinds are all of them, in the order of the table.
func allKinds() []kind {
	return []kind{
		{"completion", completions},
		{"result", results},
		{"await", awaits},
		{"return", returns},
		{"catch", catches},
	}
}

func kindNames() []string {
	var out []string
	for _, k := range allKinds() {
		out = append(out, k.name)
	}
	return out
}

func kindsNamed(list string) ([]kind, error) {
	var out []kind
	for name := range strings.SplitSeq(list, ",") {
		i := slices.IndexFunc(allKinds(), func(k kind) bool { return k.name == name })
		if i < 0 {
			return nil, fmt.Errorf("no kind %q: there are %s", name, strings.Join(kindNames(), ", "))
		}
		out = append(out, allKinds()[i])
	}
	return out, nil
}

// subject is a handler with its file.
type subject struct {
	*rules.Subject
	handler *platform.Handler
	file    *jsparse.File
	fn      *jsparse.Func // nil if it stands in another file or is made by a call
	// parse gives other files of the project.
	parse func(name string) *jsparse.File
}

// edit replaces a stretch of a file.
type edit struct {
	file       string
	start, end int
	text       string
	equivalent string // why it changes nothing, if that can be told
}

// completions are the calls that answer: those the solver saw, wherever they stand, and those that can be read off the handler.
func completions(s *subject) []edit {
	var out []edit
	add := func(file string, span jsparse.Span) {
		out = append(out, edit{file: file, start: span.Start, end: span.End, text: "void 0"})
	}
	for _, o := range s.Result.Outcomes {
		for _, c := range o.Completions {
			if r := c.Site.Range; !c.Implicit && isCall(s.parse(r.File), r) {
				add(r.File, jsparse.Span{Start: r.Start, End: r.End})
			}
		}
	}
	if s.fn == nil {
		return out
	}
	inside(s.fn, func(n jsparse.Node) {
		if call, ok := n.(*jsparse.Call); ok && s.answers(call) {
			add(s.file.Path, call.Span())
		}
	})
	return out
}

func isCall(f *jsparse.File, r flow.Range) bool {
	found := false
	everything(f, func(n jsparse.Node) {
		if call, ok := n.(*jsparse.Call); ok && call.Span() == (jsparse.Span{Start: r.Start, End: r.End}) {
			found = true
		}
	})
	return found
}

// answers tells whether a call is one by which the handler's own arguments answer.
func (s *subject) answers(call *jsparse.Call) bool {
	switch callee := call.Callee.(type) {
	case *jsparse.Ident:
		return s.role(callee) == contract.RoleCallback && s.plays(callee)
	case *jsparse.Member:
		root := rootOf(callee.Object)
		if root == nil || !s.plays(root) {
			return false
		}
		switch s.role(root) {
		case contract.RoleResponder, contract.RoleStream:
			return slices.Contains(s.Contract.ResponderMethods, callee.Name)
		case contract.RoleContext:
			return callee.Object == jsparse.Expr(root) && slices.Contains(s.Contract.ContextMethods, callee.Name)
		}
	}
	return false
}

func rootOf(e jsparse.Expr) *jsparse.Ident {
	switch e := e.(type) {
	case *jsparse.Ident:
		return e
	case *jsparse.Member:
		return rootOf(e.Object)
	case *jsparse.Call:
		return rootOf(e.Callee)
	}
	return nil
}

// index is which of the handler's parameters a name is, -1 if none.
func (s *subject) index(x *jsparse.Ident) int {
	return slices.IndexFunc(s.fn.Params, func(p *jsparse.Parameter) bool {
		name, ok := p.Target.(*jsparse.Name)
		return ok && name.Symbol == x.Symbol
	})
}

func (s *subject) plays(x *jsparse.Ident) bool {
	i := s.index(x)
	return i >= 0 && i < len(s.Contract.Args)
}

func (s *subject) role(x *jsparse.Ident) contract.Role {
	if i := s.index(x); i >= 0 && i < len(s.Contract.Args) {
		return s.Contract.Args[i]
	}
	return contract.RoleContext
}

// results are the results of handlers whose result must have a shape: nothing is returned instead.
func results(s *subject) []edit {
	if s.fn == nil || s.Contract.Protocol.Mode != flow.ReturnValue || !s.Handler.ProxyResult && (s.Contract.Returns == contract.AnyReturn || s.Contract.Returns == contract.ProxyResult) {
		return nil
	}
	var out []edit
	own(s.fn, func(n jsparse.Node) {
		if r, ok := n.(*jsparse.Return); ok && r.X != nil && strings.HasPrefix(s.file.Text[r.Start:], "return") {
			e := edit{file: s.file.Path, start: r.Start, end: r.Start + len("return"), text: "return void"}
			if s.Contract.Returns == contract.ResponseOrUndefined || s.Contract.Returns == contract.ObjectOrUndefined {
				e.equivalent = "the platform accepts a handler without a result"
			}
			out = append(out, e)
		}
	})
	return out
}

func catches(s *subject) []edit {
	var out []edit
	everything(s.file, func(n jsparse.Node) {
		call, ok := n.(*jsparse.Call)
		if !ok {
			return
		}
		if m, ok := call.Callee.(*jsparse.Member); ok && m.Name == "catch" && !m.Optional {
			out = append(out, edit{file: s.file.Path, start: m.Object.Span().End, end: call.End})
		}
	})
	return out
}
