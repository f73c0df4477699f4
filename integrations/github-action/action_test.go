// Package githubaction holds the action and its workflow to what GitHub takes.
package githubaction

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// project is what the action is let loose on.
func project(t *testing.T) string {
	t.Helper()
	return trial.Repository(t, map[string]string{"package.json": "{}\n", "functions/send.js": trial.Bad, "functions/fine.js": trial.Good})
}

// runner is the environment that GitHub's runner gives the script.
func runner(dir, binary string, inputs ...string) []string {
	env := []string{
		"RUNNER_TEMP=" + dir, "GITHUB_OUTPUT=" + filepath.Join(dir, "output"), "GITHUB_STEP_SUMMARY=" + filepath.Join(dir, "summary"),
		"INPUT_PATHS=.", "INPUT_WORKING_DIRECTORY=.", "INPUT_DIFF=", "INPUT_SHARD=", "INPUT_MERGE=", "INPUT_FAIL_ON=", "INPUT_SARIF_FILE=out.sarif",
		"INPUT_ANNOTATIONS=true", "INPUT_BINARY=" + binary,
	}
	return append(env, inputs...)
}

func TestScript(t *testing.T) {
	bash := trial.Tool(t, "bash")
	if runtime.GOOS == "windows" {
		t.Skip("paths of another kind")
	}
	script := filepath.Join(trial.Top(t), "integrations", "github-action", "run.sh")
	binary := trial.Binary(t)
	t.Run("findings", func(t *testing.T) {
		dir, temp := project(t), t.TempDir()
		status, said := trial.Run(t, dir, runner(temp, binary), bash, script)
		if status != 1 || !strings.Contains(said, "::error file=functions/send.js,line=5,endLine=5,col=5,endColumn=18,title=missing-completion::") {
			t.Errorf("exit status %d\n%s", status, said)
		}
		holds(t, filepath.Join(temp, "output"), "findings=1\n", "sarif-file=out.sarif\n")
		holds(t, filepath.Join(temp, "summary"), "\n| error | `functions/send.js:5` | `missing-completion` | the error is caught here, ",
			"\n<details><summary><code>functions/send.js:5</code> missing-completion</summary>\n\n1. functions/send.js:3: `fetch()` rejects\n2. ")
		var log struct{ Runs []struct{ Results []any } }
		if err := json.Unmarshal([]byte(trial.Read(t, filepath.Join(dir, "out.sarif"))), &log); err != nil || len(log.Runs) != 1 || len(log.Runs[0].Results) != 1 {
			t.Errorf("the SARIF file: %v, %+v", err, log)
		}
	})
	t.Run("nothing new", func(t *testing.T) {
		dir, temp := project(t), t.TempDir()
		env := runner(temp, binary, "INPUT_DIFF=HEAD", "INPUT_WORKING_DIRECTORY=functions", "INPUT_PATHS=send.js\n\nfine.js\n")
		if status, said := trial.Run(t, filepath.Join(dir, "functions"), env, bash, script); status != 0 || said != "" {
			t.Errorf("exit status %d\n%s", status, said)
		}
		holds(t, filepath.Join(temp, "output"), "findings=0\n", "sarif-file=functions/out.sarif\n")
		holds(t, filepath.Join(temp, "summary"), "No findings.")
	})
	t.Run("shards", func(t *testing.T) {
		dir, temp := project(t), t.TempDir()
		trial.Write(t, dir, map[string]string{"functions/third.js": trial.Bad})
		for _, i := range []string{"1", "2"} {
			file := filepath.Join(temp, i+".sarif")
			if status, said := trial.Run(t, dir, runner(temp, binary, "INPUT_SHARD="+i+"/2", "INPUT_FAIL_ON=never", "INPUT_SARIF_FILE="+file), bash, script); status != 0 {
				t.Fatalf("shard %s: exit status %d\n%s", i, status, said)
			}
		}
		if status, said := trial.Run(t, dir, runner(t.TempDir(), binary, "INPUT_MERGE="+temp), bash, script); status != 1 {
			t.Errorf("merged: exit status %d\n%s", status, said)
		}
		if n := strings.Count(trial.Read(t, filepath.Join(dir, "out.sarif")), `"partialFingerprints"`); n != 2 {
			t.Errorf("%d results, want 2", n)
		}
		other := t.TempDir()
		if status, _ := trial.Run(t, dir, runner(other, binary, "INPUT_MERGE="+temp, "INPUT_FAIL_ON=never"), bash, script); status != 0 {
			t.Errorf("merged, never failing: exit status %d", status)
		}
		holds(t, filepath.Join(other, "output"), "findings=2\n", "sarif-file=out.sarif\n")
		holds(t, filepath.Join(other, "summary"), "2 findings in all shards.")
		if err := os.Remove(filepath.Join(temp, "2.sarif")); err != nil {
			t.Fatal(err)
		}
		none := t.TempDir()
		if status, said := trial.Run(t, dir, runner(none, binary, "INPUT_MERGE="+temp), bash, script); status != 2 || !strings.Contains(said, "shard 2/2 is missing") {
			t.Errorf("a shard is missing: exit status %d\n%s", status, said)
		}
	})
	t.Run("inputs are values", func(t *testing.T) {
		dir, temp := project(t), t.TempDir()
		env := runner(temp, binary, "INPUT_DIFF=$(touch owned)", "INPUT_PATHS=--help\n`touch owned`", "INPUT_ANNOTATIONS=;touch owned")
		if status, said := trial.Run(t, dir, env, bash, script); status != 2 || !strings.Contains(said, "git has no commit") {
			t.Errorf("exit status %d\n%s", status, said)
		}
		if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
			t.Error("an input was run")
		}
		if output := trial.Read(t, filepath.Join(temp, "output")); strings.Contains(output, "sarif-file") {
			t.Errorf("there is no SARIF file, and the output says\n%s", output)
		}
	})
}

// TestActionlint also compares the inputs that the workflow gives with those that the action has: it knows them for actions of the same repository.
func TestActionlint(t *testing.T) {
	tool := trial.Tool(t, "actionlint")
	for file, input := range map[string]string{"workflow.yml": "diff:", "shards.yml": "merge:"} {
		t.Run(file, func(t *testing.T) { lint(t, tool, trial.Read(t, file), input) })
	}
}

func lint(t *testing.T, tool, workflow, input string) {
	action := trial.Read(t, "action.yml")
	const remote = "handlervet/handlervet/integrations/github-action@main"
	if !strings.Contains(workflow, remote) {
		t.Fatalf("the workflow does not use %s", remote)
	}
	const file = ".github/workflows/handlervet.yml"
	dir := trial.Repository(t, map[string]string{
		file:                strings.ReplaceAll(workflow, remote, "./action"),
		"action/action.yml": action,
	})
	trial.Must(t, dir, nil, tool, file)
	trial.Write(t, dir, map[string]string{file: strings.Replace(strings.ReplaceAll(workflow, remote, "./action"), " "+input, " un"+input, 1)})
	if status, said := trial.Run(t, dir, nil, tool, file); status == 0 || !strings.Contains(said, `"un`+strings.TrimSuffix(input, ":")+`"`) {
		t.Errorf("actionlint takes an input that the action does not have:\n%s", said)
	}
	_, script, found := strings.Cut(action, "      run:")
	if !found || strings.Contains(script, "${{") {
		t.Errorf("an expression in a script is run as text of it: %s", script)
	}
}

func holds(t *testing.T, file string, parts ...string) {
	t.Helper()
	text := trial.Read(t, file)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%s does not hold %q:\n%s", filepath.Base(file), p, text)
		}
	}
}
