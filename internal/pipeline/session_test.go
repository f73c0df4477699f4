package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// world is a project in which anything may happen.
type world struct {
	*rand.Rand
	root    string
	overlay map[string]string
}

// places are the files that may be there; each means something to some step of the way.
var places = []string{
	"package.json", "tsconfig.json", ".twilioserverlessrc", ".gitignore", "template.yaml", "serverless.yml", "vercel.json", "site/package.json", "site/vercel.json",
	"functions/a.js", "functions/b.js", "functions/deep/c.protected.js", "assets/util.private.js", "lib/one.js", "lib/two.js",
	"lib/three.ts", "lib/index.js", "src/h.js", "src/k.ts", "api/x.ts", "site/api/y.js", "node_modules/esm/package.json",
}

func (w *world) one(texts ...string) string { return texts[w.IntN(len(texts))] }

// text is something that a file of that name may hold.
func (w *world) text(name string) string {
	switch filepath.Base(name) {
	case "package.json":
		return w.one(`{"name": "p"}`, `{"dependencies": {"esm": "1.0.0", "express": "5.0.0"}}`, `{"type": "module"}`, `{"dependencies": {"aws-sdk": "2"}, "engines": {"node": "22"}}`,
			`{"dependencies": {"@vercel/node": "3"}}`, `{ broken`, `{"name": "esm", "type": "module", "version": "1.0.0"}`)
	case "tsconfig.json":
		return w.one(`{"compilerOptions": {"paths": {"@/*": ["lib/*"]}}}`, `{"compilerOptions": {"baseUrl": "."}}`, `{}`, `{`)
	case "template.yaml":
		return w.one("a: b\n", "c: [d\n", "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {CodeUri: ., Handler: src/k.handler, Runtime: nodejs20.x, Timeout: 9000}\n",
			"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {CodeUri: ., Handler: x.y, Runtime: python3.12}\n")
	case ".gitignore":
		return w.one("", "lib/two.js\n", "functions/b.js\n")
	case "serverless.yml":
		return w.one("provider: {name: aws, runtime: nodejs22.x}\nfunctions:\n  h: {handler: src/h.handler, timeout: 40, events: [{http: GET x}]}\n",
			"provider: {name: aws}\nfunctions:\n  k: {handler: src/k.handler}\n  gone: {handler: src/gone.handler}\n", "a: [")
	case ".twilioserverlessrc", "vercel.json":
		return w.one(`{}`, `{"functions": {"api/*.ts": {"maxDuration": 9000}}}`, `{`)
	}
	return w.script()
}

// script is a handler that may have helpers, or a helper.
func (w *world) script() string {
	var b strings.Builder
	if w.IntN(9) == 0 {
		b.WriteString("// handlervet-ignore-file missing-completion -- for the test\n")
	}
	for i := range w.IntN(3) {
		from := w.one("../lib/one", "../lib/two.js", "../lib/three", "@/one", "lib/three", "./b", "../lib", "esm", "express", "../../lib/one")
		fmt.Fprintf(&b, "const h%d = require('%s');\n", i, from)
	}
	body := func() string {
		return w.one("callback(null, 1);", "if (event.x) { callback(null); }", "fetch('x').then(r => callback(null, r));", "h0.go(event, callback);", "await h1(callback);",
			"const u = require(Runtime.getFunctions()['util'].path); u.go(event, callback);", "// handlervet-ignore missing-completion -- fine\nif (context.y) return;\ncallback();",
			"while (true) {}", "return { statusCode: 200 };", "throw new Error('x');", "setTimeout(() => callback(null), 20000);", "function (")
	}
	switch w.IntN(5) {
	case 0:
		b.WriteString("module.exports = async (cb) => { " + w.one("cb(null)", "if (Math.random() > 0.5) cb(null)", "") + " };\n")
	case 1:
		b.WriteString("exports.go = (event, callback) => { " + body() + " };\n")
	case 2:
		b.WriteString("export default async function (req, res) { " + w.one("res.json({})", "if (req.x) res.end()", "return 1") + " }\nexport function go(e, cb) { cb(null) }\n")
	case 3:
		b.WriteString("exports.handler = require('" + w.one("../lib/one", "./b", "../src/k") + "').handler;\n")
	default:
		b.WriteString("exports.handler = " + w.one("async ", "") + "function (context, event, callback) { " + body() + " };\n")
	}
	return b.String()
}

