// Package githooks holds the hooks to the programs that run them.
package githooks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

func TestLefthook(t *testing.T) {
	tool := trial.Tool(t, "lefthook")
	dir, env := repository(t, map[string]string{"lefthook.yml": trial.Read(t, "lefthook.yml")})
	trial.Must(t, dir, env, tool, "validate")
	trial.Must(t, dir, env, tool, "install")
	commits(t, dir, env)
}

func TestHusky(t *testing.T) {
	husky := trial.Tool(t, "husky")
	trial.Tool(t, "lint-staged")
	dir, env := repository(t, map[string]string{
		"lint-staged.config.mjs": trial.Read(t, "lint-staged.config.mjs"), ".husky/pre-commit": trial.Read(t, "husky-pre-commit"),
	})
	trial.Must(t, dir, env, husky)
	commits(t, dir, env)
}

func TestGitAlone(t *testing.T) {
	dir, env := repository(t, nil)
	trial.Write(t, dir, map[string]string{".git/hooks/pre-commit": trial.Read(t, "pre-commit")})
	if err := os.Chmod(filepath.Join(dir, ".git", "hooks", "pre-commit"), 0o755); err != nil {
		t.Fatal(err)
	}
	commits(t, dir, env)
}

// repository has the files and a package.json, and an environment with handlervet on the PATH.
func repository(t *testing.T, files map[string]string) (dir string, env []string) {
	t.Helper()
	all := map[string]string{"package.json": "{\"private\": true}\n"}
	for name, text := range files {
		all[name] = text
	}
	path := filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	return trial.Repository(t, all), []string{"PATH=" + path, "HOME=" + t.TempDir(), "CI="}
}

// commits holds that a commit of a bad handler is refused, and one of a good handler is not: what is not staged does not count.
func commits(t *testing.T, dir string, env []string) {
	t.Helper()
	const file = "functions/send.js"
	trial.Write(t, dir, map[string]string{file: trial.Bad})
	trial.Must(t, dir, env, "git", "add", "-A")
	status, said := trial.Run(t, dir, env, "git", "commit", "-m", "bad")
	if status == 0 || !strings.Contains(said, file+":5:5: ") || !strings.Contains(said, "[missing-completion]") {
		t.Fatalf("the commit of a bad handler: exit status %d\n%s", status, said)
	}
	trial.Write(t, dir, map[string]string{file: trial.Good})
	trial.Must(t, dir, env, "git", "add", "-A")
	trial.Write(t, dir, map[string]string{file: trial.Bad})
	trial.Must(t, dir, env, "git", "commit", "-m", "good")
	if got := trial.Must(t, dir, env, "git", "show", "HEAD:"+file); got != trial.Good {
		t.Errorf("committed is\n%s", got)
	}
	if got := trial.Read(t, filepath.Join(dir, file)); got != trial.Bad {
		t.Errorf("what was not staged became\n%s", got)
	}
}
