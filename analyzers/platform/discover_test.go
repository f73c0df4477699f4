package platform

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// discover finds the handlers of an archive's files; the lines are those of Describe.
func discover(t *testing.T, archive string, o Options) (*memoryTree, []string) {
	t.Helper()
	tree := newMemoryTree(txtar.Parse([]byte(archive)).Files)
	project, err := Discover(tree, o)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, h := range project.Handlers {
		lines = append(lines, h.Describe())
	}
	return tree, lines
}

// TestOptions: the configuration decides where nothing else does, and only there.
func TestOptions(t *testing.T) {
	const project = `
-- plain.js --
exports.handler = (a, b, c) => c(null, 'x');
-- lambda.js --
exports.handler = (event, context) => ({});
-- template.yaml --
Resources:
  F: { Type: AWS::Serverless::Function, Properties: { Handler: declared.handler, Runtime: nodejs20.x } }
-- declared.js --
exports.handler = (event, context) => ({});
`
	for _, test := range []struct {
		options Options
		want    []string // IDs in the order of declared.js, lambda.js, plain.js
	}{
		{Options{}, []string{"[lambda.cb]", "[lambda.async]", "[lambda.cb]"}},
		{Options{Runtime: "24"}, []string{"[lambda.cb]", "[lambda.24]", "[lambda.24]"}},
		{Options{Runtime: "nodejs22.x"}, []string{"[lambda.cb]", "[lambda.cb]", "[lambda.cb]"}},
	} {
		_, lines := discover(t, project, test.options)
		if len(lines) != len(test.want) {
			t.Fatalf("%+v: %q", test.options, lines)
		}
		for i, line := range lines {
			if !strings.Contains(line, test.want[i]) {
				t.Errorf("%+v: %s, want %s", test.options, line, test.want[i])
			}
		}
	}
}

// TestForcedPlatform: each platform's name leads to one of its contracts.
func TestForcedPlatform(t *testing.T) {
	const file = "-- x.js --\nexports.handler = (a, b, c) => c(null, 'x');\n"
	for platform, id := range map[string]string{
		"": "undecided", "twilio": "[twilio]", "lambda": "[lambda.cb]", "vercel": "[vercel.node]", "next": "[next.pages]",
		"azure": "[azure.v3]", "gcf": "[gcf.http]", "netlify": "[netlify.v1.cb.24]", "cloudflare": "[cf.module]",
	} {
		if _, lines := discover(t, file, Options{Platform: platform}); len(lines) != 1 || !strings.Contains(lines[0], id) {
			t.Errorf("%q: %q, want %s", platform, lines, id)
		}
	}
}

// TestParsesCandidatesOnly: files that cannot hold a handler are not parsed.
func TestParsesCandidatesOnly(t *testing.T) {
	tree, lines := discover(t, `
-- package.json --
{ "dependencies": { "next": "15" } }
-- app/page.tsx --
export default async function Page() { const x = await fetch(process.env.URL); return <p>{x}</p>; }
-- app/api/x/route.ts --
export const GET = () => new Response('x');
-- lib/helper.js --
export const sum = (a, b) => a + b;
-- lib/stack.ts --
export class Stack { f = new Function(this, 'F', { handler: 'index.handler', code }); }
-- lib/click.js --
export function setup(button) { button.handler = () => {}; }
-- components/form.jsx --
import { handler } from './x';
export const Form = () => <form onSubmit={handler} />;
-- api/x.test.js --
exports.handler = async (event) => {};
-- config.js --
const handler = 1;
-- index.d.ts --
export declare const handler: () => void;
`, Options{})
	var parsed []string
	for name := range tree.parsed {
		parsed = append(parsed, name)
	}
	if !slices.Equal(parsed, []string{"app/api/x/route.ts"}) || len(lines) != 1 {
		t.Errorf("parsed %q, found %q", parsed, lines)
	}
}

// partTree lists only some of a tree's files, as when a hook checks a few.
type partTree struct {
	*memoryTree
	files []string
}

func (p partTree) Files() []string { return p.files }