// happen lets something happen, and says what an editor would know of it: the name of a changed file, "" for all else.
func (w *world) happen(t *testing.T) string {
	t.Helper()
	name := places[w.IntN(len(places))]
	file := filepath.Join(w.root, name)
	_, err := os.Lstat(file)
	there := err == nil
	switch w.IntN(8) {
	case 0:
		if there {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
		return ""
	case 1, 2, 3:
		write(t, file, w.text(name))
		if there {
			return name
		}
		return ""
	case 4:
		delete(w.overlay, name)
	default:
		w.overlay[name] = w.text(name)
	}
	if !there {
		return ""
	}
	return name
}

func write(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func everyRule() []rules.Rule { return append(all.Rules(), Own()...) }

// told is all of an outcome that anybody is told, except for what it took.
func told(t testing.TB, out *Outcome) string {
	t.Helper()
	var handlers []any
	for _, h := range out.Handlers {
		handlers = append(handlers, h.Handler, h.Entry.Span)
	}
	var problems []string
	for _, p := range out.Problems {
		problems = append(problems, p.File+": "+p.Err.Error())
	}
	s := out.Stats
	text, err := json.MarshalIndent([]any{
		out.Findings, out.Suppressed, out.Known, problems, out.Notes, s.ParsedFiles, s.Bytes, s.Checked, s.Capped, s.States, s.Unseen, s.Files, handlers,
	}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSessionIsRun lets a project change at random and holds that a session gives what a check from scratch gives.
func TestSessionIsRun(t *testing.T) {
	findings := 0
	for seed := range uint64(25) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 7)), root: t.TempDir(), overlay: map[string]string{}}
		for _, name := range places {
			if w.IntN(4) > 0 {
				write(t, filepath.Join(w.root, name), w.text(name))
			}
		}
		var s Session
		for step := range 30 {
			o := Options{Root: w.root, Rules: everyRule(), NeedsReason: true, Overlay: maps.Clone(w.overlay)}
			if seed%5 == 0 {
				o.Paths = []string{filepath.Join(w.root, "functions"), filepath.Join(w.root, "src")}
			}
			changed := w.happen(t)
			o.Overlay = maps.Clone(w.overlay)
			var got *Outcome
			var err error
			if changed == "" || changed == ".gitignore" || w.IntN(4) == 0 {
				changed = ""
				got, err = s.Run(context.Background(), o)
			} else {
				got, err = s.Edit(context.Background(), o, changed)
			}
			if err != nil {
				t.Fatal(err)
			}
			want, err := Run(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := told(t, got), told(t, want); g != w {
				t.Fatalf("seed %d, step %d, edit %q:\n%s", seed, step, changed, firstDifference(g, w))
			}
			findings += len(want.Findings)
		}
	}
	if findings < 1000 {
		t.Errorf("%d findings in all: nothing was compared", findings)
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-12)
			return "session:\n" + strings.Join(g[from:min(len(g), i+8)], "\n") + "\nfrom scratch:\n" + strings.Join(w[from:min(len(w), i+8)], "\n")
		}
	}
	return fmt.Sprintf("session has %d lines, from scratch %d", len(g), len(w))
}

// TestEditOutside holds that editing what no walk comes to does not have the tree walked again and again, and that a file that was
// created after all is found.
func TestEditOutside(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, ".gitignore"), "dist/\n")
	write(t, filepath.Join(root, "dist/a.js"), "exports.handler = (context, event, callback) => {};\n")
	write(t, filepath.Join(root, "b.js"), "exports.x = 1;\n")
	var s Session
	edit := func(name string) *Outcome {
		t.Helper()
		out, err := s.Edit(context.Background(), Options{Root: root, Rules: everyRule(), Overlay: map[string]string{"dist/a.js": "", "new.js": ""}}, name)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, name := range []string{"dist/a.js", "new.js"} {
		edit("b.js")
		edit(name)
		if out := edit(name); out.Stats.Walk != 0 {
			t.Errorf("a second change of %s has the tree walked", name)
		}
	}
	write(t, filepath.Join(root, "c.js"), "exports.handler = (context, event, callback) => {};\n")
	if out := edit("c.js"); len(out.Handlers) != 1 {
		t.Errorf("%d handlers", len(out.Handlers))
	}
}
