package jstype

import (
	"fmt"
	"strings"
	"testing"
)

// TestRead reads types and writes them down in one notation: what is unknown is `?`.
func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"Client":                              "Client",
		"pg.Client<A, B[]>":                   "pg.Client<A, list(B)>",
		"Client | null | undefined":           "union(Client, -, -)",
		"| A & B\n| C":                        "union(both(A, B), C)",
		"readonly Client[][]":                 "list(list(Client))",
		"[a: A, b?: B, ...rest: C[]]":         "tuple(A, B, ?)",
		"import('pg').Pool":                   "import(pg).Pool",
		"import(\"x\")":                       "import(x).",
		"typeof db.client":                    "typeof db.client",
		"typeof import('x')":                  "?",
		"() => void":                          "func() -",
		"(a: A, { b }: B, ...c: C[]) => P<D>": "func(a: A, : B, ...c: list(C)) P<D>",
		"<T extends A<B>>(x: T) => T":         "func<T extends A<B>>(x: T) T",
		"new (x: A) => B":                     "new func(x: A) B",
		"(A | B)[]":                           "list(union(A, B))",
		"(A)":                                 "A",
		"A extends B ? C : D":                 "?",
		"A['b']":                              "?",
		"keyof A":                             "?",
		"'text' | -1 | `a${string}b`":         "union(., ., .)",
		"x is A":                              ".",
		"asserts x is A":                      "-",
		"{ a: A; b?(x: X): B, readonly c: C\n get d(): D\n set e(x: E)\n 'f-g': F }": "{a: A; b: func(x: X) B; c: C; d: D; f-g: F}",
		"{ [key: string]: A }":       "{: A}",
		"{ [K in keyof T]-?: A }":    "{}",
		"{ (x: A): B; new (): C }":   "{(): func(x: A) B}",
		"{ [Symbol.iterator](): A }": "{}",
		"{ get: () => A; set: B }":   "{get: func() A; set: B}",
		"any":                        "?",
		"this":                       "?",
		"":                           "?",
		"A /* c */ | // d\n B":       "union(A, B)",
		"A; B":                       "A",
		"abstract new <T>() => T":    "new func<T>() T",
		"A\n[B]":                     "A",
		"A<B":                        "A<B>",
		"(((((":                      "?",
		"{ a: {":                     "{a: {}}",
	} {
		if got := show(Read(text, 0, len(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestReadEnds holds that what follows a type is not taken for a part of it.
func TestReadEnds(t *testing.T) {
	for _, text := range []string{"A = 1", "A, b: B", "Promise<A> { return", "A[]; x", "() => A)", "A\n(b)", "A<B>\n<C>", "'x' ? 1 : 2", "{ a: A } satisfies B"} {
		ty := Read(text, 0, len(text))
		rest := strings.TrimSpace(text[ty.End:])
		if strings.IndexAny(rest, "=,{;)(<?s") != 0 && !strings.HasPrefix(rest, "x") {
			t.Errorf("%q: the type ends before %q", text, rest)
		}
	}
}

func TestDepth(t *testing.T) {
	for _, open := range []string{"(", "[", "{a:", "A<", "() => ", "keyof ", "A|", "A[", "{f("} {
		text := strings.Repeat(open, 100_000)
		Read(text, 0, len(text))
		Declare("interface X "+text, [][2]int{{0, len(text)}})
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"A<B>|C", "{a:A;b():C}", "interface A<T> extends B { c: D }", "/** @param {A} b */", "import type {A as B} from 'c'", "`${"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if ty := Read(text, 0, len(text)); ty.End > len(text) || ty.Start > len(text) {
			t.Errorf("ends at %d of %d", ty.End, len(text))
		}
		ReadMember(text, 0, len(text))
		Declare(text, [][2]int{{0, len(text) / 2}, {len(text) / 2, len(text)}})
		ReadDoc(text)
		ReadDoc("/** @param {" + text + "} x */")
	})
}

func show(t *Type) string {
	if t == nil {
		return "nil"
	}
	switch t.Kind {
	case Reference:
		return t.Name + angles(t.Args)
	case Imported:
		return "import(" + t.From + ")." + t.Name + angles(t.Args)
	case Query:
		return "typeof " + t.Name
	case Union:
		return "union(" + list(t.Args) + ")"
	case Intersection:
		return "both(" + list(t.Args) + ")"
	case List:
		return "list(" + list(t.Args) + ")"
	case Tuple:
		return "tuple(" + list(t.Args) + ")"
	case Constructor:
		f := *t
		f.Kind = Function
		return "new " + show(&f)
	case Function:
		return "func" + generic(t.Generic) + "(" + params(t.Params) + ") " + show(t.Result)
	case Object:
		return "{" + members(t.Members) + "}"
	case Nothing:
		return "-"
	case Primitive:
		return "."
	}
	return "?"
}

func list(ts []*Type) string {
	var out []string
	for _, t := range ts {
		out = append(out, show(t))
	}
	return strings.Join(out, ", ")
}

func angles(ts []*Type) string {
	if len(ts) == 0 {
		return ""
	}
	return "<" + list(ts) + ">"
}

func generic(list []Generic) string {
	var names []string
	for _, g := range list {
		text := g.Name
		if g.Extends != nil {
			text += " extends " + show(g.Extends)
		}
		if g.Default != nil {
			text += " = " + show(g.Default)
		}
		names = append(names, text)
	}
	if len(names) == 0 {
		return ""
	}
	return "<" + strings.Join(names, ", ") + ">"
}

func params(ps []Param) string {
	var out []string
	for _, p := range ps {
		dots := ""
		if p.Rest {
			dots = "..."
		}
		out = append(out, fmt.Sprintf("%s%s: %s", dots, p.Name, show(p.Type)))
	}
	return strings.Join(out, ", ")
}

func members(ms []Member) string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Name+": "+show(m.Type))
	}
	return strings.Join(out, "; ")
}

func TestReadGenericsAndArguments(t *testing.T) {
	for text, want := range map[string]string{
		"<T>":                              "<T>",
		"<const T extends A<B> = C, in U>": "<T extends A<B> = C, U>",
		"<":                                "",
		"(":                                "",
	} {
		if got := generic(ReadGenerics(text, 0, len(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{"<A, B[]>(x)": "A, list(B)", "<A": "A", "(x)": ""} {
		if got := list(ReadArguments(text, 0, len(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
