package jsparse

import (
	"sort"
	"strings"
)

func clip(s string) string {
	if len(s) > 100 {
		return s[:60] + " … " + s[len(s)-40:]
	}
	return s
}

// checkTree tells of nodes whose bytes are not theirs: outside their parent, over a neighbour, ending on the wrong character.
func checkTree(f *File, bad func(string, ...any)) {
	text := f.Text
	var leaves []Span
	var rec func(n Node, parent Node)
	rec = func(n, parent Node) {
		s := n.Span()
		if s.Start < 0 || s.End < s.Start || s.End > len(text) {
			bad("range: %T %v", n, s)
			return
		}
		src := text[s.Start:s.End]
		if parent != nil {
			p := parent.Span()
			if s.Start < p.Start || s.End > p.End {
				bad("contain %T in %T: %v %v %q in %q", n, parent, s, p, clip(src), clip(text[p.Start:min(p.End, len(text))]))
			}
		}
		endOneOf := func(cs string) {
			if src == "" || !strings.ContainsRune(cs, rune(src[len(src)-1])) {
				bad("end %T: %v %q", n, s, clip(src))
			}
		}
		switch n := n.(type) {
		case *Call, *Require, *ImportCall:
			endOneOf(")")
		case *Block:
			if pf, ok := parent.(*Func); !ok || !pf.ExprBody {
				endOneOf("}")
			}
		case *Object, *ObjectPattern, *Switch, *ClassExpr, *FuncDecl, *Try:
			endOneOf("}")
		case *Array, *ArrayPattern, *Index:
			endOneOf("]")
		case *Func:
			if !n.ExprBody {
				endOneOf("}")
			}
			if ps := n.ParamsSpan; ps.End > ps.Start && ps.End <= len(text) {
				p := text[ps.Start:ps.End]
				if !(p[0] == '(' && p[len(p)-1] == ')') && !(n.Arrow && len(n.Params) == 1) {
					bad("params: %q", clip(p))
				}
			}
		case *Ident:
			if src != n.Symbol.Name {
				bad("ident: %q %q at %d", src, n.Symbol.Name, s.Start)
			}
		case *Name:
			if src != n.Symbol.Name {
				bad("name: %q %q at %d", src, n.Symbol.Name, s.Start)
			}
		case *Member:
			if nm := text[n.NameSpan.Start:n.NameSpan.End]; nm != n.Name && !strings.Contains(nm, n.Name) && !strings.Contains(nm, "\\") {
				bad("member: %q %q", nm, n.Name)
			}
		case *Literal:
			if n.Kind == String && len(src) >= 2 && src[1:len(src)-1] != n.Value && !strings.Contains(src, "\\") && src != n.Value {
				bad("string: %q %q", clip(src), clip(n.Value))
			}
		case *Template:
			endOneOf("`")
		case *ExprStmt, *VarDecl, *Return, *Throw:
			// after the end: newline, ; consumed, or closing brace
			_, inFor := parent.(*For)
			_, inForE := parent.(*ForEach)
			pb, isBlock := parent.(*Block)
			_ = pb
			if inFor || inForE {
				break
			}
			if isBlock && !strings.HasPrefix(text[pb.Start:], "{") {
				break
			}
			rest := strings.TrimLeft(text[s.End:], " \t")
			if strings.HasSuffix(src, ";") || rest == "" || rest[0] == '\n' || rest[0] == '\r' || rest[0] == '}' || strings.HasPrefix(rest, "/") {
				break
			}
			bad("stmtend %T: %q rest %q", n, clip(src), clip(rest[:min(30, len(rest))]))
		}
		if src != "" {
			switch n.(type) {
			case *ExprStmt, *Template, *Literal, *OtherExpr:
			default:
				if c := src[len(src)-1]; c == ' ' || c == '\n' || c == '(' && s.End-s.Start > 1 || c == ',' {
					bad("lastchar %T: %q", n, clip(src))
				}
			}
			if c := src[0]; c == ' ' || c == '\n' || c == ')' || c == ',' || c == '.' && !strings.HasPrefix(src, "..") && !(len(src) > 1 && src[1] >= '0' && src[1] <= '9') {
				bad("firstchar %T: %q", n, clip(src))
			}
		}
		var kids []Node
		children(n, func(ch Node) { rec(ch, n); kids = append(kids, ch) })
		sort.SliceStable(kids, func(i, j int) bool { return kids[i].Span().Start < kids[j].Span().Start })
		for i := 1; i < len(kids); i++ {
			if a, b := kids[i-1].Span(), kids[i].Span(); b.Start < a.End {
				if _, ok := n.(*ObjectPattern); ok {
					continue
				}
				bad("overlap %T in %T: %q %q", kids[i], n, clip(text[a.Start:a.End]), clip(text[b.Start:b.End]))
			}
		}
		if len(kids) == 0 && s.End > s.Start {
			leaves = append(leaves, s)
		}
	}
	for _, s := range f.Body {
		rec(s, nil)
	}
	sort.Slice(leaves, func(i, j int) bool { return leaves[i].Start < leaves[j].Start })
	k := 0
	for _, c := range f.Comments {
		for k < len(leaves) && leaves[k].End <= c.Start {
			k++
		}
		if k < len(leaves) && leaves[k].Start < c.End && !strings.HasPrefix(text[leaves[k].Start:], "{") && !strings.HasPrefix(text[leaves[k].Start:], "[") && !strings.HasPrefix(text[leaves[k].Start:], "<") {
			bad("commentleaf: %q %q", clip(c.Text), clip(text[leaves[k].Start:leaves[k].End]))
		}
		if !strings.HasPrefix(c.Text, "//") && !(strings.HasPrefix(c.Text, "/*") && strings.HasSuffix(c.Text, "*/")) {
			bad("comment: %q", clip(c.Text))
		}
	}
}
