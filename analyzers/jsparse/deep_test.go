package jsparse

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestDeepTMP(t *testing.T) {
	which := os.Getenv("DEEP")
	if which == "" {
		t.Skip()
	}
	size, _ := strconv.Atoi(os.Getenv("SIZE"))
	src, ok := deepSource(which, size)
	if !ok {
		t.Fatal(which)
	}
	s := time.Now()
	f, err := Parse("x"+os.Getenv("EXT"), []byte(src))
	d := time.Since(s)
	n := 0
	if err == nil {
		for _, s := range f.Body {
			Walk(s, func(Node) bool { n++; return true })
		}
	}
	fmt.Println("OK", which, len(src), d, n, err)
}

func deepSource(which string, size int) (string, bool) {
	pairs := map[string][3]string{
		"parens": {"(", "a", ")"}, "blocks": {"{", "", "}"}, "calls": {"f(", "a", ")"}, "arrows": {"a=>", "a", ""},
		"arrows2": {"(a)=>{", "", "}"}, "cond": {"a?b:", "c", ""}, "cond2": {"a?", "b", ":c"}, "arrays": {"[", "", "]"}, "objects": {"({a:", "1", "})"},
		"not": {"!", "a", ""}, "neg": {"- ", "a", ""}, "if": {"if(a)", "b", ""}, "else": {"if(a)b;else ", "c", ""}, "assign": {"a=", "b", ""},
		"func": {"function f(){", "", "}"}, "chain": {"", "a", ".b()"}, "plus": {"a+", "b", ""}, "templ": {"`${", "a", "}`"}, "await": {"await ", "a", ""},
		"index": {"", "a", "[0]"}, "stmts": {"a();", "", ""}, "class": {"class A{x=", "1", "}"}, "class2": {"(class{x=", "1", "})"}, "pow": {"a**", "b", ""}, "lab": {"while(a)", ";", ""},
		"new": {"new ", "a", ""}, "or": {"a||(", "b", ")"}, "comma": {"a,", "b", ""}, "strs": {"'a'+", "'b'", ""}, "strs2": {"x+'a'+", "'b'", ""}, "switch": {"switch(a){case 1:", "", "}"},
		"jsx": {"<a>", "b", "</a>"}, "try": {"try{", "", "}catch{}"}, "commas": {"/*a*/", "b", ""}, "params": {"function f(a=", "1", "){}"}, "callargs": {"f(1);", "", ""}, "destr": {"[", "a", "]"}, "and": {"a&&", "b", ""}, "sub": {"", "a", "-(b)"}, "curry": {"", "f", "()"}, "optional": {"", "a", "?.b"}, "spread": {"[...", "a", "]"}, "typeof": {"typeof ", "a", ""}, "postpar": {"(", "a", ").b"}, "open": {"(", "", ""}, "openb": {"{", "", ""}, "opens": {"[", "", ""}, "ns": {"namespace a{", "let x", "}"},
		"labels": {"a:", ";", ""}, "types": {"let x:", "a", ""}, "as": {"", "a", " as b"}, "generic": {"let x:A<", "b", ">"}, "typeobj": {"let x:{a:", "b", "}"}, "decl": {"let a=", "1", ";"},
	}
	p, ok := pairs[which]
	if which == "generic" || which == "typeobj" {
		n := size / 3
		return "let x:" + strings.Repeat(p[0][6:], n) + p[1] + strings.Repeat(p[2], n), true
	}
	n := size / (len(p[0]) + len(p[2]))
	return strings.Repeat(p[0], n) + p[1] + strings.Repeat(p[2], n), ok
}

func TestBareTMP(t *testing.T) {
	which := os.Getenv("DEEP")
	if which == "" {
		t.Skip()
	}
	size, _ := strconv.Atoi(os.Getenv("SIZE"))
	src, _ := deepSource(which, size)
	s := time.Now()
	Bare("x"+os.Getenv("EXT"), []byte(src))
	fmt.Println("BARE", which, len(src), time.Since(s))
}
