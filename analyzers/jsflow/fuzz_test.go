package jsflow_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// FuzzLower holds that any program can be lowered and solved under every kind of contract: without a panic, within
// the bounds, and with ranges that lie in the file.
func FuzzLower(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range ar.Files {
			f.Add(string(x.Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := newProject(&txtar.Archive{Files: []txtar.File{{Name: "a.js", Data: []byte(text)}}})
		tree, err := p.Parse("a.js")
		if err != nil {
			return
		}
		for _, id := range []string{"callback", "response", "value"} {
			res, _ := p.run(tree, "a.js", id, flow.Limits{States: 2000})
			for _, o := range res.Outcomes {
				for _, s := range o.Steps {
					if s.Range.Start < 0 || s.Range.Start > s.Range.End || s.Range.End > len(text) {
						t.Errorf("step %q has the range %v of %d bytes", s.Text, s.Range, len(text))
					}
				}
			}
		}
	})
}

// FuzzTypes is FuzzLower for TypeScript: types that lead into each other, into themselves or nowhere.
func FuzzTypes(f *testing.F) {
	for _, types := range []string{
		"interface A extends A { x: A; go(): A; p(): Promise<A> }",
		"class A extends A { x: A; constructor(private y: A) { super(y); this.z = this.y.x } go(): A { return this.x.go() } async p() { return this.y.p() } }",
		"type A = B; type B = A | C; interface C extends B { x: A; go: () => B; p: <T>(x: T) => Promise<A> }",
		"type A = { x: A[]; go(f: (a: A) => A): A; p(): Promise<A> } & A",
		"type A = typeof a",
		"interface A { x: Map<string, A>; [k: string]: A }",
		"import type { A } from './a'; export type { A } from './a'; export * from './a'",
		"import type { A } from './a'; export type { H } from './a'; export * from './a'",
		"import { A } from './a'; export { A } from './a'",
		"import { Pool as A } from 'pg'",
		"type A = Awaited<ReturnType<InstanceType<Partial<A>>>>",
	} {
		f.Add(types, "a.x.x.go((b) => b.go(b)).p().then((c) => c.p()); for (const d of a.x) d.p(); (a as unknown as A).p();")
		f.Add(types, "let b: A = a; b.p(); async function g<A>(c: A, { x }: A = a): Promise<A> { x.p(); return c } await g(a, a);")
	}
	f.Fuzz(func(t *testing.T, types, code string) {
		text := types + "\ndeclare const a: A;\nexports.handler = async (event: A, context: any, callback: any) => {\n" + code + "\n callback(null); };\n"
		p := newProject(&txtar.Archive{Files: []txtar.File{{Name: "a.ts", Data: []byte(text)}}})
		tree, err := p.Parse("a.ts")
		if err != nil {
			return
		}
		p.run(tree, "a.ts", "callback", flow.Limits{States: 2000})
	})
}
