package jsparse

import (
	"errors"
	"strings"
	"testing"
)

// nests are texts that nest: what opens, what stands inside, what closes.
var nests = map[string][3]string{
	"blocks": {"{", "", "}"}, "calls": {"f(", "a", ")"}, "arrows": {"a=>", "a", ""}, "functions": {"function f(){", "", "}"},
	"conditionals": {"a?b:", "c", ""}, "conditionals in the middle": {"a?", "b", ":c"}, "parentheses": {"(", "a", ")"},
	"arrays": {"[", "a", "]"}, "objects": {"({a:", "1", "})"}, "templates": {"`${", "a", "}`"}, "ifs": {"if(a)", "b", ""},
	"elses": {"if(a)b;else ", "c", ""}, "loops": {"while(a)", ";", ""}, "tries": {"try{", "", "}catch{}"},
	"switches": {"switch(a){case 1:", "", "}"}, "classes": {"class A{x=", "1", "}"}, "nots": {"!", "a", ""}, "awaits": {"await ", "a", ""},
	"sums": {"a+", "b", ""}, "strings": {"'a'+", "'b'", ""}, "powers": {"a**", "b", ""}, "ors": {"a||(", "b", ")"}, "commas": {"a,", "b", ""},
	"assignments": {"a=", "b", ""}, "chains": {"", "a", ".b()"}, "members": {"", "a", "?.b"}, "indexes": {"", "a", "[0]"},
	"curried calls": {"", "f", "()"}, "patterns": {"[", "a", "]=0"}, "spreads": {"[...", "a", "]"}, "news": {"new ", "a", ""},
	"elements": {"<a>", "b", "</a>"}, "labels": {"a:", ";", ""}, "namespaces": {"namespace a{", "let x", "}"},
	"types": {"let x:A<", "b", ">"}, "object types": {"let x:{a:", "b", "}"}, "open parentheses": {"(", "", ""}, "open blocks": {"{", "", ""},
	"statements": {"a();", "", ""}, "comments": {"/*a*/", "b", ""},
}

// TestDeepNests holds that 10,000 levels of anything give a tree or a syntax error: never an internal one, never the
// end of the process.
func TestDeepNests(t *testing.T) {
	for name, p := range nests {
		for _, ext := range []string{".js", ".ts", ".tsx"} {
			text := strings.Repeat(p[0], 10_000) + p[1] + strings.Repeat(p[2], 10_000)
			_, err := Parse("a"+ext, []byte(text))
			var syntax *SyntaxError
			if err != nil && (!errors.As(err, &syntax) || syntax.Internal) {
				t.Errorf("%s in %s: %v", name, ext, err)
			}
		}
	}
}
