package jsparse

import (
	"fmt"
	"strings"
)

// dump writes a tree, one node a line: kind, the bytes it covers, and its flags.
func dump(f *File) string {
	var b strings.Builder
	for _, s := range f.Body {
		dumpNode(&b, f.Text, s, 0)
	}
	return b.String()
}

func dumpNode(b *strings.Builder, text string, n Node, depth int) {
	s := n.Span()
	kind := strings.TrimPrefix(fmt.Sprintf("%T", n), "*jsparse.")
	source := strings.ReplaceAll(text[s.Start:s.End], "\n", "⏎")
	fmt.Fprintf(b, "%s%s «%s»%s\n", strings.Repeat("  ", depth), kind, source, flags(text, n))
	children(n, func(child Node) { dumpNode(b, text, child, depth+1) })
}

func flags(text string, n Node) string {
	var out []string
	add := func(set bool, name string) {
		if set {
			out = append(out, name)
		}
	}
	switch n := n.(type) {
	case *VarDecl:
		add(n.Exported, "exported")
		out = append(out, kindName(n.Kind))
	case *FuncDecl:
		add(n.Exported, "exported")
		add(n.Default, "default")
	case *ClassDecl:
		add(n.Exported, "exported")
		add(n.Default, "default")
	case *Func:
		add(n.Async, "async")
		add(n.Generator, "generator")
		add(n.Arrow, "arrow")
		add(n.ExprBody, "expr")
		add(n.Name != nil, "named")
		out = append(out, "params="+text[n.ParamsSpan.Start:n.ParamsSpan.End])
	case *Ident:
		out = append(out, kindName(n.Symbol.Kind))
	case *Name:
		out = append(out, kindName(n.Symbol.Kind))
	case *Literal:
		out = append(out, fmt.Sprint([]string{"string", "number", "bigint", "boolean", "null", "undefined", "regexp"}[n.Kind], "=", n.Value))
	case *Member:
		out = append(out, n.Name, "at="+text[n.NameSpan.Start:n.NameSpan.End])
		add(n.Optional, "optional")
	default:
		out = append(out, moreFlags(n)...)
	}
	if len(out) == 0 {
		return ""
	}
	return " " + strings.Join(out, " ")
}

func moreFlags(n Node) []string {
	var out []string
	add := func(set bool, name string) {
		if set {
			out = append(out, name)
		}
	}
	switch n := n.(type) {
	case *Property:
		out = append(out, "key="+n.Key)
		add(n.Spread, "spread")
		add(n.Method, "method")
		add(n.Getter, "getter")
		add(n.Setter, "setter")
		add(n.Static, "static")
	case *Parameter:
		add(n.Rest, "rest")
	case *ObjectPattern:
		for _, i := range n.Items {
			out = append(out, i.Key)
			add(i.Rest, "rest")
		}
	case *ArrayPattern:
		for _, i := range n.Items {
			add(i.Rest, "rest")
			add(i.Target == nil, "hole")
		}
	case *Unary:
		out = append(out, n.Op)
	case *Update:
		out = append(out, n.Op)
	case *Binary:
		out = append(out, n.Op)
	case *Assign:
		out = append(out, n.Op)
	case *Call:
		add(n.Optional, "optional")
	case *Index:
		add(n.Optional, "optional")
	case *Require:
		out = append(out, n.Path)
	case *ImportCall:
		out = append(out, n.Path)
	case *Template:
		out = append(out, fmt.Sprintf("%q", n.Strings))
	case *Yield:
		add(n.Star, "star")
	case *ForEach:
		add(n.In, "in")
		add(n.Await, "await")
	case *Break:
		out = append(out, n.Label)
	case *Continue:
		out = append(out, n.Label)
	case *Labeled:
		out = append(out, n.Label)
	case *ImportStmt, *ExportNames, *ExportAll:
		out = append(out, moduleFlags(n))
	}
	return out
}

func moduleFlags(n Node) string {
	name := func(s *Symbol) string {
		if s == nil {
			return "-"
		}
		return s.Name + ":" + kindName(s.Kind)
	}
	switch n := n.(type) {
	case *ImportStmt:
		out := fmt.Sprint(n.Path, " ", name(n.Default), " ", name(n.Namespace))
		for _, i := range n.Names {
			out += fmt.Sprint(" ", i.Name, "=", name(i.Local))
		}
		return out
	case *ExportNames:
		out := n.Path
		for _, i := range n.Names {
			out += fmt.Sprint(" ", i.Name, "=", i.LocalName, name(i.Local))
		}
		return out
	case *ExportAll:
		return n.Path + " " + n.Name
	}
	return ""
}

func kindName(k SymbolKind) string {
	return []string{"unbound", "var", "let", "const", "function", "class", "param", "catch", "import", "other"}[k]
}