// TestFewFiles: the deployment files above the files that are checked count, and handlers in other files are not reported.
func TestFewFiles(t *testing.T) {
	whole := newMemoryTree(txtar.Parse([]byte(`
-- service/serverless.yml --
provider: { name: aws, runtime: nodejs20.x, timeout: 11 }
functions:
  a: { handler: src/a.main }
  b: { handler: src/b.main }
-- service/src/a.js --
exports.main = (event, context, callback) => callback();
-- service/src/b.js --
exports.main = (event, context, callback) => callback();
`)).Files)
	project, err := Discover(partTree{whole, []string{"service/src/a.js"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(project.Handlers) != 1 || project.Handlers[0].Budget.MS != 11_000 || project.Handlers[0].Contract != lambdaCallback {
		t.Errorf("found %s", whole.list(project))
	}
	if _, isParsed := whole.parsed["service/src/b.js"]; isParsed {
		t.Error("a file that is not checked was parsed")
	}
}

// brokenTree cannot read or parse anything.
type brokenTree struct{ files []string }

func (b brokenTree) Files() []string { return b.files }

func (b brokenTree) Read(string) ([]byte, error) { return nil, errors.New("unreadable") }

func (b brokenTree) Parse(string) (*jsparse.File, error) { return nil, errors.New("unreadable") }

// TestUnreadable: nothing is found in what cannot be read, and nothing fails.
func TestUnreadable(t *testing.T) {
	project, err := Discover(brokenTree{[]string{"api/a.js", "functions/b.js", "package.json", "serverless.yml"}}, Options{})
	if err != nil || len(project.Handlers) > 0 || len(project.Problems) > 0 {
		t.Errorf("%+v, %v", project, err)
	}
}

// TestBrokenDeployment: a file that tells the platform by being there does so when it is broken; what it says of limits is not known.
func TestBrokenDeployment(t *testing.T) {
	for file, want := range map[string]string{"vercel.json": "api/a.js vercel.node 0", ".twilioserverlessrc": "functions/a.js twilio 10000"} {
		tree := newMemoryTree([]txtar.File{
			{Name: file, Data: []byte(`{ "functions": `)},
			{Name: "api/a.js", Data: []byte("export default function handler(req, res) { res.end(); }\n")},
			{Name: "functions/a.js", Data: []byte("exports.handler = (a, b, c) => c();\n")},
		})
		project, err := Discover(tree, Options{})
		if err != nil || len(project.Problems) != 1 || strings.Contains(project.Problems[0].Text, "hujson") {
			t.Fatalf("%s: %v, problems %v", file, err, project.Problems)
		}
		var got []string
		for _, h := range project.Handlers {
			if h.Contract != nil {
				got = append(got, fmt.Sprint(h.File, " ", h.Contract.ID, " ", h.Budget.MS))
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s, want %s", file, s, want)
		}
	}
}

// TestRangeMajor: what a range of versions says about the contracts.
func TestRangeMajor(t *testing.T) {
	for text, want := range map[string]int{
		"20": 20, "v22.11.0": 22, "^18.17": 18, "22.x": 22, ">=18": 0, ">= 24": 24, ">=16 <21": 20, ">=16 <=20": 20, ">=18 <25": 0,
		"<23": 22, "lts/*": 0, "": 0, "latest": 0, "~24": 24,
	} {
		if got := rangeMajor(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestGlob: patterns of vercel.json.
func TestGlob(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"api/*.js", "api/a.js", true}, {"api/*.js", "api/b/a.js", false}, {"api/**", "api/b/a.js", true}, {"api/**/*.ts", "api/a.ts", true},
		{"api/{a,b}.js", "api/b.js", true}, {"api/{a,b}.js", "api/c.js", false}, {"/api/a.js", "api/a.js", true}, {"api/[id].js", "api/i.js", true},
		{"api/[", "api/a", false}, {"api/{a", "api/{a", true}, {"**", "", true},
	} {
		if got := glob(test.pattern, test.name); got != test.want {
			t.Errorf("%s matches %s: %v", test.pattern, test.name, got)
		}
	}
}

// TestClock: host.json's time limits.
func TestClock(t *testing.T) {
	for text, want := range map[string]int{"00:05:00": 300_000, "1.00:00:01": 86_401_000, "-1": 0, "": 0, "5:00": 0, "a:b:c": 0, "-1:00:00": 0} {
		if got := clock(text); got != want {
			t.Errorf("%q: %d ms, want %d", text, got, want)
		}
	}
}

// TestPartOfATree: what a checked file imports counts wherever it lies, and however many files are checked.
func TestPartOfATree(t *testing.T) {
	files := txtar.Parse([]byte(`
-- vercel.json --
{}
-- lib/observed.js --
export function observed(handler) {
  return async (req, res) => { await handler(req, res); };
}
-- api/answer.js --
import { observed } from '../lib/observed.js';
export default observed((req, res) => res.end());
`)).Files
	for i := range 2 * probeLimit {
		files = append(files, txtar.File{Name: fmt.Sprintf("api/_part%d.js", i), Data: []byte("export const x = 1;\n")})
	}
	whole := newMemoryTree(files)
	part := slices.DeleteFunc(whole.Files(), func(name string) bool { return !strings.HasPrefix(name, "api/") })
	project, err := Discover(partTree{whole, part}, Options{Platform: "vercel"})
	if err != nil {
		t.Fatal(err)
	}
	if len(project.Handlers) != 1 || project.Handlers[0].Contract == nil {
		for _, h := range project.Handlers {
			t.Error(h.Describe())
		}
		t.Fatalf("%d handlers, want one that is decided", len(project.Handlers))
	}
}
