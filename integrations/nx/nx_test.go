// Package nx holds the target to what Nx makes of it.
package nx

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

func TestTarget(t *testing.T) {
	nx := trial.Tool(t, "nx")
	config, err := os.ReadFile("nx.json")
	if err != nil {
		t.Fatal(err)
	}
	program, err := filepath.EvalSymlinks(nx)
	if err != nil {
		t.Fatal(err)
	}
	module := filepath.Dir(program)
	for ; filepath.Base(filepath.Dir(module)) != "node_modules"; module = filepath.Dir(module) {
		if module == filepath.Dir(module) {
			t.Fatalf("%s is not in node_modules", program)
		}
	}
	runner := trial.Runner{Hit: "read the output from the cache instead of running the command for 1 out of 1 tasks", Run: func(t *testing.T, dir string, env []string) (int, string) {
		installed := filepath.Join(dir, "node_modules", "nx") // Nx wants to be installed in the workspace
		if err := os.Symlink(module, installed); err != nil && !os.IsExist(err) {
			t.Fatal(err)
		}
		return trial.Run(t, dir, append(env, "NX_DAEMON=false", "NX_NO_CLOUD=true", "CI=1"), nx, "run-many", "-t", "handlervet")
	}}
	trial.Monorepo(t, runner, map[string]string{"nx.json": string(config)})
}
