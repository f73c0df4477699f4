// Package helix holds the configuration for Helix to what Helix makes of it.
package helix

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestHealth asks Helix what it has read.
func TestHealth(t *testing.T) {
	hx, _, env := configured(t)
	for _, language := range []string{"javascript", "jsx", "typescript", "tsx", "go", "yaml"} {
		if said := trial.Must(t, ".", env, hx, "--health", language); !strings.Contains(said, "✓ handlervet: ") {
			t.Errorf("%s:\n%s", language, said)
		}
	}
}

// TestEditing lets Helix open a bad handler, show what is wrong, and take the quick fix.
func TestEditing(t *testing.T) {
	hx, dir, env := configured(t)
	s := screen{t: t, tmux: trial.Tool(t, "tmux"), dir: dir, env: append(env, "TMUX_TMPDIR="+t.TempDir(), "TERM=xterm-256color")}
	t.Cleanup(func() { trial.Run(t, dir, s.env, s.tmux, "kill-server") })
	s.do("new-session", "-d", "-x", "160", "-y", "40", hx+" functions/send.js")
	s.see("} catch (error) {  the error is caught here, and nothing answers")
	s.do("send-keys", "4j") // to its line, and not to the finding
	s.see("help: answer on this path as well")
	s.do("send-keys", "Space", "a")
	s.see("return callback(error)`") // the title of the fix
	s.do("send-keys", "Enter")
	s.see("    return callback(error);\n")
	s.do("send-keys", ":wq", "Enter")
	file := filepath.Join(dir, "functions", "send.js")
	s.await("the fixed file", func() bool {
		text, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(text), "    return callback(error);\n")
	})
}

// configured is Helix, a project, and the environment of somebody who has copied the configuration.
func configured(t *testing.T) (hx, dir string, env []string) {
	t.Helper()
	hx = trial.Tool(t, "hx")
	home := t.TempDir()
	config, err := os.ReadFile("languages.toml")
	if err != nil {
		t.Fatal(err)
	}
	trial.Write(t, home, map[string]string{"helix/languages.toml": string(config)})
	path := filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	return hx, trial.Repository(t, trial.Project()), []string{"PATH=" + path, "HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_CACHE_HOME=" + home}
}

// screen is a terminal in which Helix runs.
type screen struct {
	t    *testing.T
	tmux string
	dir  string
	env  []string
}

func (s screen) do(args ...string) string {
	s.t.Helper()
	return trial.Must(s.t, s.dir, s.env, s.tmux, args...)
}

func (s screen) see(text string) {
	s.t.Helper()
	s.await(text, func() bool { return strings.Contains(s.do("capture-pane", "-p"), text) })
}

// await gives up after so long that only a failure takes it.
func (s screen) await(what string, ask func() bool) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); !ask(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("in vain: %s\n%s", what, s.do("capture-pane", "-p"))
		}
	}
}
