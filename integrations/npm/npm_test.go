// Package npm holds the npm packages to what npm makes of them.
package npm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

const version = "1.2.3"

// TestPackages makes the packages, installs them from a registry of its own, and runs what is installed.
func TestPackages(t *testing.T) {
	node, npm := trial.Tool(t, "node"), trial.Tool(t, "npm")
	if testing.Short() {
		t.Skip("builds handlervet for a release")
	}
	platform := strings.TrimSpace(trial.Must(t, ".", nil, node, "-p", "process.platform + '-' + process.arch"))
	made := filepath.Join(t.TempDir(), "npm")
	trial.Must(t, trial.Top(t), nil, node, "integrations/npm/build.mjs", version, made, platform)
	from := serve(t, made)

	install := func(t *testing.T, flags ...string) string {
		dir := trial.Repository(t, map[string]string{
			"package.json": "{\"private\": true}\n", ".gitignore": "node_modules\n", "functions/send.js": trial.Bad, "functions/fine.js": trial.Good,
		})
		home := t.TempDir()
		env := []string{"HOME=" + home, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1"}
		args := []string{"install", "handlervet@" + version, "--registry", from, "--cache", filepath.Join(home, "cache"), "--no-audit", "--no-fund", "--no-update-notifier"}
		trial.Must(t, dir, env, npm, append(args, flags...)...)
		return dir
	}
	run := func(t *testing.T, dir string, env []string, args ...string) (int, string) {
		return trial.Run(t, dir, env, filepath.Join(dir, "node_modules", ".bin", "handlervet"), args...)
	}

	t.Run("installed", func(t *testing.T) {
		dir := install(t)
		if status, said := run(t, dir, nil, "check"); status != 1 || !strings.Contains(said, "functions/send.js:5:5: ") {
			t.Errorf("bad: exit status %d\n%s", status, said)
		}
		if status, said := run(t, dir, nil, "check", "functions/fine.js"); status != 0 {
			t.Errorf("good: exit status %d\n%s", status, said)
		}
		if status, said := run(t, dir, nil, "check", "--nonsense"); status != 2 {
			t.Errorf("wrong flag: exit status %d\n%s", status, said)
		}
		platforms, err := os.ReadDir(filepath.Join(dir, "node_modules", "@handlervet"))
		if err != nil || len(platforms) != 1 || platforms[0].Name() != platform {
			t.Errorf("installed for %v, %v; want %s", platforms, err, platform)
		}
		if status, said := run(t, dir, []string{"HANDLERVET_BINARY=" + filepath.Join(dir, "nowhere")}, "check"); status != 2 || !strings.Contains(said, "cannot start") {
			t.Errorf("a binary that is not there: exit status %d\n%s", status, said)
		}
	})
	t.Run("without the platform's package", func(t *testing.T) {
		dir := install(t, "--omit=optional")
		status, said := run(t, dir, nil, "check")
		if status != 2 || !strings.Contains(said, "@handlervet/"+platform+" is not installed") || !strings.Contains(said, "--omit=optional") || strings.Contains(said, "    at ") {
			t.Errorf("exit status %d\n%s", status, said)
		}
		if status, said := run(t, dir, []string{"HANDLERVET_BINARY=" + trial.Binary(t)}, "check"); status != 1 {
			t.Errorf("with HANDLERVET_BINARY: exit status %d\n%s", status, said)
		}
	})
	t.Run("another platform", func(t *testing.T) {
		const pretend = `Object.defineProperty(process, "platform", { value: "sunos" }); require(process.argv[1])`
		status, said := trial.Run(t, ".", nil, node, "-e", pretend, filepath.Join(made, "handlervet", "bin", "handlervet.js"))
		if status != 2 || !strings.Contains(said, "there is no package for sunos-") {
			t.Errorf("exit status %d\n%s", status, said)
		}
	})
}
