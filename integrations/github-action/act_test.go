package githubaction

import (
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestAct runs the workflow, but for the upload, in a runner: act, on this machine and without its network.
func TestAct(t *testing.T) {
	tool := trial.Tool(t, "act")
	workflow, _, found := strings.Cut(trial.Read(t, "workflow.yml"), "      - uses: github/codeql-action/")
	if !found {
		t.Fatal("the workflow has no upload")
	}
	workflow = strings.Replace(workflow, "handlervet/handlervet/integrations/github-action@main", "./action", 1)
	workflow = strings.Replace(workflow, "        with:\n          diff:", "        with:\n          binary: "+trial.Binary(t)+"\n          diff:", 1)
	action := trial.Read(t, "action.yml")
	setup, check := strings.Index(action, "    - if: inputs.binary == ''"), strings.Index(action, "    - id: check")
	if setup < 0 || check < setup {
		t.Fatal("the action has not the two steps")
	}
	action = action[:setup] + action[check:] // act fetches the step that sets up Go even if it is not to run
	for handler, want := range map[string]string{
		trial.Bad:  "| error | `functions/send.js:5` | `missing-completion` | ",
		trial.Good: "No findings.",
	} {
		dir := trial.Repository(t, map[string]string{
			".github/workflows/handlervet.yml": workflow, "functions/send.js": handler, "package.json": "{}\n",
			"action/action.yml": action, "action/run.sh": trial.Read(t, "run.sh"), "action/summary.awk": trial.Read(t, "summary.awk"),
		})
		home := t.TempDir()
		env := []string{"HOME=" + home, "XDG_CACHE_HOME=" + home, "XDG_CONFIG_HOME=" + home}
		status, said := trial.Run(t, dir, env, tool, "push", "-P", "ubuntu-latest=-self-hosted", "--action-offline-mode")
		if (status == 0) != (handler == trial.Good) || !strings.Contains(said, want) {
			t.Errorf("exit status %d, want %q\n%s", status, want, said)
		}
	}
}
