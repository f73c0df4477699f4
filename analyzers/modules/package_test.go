package modules

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestTable holds the table to its form.
func TestTable(t *testing.T) {
	n := 0
	for line := range strings.Lines(esmOnly) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		name, _, _ := strings.Cut(line, " ")
		h, ok := historyOf(name)
		if !ok {
			t.Errorf("%s is not found", name)
			continue
		}
		before := CommonJS
		for i, c := range h.changes {
			if c.style == before || c.style == Unseen || i > 0 && !c.from.GreaterThan(h.changes[i-1].from) {
				t.Errorf("%s: change %d is none", name, i)
			}
			before = c.style
		}
	}
	if n < 250 {
		t.Errorf("the table has %d packages", n)
	}
	if _, ok := historyOf("p-"); ok {
		t.Error("half a name is found")
	}
}

// TestRequired: what package.json, lock files and node_modules say of a package.
func TestRequired(t *testing.T) {
	for _, test := range []struct{ name, files, specifier, want string }{
		{"range", pkg("got", "^12.1.0"), "got", "esm ^12.1.0 package.json last 11.8.6"},
		{"range with CommonJS", pkg("got", "^11.8.0"), "got", "cjs ^11.8.0 package.json last 11.8.6"},
		{"open range without lock", pkg("got", ">=11"), "got", "none"},
		{"any", pkg("got", "*"), "got", "none"},
		{"tag", pkg("got", "latest"), "got", "none"},
		{"two alternatives", pkg("got", "^12 || ^13"), "got", "esm ^12 || ^13 package.json last 11.8.6"},
		{"not asked for", pkg("other", "1"), "got", "none"},
		{"not known", pkg("left-pad", "1"), "left-pad", "none"},
		{"subpath", pkg("got", "^12"), "got/package.json", "none"},
		{"builtin", pkg("got", "^12"), "node:fs", "none"},
		{"back to CommonJS", pkg("superjson", "^2.2.3"), "superjson", "cjs ^2.2.3 package.json last "},
		{"both", pkg("superjson", "^2.0.0"), "superjson", "none"},
		{"ES modules for a while", pkg("superjson", "2.1.0"), "superjson", "esm 2.1.0 package.json last "},
		{"no require in exports", pkg("@middy/core", "5.x"), "@middy/core", "unexported 5.x package.json last 4.7.0"},
		{"npm lock", pkg("got", ">=11") + "-- package-lock.json --\n" + `{"packages":{"node_modules/got":{"version":"12.6.1"}}}`, "got", "esm 12.6.1 package-lock.json last 11.8.6"},
		{"npm lock with workspaces", pkg("got", ">=11") + "-- package-lock.json --\n" + `{"packages":{"node_modules/got":{"version":"12.6.1"},"apps/a/node_modules/got":{"version":"11.8.6"},"node_modules/x/node_modules/got":{"version":"9.6.0"}}}`, "got", "none"},
		{"npm lock 1", pkg("got", ">=11") + "-- package-lock.json --\n" + `{"dependencies":{"got":{"version":"11.8.6"}}}`, "got", "cjs 11.8.6 package-lock.json last 11.8.6"},
		{"yarn lock", pkg("got", ">=11") + "-- yarn.lock --\n# yarn lockfile v1\n\n\"got@>=10\", \"got@>=11\":\n  version \"13.0.0\"\n", "got", "esm 13.0.0 yarn.lock last 11.8.6"},
		{"berry lock", pkg("got", ">=11") + "-- yarn.lock --\n\"got@npm:>=11\":\n  version: 14.0.0\n  resolution: \"got@npm:14.0.0\"\n", "got", "esm 14.0.0 yarn.lock last 11.8.6"},
		{"yarn lock of another", pkg("got", ">=11") + "-- yarn.lock --\ngot@^12:\n  version \"12.0.0\"\n", "got", "none"},
		{"pnpm lock", pkg("got", ">=11") + "-- pnpm-lock.yaml --\nimporters:\n  .:\n    dependencies:\n      got:\n        specifier: '>=11'\n        version: 12.0.1(x@1.0.0)\npackages:\n  got:\n", "got", "esm 12.0.1 pnpm-lock.yaml last 11.8.6"},
		{"pnpm lock 5", pkg("got", ">=11") + "-- pnpm-lock.yaml --\nspecifiers:\n  got: '>=11'\ndependencies:\n  got: 12.0.1\n", "got", "esm 12.0.1 pnpm-lock.yaml last 11.8.6"},
		{"installed", pkg("got", "^12") + inst("got", `{"version":"11.0.0","main":"x"}`, "x.js", ""), "got", "cjs 11.0.0 node_modules last 11.8.6"},
		{"installed ES module", pkg("a", "1") + inst("a", `{"version":"1.0.0","type":"module"}`, "index.js", "export {}"), "a", "esm 1.0.0 node_modules last "},
		{"awaits", inst("a", `{"type":"module","exports":"./a.js"}`, "a.js", "import './b.mjs'") + "-- node_modules/a/b.mjs --\nawait 1\n", "a", "esm awaits  node_modules last "},
		{"awaits in an import of its own", inst("a", `{"type":"module","exports":"./a.js"}`, "a.js", "import 'b'") + inst("b", `{"type":"module"}`, "index.js", "await 1"), "a", "esm awaits  node_modules last "},
		{"awaits in a function", inst("a", `{"type":"module","exports":"./a.js"}`, "a.js", "export async function f() { await 1 }"), "a", "esm  node_modules last "},
		{"dual", inst("a", `{"type":"module","exports":{"import":"./a.js","require":"./a.cjs"}}`, "a.cjs", ""), "a", "cjs  node_modules last "},
		{"dual by folder", inst("a", `{"type":"module","exports":{"import":"./a.js","require":"./cjs/a.js"}}`, "cjs/a.js", "") + "-- node_modules/a/cjs/package.json --\n{\"type\":\"commonjs\"}\n", "a", "cjs  node_modules last "},
		{"import alone", inst("a", `{"exports":{".":{"import":"./a.js"}}}`, "a.js", ""), "a", "unexported  node_modules last "},
		{"module-sync", inst("a", `{"exports":{"module-sync":"./a.mjs","default":"./a.cjs"}}`, "a.cjs", ""), "a", "cjs  node_modules last "},
		{"subpath not exported", inst("a", `{"exports":{".":"./a.js"}}`, "a.js", ""), "a/b", "unexported  node_modules last "},
		{"subpath pattern", inst("a", `{"exports":{"./*":"./lib/*.mjs"}}`, "lib/b.mjs", ""), "a/b", "esm  node_modules last "},
		{"no file", inst("a", `{"main":"gone"}`, "x.js", ""), "a", "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, ok := New(unpacked(t, test.files)).Required("functions/f.js", test.specifier)
			got := "none"
			if ok {
				got = p.Style.String()
				if p.Awaits {
					got += " awaits"
				}
				got += " " + p.Versions + " " + p.From + " last " + p.LastCommonJS
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// pkg is a package.json with one dependency.
func pkg(name, versions string) string {
	return "-- package.json --\n{\"dependencies\":{\"" + name + "\":\"" + versions + "\"}}\n"
}

// inst is an installed package with one file.
func inst(name, manifest, file, text string) string {
	return "-- node_modules/" + name + "/package.json --\n" + manifest + "\n-- node_modules/" + name + "/" + file + " --\n" + text + "\n"
}

func unpacked(t *testing.T, archive string) Tree {
	t.Helper()
	out := files{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		out[f.Name] = string(f.Data)
	}
	return out
}

func TestRangeOf(t *testing.T) {
	for text, want := range map[string]string{
		"1.2.3": "1.2.3 1.2.4", "^1.2.3": "1.2.3 2.0.0", "^0.2.3": "0.2.3 0.3.0", "^0.0.3": "0.0.3 0.0.4", "~1.2": "1.2.0 1.3.0", "~1": "1.0.0 2.0.0",
		"1.x": "1.0.0 2.0.0", "*": "0.0.0 -", "": "0.0.0 -", ">=1 <3": "1.0.0 3.0.0", "<=2": "0.0.0 3.0.0", "1 - 2": "1.0.0 3.0.0",
		">= 1.2": "1.2.0 -", "^1 || ^3": "1.0.0 4.0.0", "workspace:^2": "2.0.0 3.0.0", "=v1.0.0": "1.0.0 1.0.1", "1.0.0-beta.1": "1.0.0-beta.1 1.0.1",
		"latest": "none", "npm:got@12": "none", "github:a/b": "none", "file:../x": "none", "http://x": "none", "^99999999999999": "none",
	} {
		r, ok := rangeOf(text)
		got := "none"
		if ok {
			got = r.low.String() + " -"
			if r.high != nil {
				got = r.low.String() + " " + r.high.String()
			}
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// FuzzRequired: no manifest, range or lock file takes the resolver down.
func FuzzRequired(f *testing.F) {
	f.Add(`{"exports":{".":{"import":"./a.js"},"./*":["./b.js",null]}}`, "^1 || >2", "got@^12:\n  version \"1\"")
	f.Add(`{"main":7,"exports":[[[]]]}`, "1 - x", "importers:\n got: \n  version: '/1.0.0'")
	f.Fuzz(func(t *testing.T, manifest, versions, lock string) {
		asked, err := json.Marshal(map[string]any{"dependencies": map[string]string{"got": versions}})
		if err != nil {
			t.Skip()
		}
		p := files{"package.json": string(asked), "yarn.lock": lock, "pnpm-lock.yaml": lock, "package-lock.json": lock, "node_modules/a/package.json": manifest}
		r := New(p)
		r.Required("f.js", "got")
		r.Required("f.js", "a")
		r.Required("f.js", "a/b")
	})
}
