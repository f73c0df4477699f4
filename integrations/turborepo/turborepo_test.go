// Package turborepo holds the task to what Turborepo makes of it.
package turborepo

import (
	"os"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

func TestTask(t *testing.T) {
	turbo := trial.Tool(t, "turbo")
	config, err := os.ReadFile("turbo.json")
	if err != nil {
		t.Fatal(err)
	}
	runner := trial.Runner{Hit: "FULL TURBO", Run: func(t *testing.T, dir string, env []string) (int, string) {
		return trial.Run(t, dir, append(env, "TURBO_TELEMETRY_DISABLED=1"), turbo, "run", "handlervet")
	}}
	trial.Monorepo(t, runner, map[string]string{"turbo.json": string(config)})
}
