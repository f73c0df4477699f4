package trial

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Runner runs the tasks of a monorepo, and keeps their results.
type Runner struct {
	// Run runs the task handlervet of all packages in a directory.
	Run func(t *testing.T, dir string, env []string) (status int, said string)
	// Hit is what it says when all results were kept.
	Hit string
}

// answering is a handler that leaves it to a helper to answer.
const answering = `const { answer } = require('../lib/answer');
const { text } = require('@acme/shared');
exports.handler = async (context, event, callback) => {
  if (event.ask) return answer(callback);
  return callback(null, text);
};
`

const answers, forgets = "exports.answer = (callback) => callback(null, 'asked');\n", "exports.answer = (callback) => { console.log('asked'); };\n"

// Monorepo holds a runner to checking again what has to be, and nothing else. The files are those that configure it.
func Monorepo(t *testing.T, r Runner, files map[string]string) {
	t.Helper()
	env := []string{"PATH=" + filepath.Dir(Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH"), "HANDLERVET_CACHE=off"}
	dir := t.TempDir()
	Write(t, dir, map[string]string{
		".gitignore": "node_modules\nhandlervet.sarif\n.turbo\n.nx\n", ".handlervet.yml": "rules: {local-require: off}\n",
		"package.json":               `{"name": "acme", "private": true, "packageManager": "npm@11.0.0", "workspaces": ["packages/*"]}`,
		"packages/api/package.json":  `{"name": "@acme/api", "version": "1.0.0", "dependencies": {"@acme/shared": "1.0.0"}, "scripts": {"handlervet": "handlervet check --sarif handlervet.sarif"}}`,
		"packages/api/lib/answer.js": answers, "packages/api/functions/send.js": answering,
		"packages/shared/package.json": `{"name": "@acme/shared", "version": "1.0.0", "main": "index.js"}`, "packages/shared/index.js": "exports.text = 'not asked';\n",
		"packages/other/package.json": `{"name": "@acme/other", "version": "1.0.0"}`, "packages/other/index.js": "exports.other = 1;\n",
	})
	Write(t, dir, files)
	Must(t, dir, nil, Tool(t, "npm"), "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund")
	Commit(t, dir)
	sarif := filepath.Join(dir, "packages", "api", "handlervet.sarif")
	run := func(what string, kept bool, want int, told string) {
		t.Helper()
		status, said := r.Run(t, dir, env)
		if (status == 0) != (want == 0) || strings.Contains(said, r.Hit) != kept || !strings.Contains(said, told) {
			t.Errorf("%s: exit status %d, want %d; kept is to be %v\n%s", what, status, want, kept, said)
		}
		if _, err := os.Stat(sarif); want == 0 && err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	edit := func(name, text string) { Write(t, dir, map[string]string{name: text}) }

	run("at first", false, 0, "")
	if err := os.Remove(sarif); err != nil {
		t.Fatal(err)
	}
	run("again", true, 0, "")
	edit("packages/api/lib/answer.js", forgets)
	run("a helper that does not answer", false, 1, "packages/api/functions/send.js:4:")
	run("findings are told each time", false, 1, "packages/api/functions/send.js:4:")
	edit("packages/api/lib/answer.js", answers)
	run("as it was", true, 0, "")
	edit("packages/other/index.js", "exports.other = 2;\n")
	run("a package that it does not need", true, 0, "")
	edit("packages/shared/index.js", "exports.text = 'no';\n")
	run("a package that it needs", false, 0, "")
	edit(".handlervet.yml", "rules: {local-require: off}\nfail-on: error\n")
	run("the config", false, 0, "")
	run("again, at last", true, 0, "")
}
