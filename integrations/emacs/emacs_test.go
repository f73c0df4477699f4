// Package emacs holds the configuration for Emacs to what Emacs makes of it.
package emacs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestEditing lets Emacs open a bad handler, take the quick fix, and edit a helper of another handler.
func TestEditing(t *testing.T) {
	for _, name := range []string{"emacs", "emacs-testing"} {
		t.Run(name, func(t *testing.T) {
			emacs := trial.Tool(t, name)
			if status, _ := trial.Run(t, ".", nil, emacs, "--batch", "--eval", "(require 'eglot)"); status != 0 {
				trial.Missing(t, name+" has no eglot")
			}
			dir := trial.Repository(t, trial.Project())
			home := t.TempDir()
			path := filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
			env := []string{"PATH=" + path, "HOME=" + home, "XDG_CONFIG_HOME=" + home}
			status, said := trial.Run(t, dir, env, emacs, "--batch", "-l", file(t, "handlervet.el"), "-l", file(t, "try.el"))
			t.Logf("%s\n%s", strings.SplitN(trial.Must(t, dir, env, emacs, "--version"), "\n", 2)[0], said)
			for _, want := range []string{
				"functions/send.js:5: ", "nothing answers",
				"line 7:     return callback(error);",
				"api/order.js:4: ", "nobody waits",
				"gone",
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

func file(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
