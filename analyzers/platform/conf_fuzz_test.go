package platform

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// deploymentFiles are names that lead to every reader.
var deploymentFiles = []string{
	"serverless.yml", "serverless.json", "template.yaml", "template.json", "package.json", "vercel.json", "netlify.toml",
	"wrangler.toml", "wrangler.jsonc", "host.json", "Fn/function.json", ".twilioserverlessrc", ".nvmrc", "serverless.ts",
}

// FuzzDeployment reads any text as every kind of deployment file: it must end, without a panic, and its places must lie in the text.
func FuzzDeployment(f *testing.F) {
	archives, _ := os.ReadDir("testdata")
	for _, a := range archives {
		if archive, err := txtar.ParseFile("testdata/" + a.Name()); err == nil {
			for _, file := range archive.Files {
				f.Add(uint8(0), file.Data)
			}
		}
	}
	for _, text := range hardTexts() {
		for i := range deploymentFiles {
			f.Add(uint8(i), []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, text []byte) {
		name := deploymentFiles[int(kind)%len(deploymentFiles)]
		tree := newMemoryTree([]txtar.File{{Name: name, Data: text}, {Name: "a.js", Data: []byte("exports.handler = (event, context, callback) => callback();")}})
		project, err := Discover(tree, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range project.Handlers {
			for _, p := range []Place{h.Declared, h.Budget.Place, h.Gateway.Place} {
				tree.checkPlace(t, p)
			}
			_ = h.Describe()
		}
		for i := range project.Settings {
			s := &project.Settings[i]
			tree.checkPlace(t, s.Place)
			if s.Editable && string(tree.texts[s.Place.File][s.Place.Start:s.Place.End]) != s.Text {
				t.Errorf("%q is written where %+v says that %q may be replaced", tree.texts[s.Place.File][s.Place.Start:s.Place.End], s.Place, s.Text)
			}
			for j := range s.Outer {
				tree.checkPlace(t, s.Outer[j].Place)
			}
		}
		for _, problem := range project.Problems {
			tree.checkPlace(t, problem.Place)
		}
	})
}

// checkPlace: a place is none, or in its file.
func (m *memoryTree) checkPlace(t *testing.T, p Place) {
	t.Helper()
	if p == (Place{}) {
		return
	}
	if size := len(m.texts[p.File]); p.Start < 0 || p.Start > p.End || p.End > size || p.Line < 1 {
		t.Errorf("%+v is outside a text of %d bytes", p, size)
	}
}

// hardTexts are texts that readers of their kind have stumbled over.
func hardTexts() []string {
	functions := "functions:\n  a:\n    handler: a.handler\n    timeout: "
	return []string{
		functions + "30", functions + "99999999999999999999", functions + "${self:functions.a.timeout}", functions + "!Ref x",
		"a: &a [*a, *a]\nfunctions: *a", "a: &a {<<: *a}\nfunctions: *a",
		"provider: ${file(serverless.yml)}\nfunctions: ${file(./serverless.yml):functions}",
		"\ufefffunctions: {ü: {handler: a.handler, timeout: 3}}\r\n",
		"Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: a.handler, Timeout: -1, Runtime: nodejs}}}",
		`{"functions": {"a": {"handler": "a.handler", "timeout": 1e9, "maxDuration": "max", "x": "\ud800"}}}`,
		`{"functions": {"{": {"maxDuration": 3}, "[": {"maxDuration": 3}, "**/{a,b/**": {"maxDuration": 3}}}`,
		"main = \"a.js\"\nmain = 'a.js'\n[[build]]\n[build.upload]\nmain = \"\"\"a\\\n.js\"\"\"",
		"[functions]\ndirectory = \"../..\"", "{", "[", "- - -", "? ? ?", "%YAML 9\n---\n...", "a: |\n", "a: >-\n\t", "'", "\"\\", "{{{{", "!!!",
		strings.Repeat("[", 200), strings.Repeat("{\"a\":", 200), strings.Repeat("- ", 200), strings.Repeat("a: {", 200),
	}
}
