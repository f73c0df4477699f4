// Package bazel holds the aspect to what Bazel makes of it.
package bazel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// library is a rule like js_library, which Debian's Bazel cannot download.
const library = `def _impl(ctx):
    return [DefaultInfo(files = depset(ctx.files.srcs))]

js_library = rule(_impl, attrs = {"srcs": attr.label_list(allow_files = True), "deps": attr.label_list(), "data": attr.label_list(allow_files = True)})
`

const linters = `load("//:handlervet.bzl", "lint_handlervet_aspect")

handlervet = lint_handlervet_aspect(
    binary = Label("//:handlervet"),
    config = Label("//:.handlervet.yml"),
    deployment = [Label("//:.twilioserverlessrc")],
)
`

const build = `load("//:library.bzl", "js_library")

js_library(name = "functions", srcs = ["send.js"], deps = ["//lib"])
js_library(name = "fine", srcs = ["fine.js"], tags = ["no-lint"])
filegroup(name = "group", srcs = ["fine.js"], tags = ["lint-with-handlervet"])
`

// handler leaves it to a helper to answer when it is asked to.
const handler = `const { answer } = require('../lib/answer');
exports.handler = async (context, event, callback) => {
  if (event.ask) return answer(callback);
  return callback(null, 'not asked');
};
`

const bad, good = "exports.answer = (callback) => { console.log('asked'); };\n", "exports.answer = (callback) => callback(null, 'asked');\n"

// workspace is a Bazel workspace with a handler and its helper.
type workspace struct {
	dir, tool, output, cache string
}

func newWorkspace(t *testing.T, tool, binary, cache string) *workspace {
	t.Helper()
	aspect, err := os.ReadFile("handlervet.bzl")
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{t.TempDir(), tool, t.TempDir(), cache}
	trial.Write(t, w.dir, map[string]string{
		"WORKSPACE": "", "handlervet.bzl": string(aspect), "library.bzl": library, "linters.bzl": linters,
		"BUILD": `exports_files(["handlervet", ".handlervet.yml", ".twilioserverlessrc"])`, ".handlervet.yml": "rules:\n  local-require: off\n",
		".twilioserverlessrc": "{}", "functions/BUILD": build, "functions/send.js": handler, "functions/fine.js": trial.Good,
		"lib/BUILD": `load("//:library.bzl", "js_library")` + "\n" + `js_library(name = "lib", srcs = ["answer.js"], visibility = ["//visibility:public"])`, "lib/answer.js": bad,
	})
	text, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "handlervet"), text, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		trial.Run(t, w.dir, nil, tool, "--output_user_root="+w.output, "shutdown")
		trial.Run(t, w.output, nil, "chmod", "-R", "u+w", ".") // Bazel takes the right to write away, and the test has to clean up
	})
	return w
}

// build builds output groups of targets. It returns the exit status and what Bazel said.
func (w *workspace) build(t *testing.T, groups string, targets ...string) (int, string) {
	t.Helper()
	args := []string{"--output_user_root=" + w.output, "build", "--disk_cache=" + w.cache, "--aspects=//:linters.bzl%handlervet", "--output_groups=" + groups}
	return trial.Run(t, w.dir, nil, w.tool, append(args, targets...)...)
}

// result is an output of a target of the package functions.
func (w *workspace) result(t *testing.T, target, suffix string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, "bazel-bin", "functions", target+".AspectRulesLintHandlervet."+suffix))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const reports = "rules_lint_human,rules_lint_machine"

func TestAspect(t *testing.T) {
	tool := trial.Tool(t, "bazel")
	binary, cache := trial.Binary(t), t.TempDir()
	w := newWorkspace(t, tool, binary, cache)

	if status, said := w.build(t, reports, "//..."); status != 0 {
		t.Fatalf("exit status %d\n%s", status, said)
	}
	human, machine := w.result(t, "functions", "out"), w.result(t, "functions", "report")
	if !strings.HasPrefix(human, "functions/send.js:3:") || w.result(t, "functions", "out.exit_code") != "1\n" || w.result(t, "functions", "report.exit_code") != "1\n" {
		t.Errorf("a helper that does not answer: %s", human)
	}
	if !strings.Contains(machine, `"uri": "functions/send.js"`) || strings.Contains(machine, w.dir) || strings.Contains(machine, w.output) {
		t.Errorf("the SARIF file:\n%s", machine)
	}
	if w.result(t, "group", "out") != "" || w.result(t, "group", "out.exit_code") != "0\n" {
		t.Errorf("a good handler: %s", w.result(t, "group", "out"))
	}
	if found, _ := filepath.Glob(filepath.Join(w.dir, "bazel-bin", "*", "fine.*")); len(found) > 0 {
		t.Errorf("a target that is not to be checked has %v", found)
	}
	if status, said := w.build(t, "handlervet_fail", "//functions"); status == 0 || !strings.Contains(said, "functions/send.js:3:") {
		t.Errorf("findings are to fail: exit status %d\n%s", status, said)
	}

	t.Run("elsewhere", func(t *testing.T) {
		other := newWorkspace(t, tool, binary, cache)
		status, said := other.build(t, reports, "//functions", "//functions:group")
		if status != 0 || !strings.Contains(said, "2 remote cache hit") {
			t.Errorf("what is known is not taken from the cache: exit status %d\n%s", status, said)
		}
		if other.result(t, "functions", "report") != machine {
			t.Error("the report is another")
		}
	})
	t.Run("helper", func(t *testing.T) {
		trial.Write(t, w.dir, map[string]string{"lib/answer.js": good})
		if status, said := w.build(t, reports+",handlervet_fail", "//functions"); status != 0 || w.result(t, "functions", "out.exit_code") != "0\n" {
			t.Errorf("with a helper that answers: exit status %d\n%s%s", status, said, w.result(t, "functions", "out"))
		}
	})
	t.Run("patch", func(t *testing.T) {
		trial.Write(t, w.dir, map[string]string{"functions/send.js": trial.Bad})
		if status, said := w.build(t, "rules_lint_patch", "//functions"); status != 0 {
			t.Fatalf("exit status %d\n%s", status, said)
		}
		trial.Write(t, w.dir, map[string]string{"fix.patch": w.result(t, "functions", "patch")})
		trial.Must(t, w.dir, nil, "git", "apply", "fix.patch")
		if status, said := w.build(t, "handlervet_fail", "//functions"); status != 0 {
			t.Errorf("after the patch: exit status %d\n%s", status, said)
		}
	})
	t.Run("failure", func(t *testing.T) {
		trial.Write(t, w.dir, map[string]string{".handlervet.yml": "nonsense: 1\n"})
		if status, said := w.build(t, reports, "//functions"); status == 0 || !strings.Contains(said, "nonsense") {
			t.Errorf("a config that cannot be read: exit status %d\n%s", status, said)
		}
	})
}
