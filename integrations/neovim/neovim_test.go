// Package neovim holds the configuration for Neovim to what Neovim makes of it.
package neovim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestEditing lets Neovim open a bad handler, take the quick fix, and edit a helper of another handler.
func TestEditing(t *testing.T) {
	for _, name := range []string{"nvim", "nvim-testing"} {
		t.Run(name, func(t *testing.T) {
			nvim := trial.Tool(t, name)
			dir, env := project(t)
			status, said := trial.Run(t, dir, env, nvim, "--headless", "-c", "luafile "+script(t))
			t.Logf("%s\n%s", strings.SplitN(trial.Must(t, dir, env, nvim, "--version"), "\n", 2)[0], said)
			for _, want := range []string{
				"functions/send.js:5:5: [missing-completion] from handlervet",
				"line 7:     return callback(error);",
				"api/order.js:4:3: [floating-promise] from handlervet",
				"gone",
				"confirmed\n",
				"debounce: 10\n",
			} {
				if !strings.Contains(said, want) {
					t.Errorf("not seen: %s", want)
				}
			}
			if status != 0 {
				t.Errorf("exit status %d", status)
			}
		})
	}
}

// project is a project and the environment of somebody who has copied the configuration and set something.
func project(t *testing.T) (dir string, env []string) {
	t.Helper()
	home := t.TempDir()
	config, err := os.ReadFile("handlervet.lua")
	if err != nil {
		t.Fatal(err)
	}
	configured := strings.Replace(string(config), "vim.empty_dict()", "{ debounce = 10 }", 1)
	trial.Write(t, home, map[string]string{"config/nvim/plugin/handlervet.lua": configured})
	path := filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	env = []string{"PATH=" + path, "HOME=" + home}
	for _, kind := range []string{"config", "data", "state", "cache"} {
		env = append(env, "XDG_"+strings.ToUpper(kind)+"_HOME="+filepath.Join(home, kind))
	}
	return trial.Repository(t, trial.Project()), env
}

func script(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs("try.lua")
	if err != nil {
		t.Fatal(err)
	}
	return file
}
