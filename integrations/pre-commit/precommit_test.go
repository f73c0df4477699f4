// Package precommit holds the hooks for pre-commit to what pre-commit makes of them.
package precommit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

func TestManifest(t *testing.T) {
	tool := trial.Tool(t, "pre-commit")
	trial.Must(t, trial.Top(t), nil, tool, "validate-manifest", ".pre-commit-hooks.yaml")
	trial.Must(t, trial.Top(t), nil, tool, "validate-config", "integrations/pre-commit/pre-commit-config.yaml")
}

// TestBuilt lets pre-commit clone and build handlervet: what a user gets who copies the configuration.
func TestBuilt(t *testing.T) {
	tool := trial.Tool(t, "pre-commit")
	if testing.Short() {
		t.Skip("builds handlervet in a clone")
	}
	source := published(t)
	rev := strings.TrimSpace(trial.Must(t, source, nil, "git", "rev-parse", "HEAD"))
	config := configuration(t, "https://github.com/handlervet/handlervet", source, "rev: main", "rev: "+rev)
	cache := strings.TrimSpace(trial.Must(t, source, nil, "go", "env", "GOMODCACHE"))
	commits(t, tool, config, []string{"GOMODCACHE=" + cache, "GOFLAGS=-modcacherw"})
}

// TestSystem uses the handlervet on the PATH.
func TestSystem(t *testing.T) {
	tool := trial.Tool(t, "pre-commit")
	source := t.TempDir()
	hooks, err := os.ReadFile(filepath.Join(trial.Top(t), ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	trial.Write(t, source, map[string]string{".pre-commit-hooks.yaml": string(hooks)})
	trial.Commit(t, source)
	rev := strings.TrimSpace(trial.Must(t, source, nil, "git", "rev-parse", "HEAD"))
	config := configuration(t, "https://github.com/handlervet/handlervet", source, "rev: main", "rev: "+rev, "id: handlervet\n", "id: handlervet-system\n")
	path := filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	commits(t, tool, config, []string{"PATH=" + path})
}

// configuration is the file that users copy, with some of its words replaced, in pairs.
func configuration(t *testing.T, replace ...string) string {
	t.Helper()
	text, err := os.ReadFile("pre-commit-config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(string(text), replace[i]) {
			t.Fatalf("no %q in the configuration", replace[i])
		}
	}
	return strings.NewReplacer(replace...).Replace(string(text))
}

// commits holds that a commit of a bad handler is refused, and one of a good handler is not.
func commits(t *testing.T, tool, config string, env []string) {
	t.Helper()
	dir := trial.Repository(t, map[string]string{".pre-commit-config.yaml": config, "package.json": "{}\n"})
	env = append(env, "PRE_COMMIT_HOME="+t.TempDir())
	trial.Must(t, dir, env, tool, "install")

	trial.Write(t, dir, map[string]string{"functions/send.js": trial.Bad})
	trial.Must(t, dir, env, "git", "add", "-A")
	status, said := trial.Run(t, dir, env, "git", "commit", "-m", "bad")
	if status == 0 || !strings.Contains(said, "functions/send.js:5:5: ") || !strings.Contains(said, "[missing-completion]") {
		t.Fatalf("the commit of a bad handler: exit status %d\n%s", status, said)
	}

	trial.Write(t, dir, map[string]string{"functions/send.js": trial.Good})
	trial.Must(t, dir, env, "git", "add", "-A")
	if said := trial.Must(t, dir, env, "git", "commit", "-m", "good"); !strings.Contains(said, "Passed") {
		t.Errorf("the hook did not run:\n%s", said)
	}
}

// published is the project as somebody would clone it, with what is not committed yet.
func published(t *testing.T) string {
	t.Helper()
	top, dir := trial.Top(t), t.TempDir()
	files := map[string]string{}
	for name := range strings.SplitSeq(trial.Must(t, top, nil, "git", "ls-files", "-co", "--exclude-standard", "-z"), "\x00") {
		text, err := os.ReadFile(filepath.Join(top, name))
		if name != "" && err == nil { // what is deleted and not committed is listed, too
			files[name] = string(text)
		}
	}
	trial.Write(t, dir, files)
	trial.Commit(t, dir)
	return dir
}
