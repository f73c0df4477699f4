// Package jenkins holds the stage for Jenkins and the report it makes to what reads JUnit reports.
package jenkins

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/joshdk/go-junit"

	"github.com/handlervet/handlervet/integrations/trial"
)

var step = regexp.MustCompile(`sh '(handlervet [^']*)'`)

// TestStage runs the command of the stage and reads the report with somebody else's parser.
func TestStage(t *testing.T) {
	text, err := os.ReadFile("Jenkinsfile")
	if err != nil {
		t.Fatal(err)
	}
	m := step.FindSubmatch(text)
	if m == nil || !strings.Contains(string(text), "junit 'handlervet.xml'") {
		t.Fatal("the stage does not run handlervet")
	}
	path := "PATH=" + filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	for _, c := range []struct {
		name, handler, config string
		status, failed        int
	}{
		{name: "bad", handler: trial.Bad, failed: 1},
		{name: "good", handler: trial.Good},
		{name: "broken config", handler: trial.Good, config: "unknown: twilio\n", status: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := trial.Repository(t, map[string]string{"package.json": "{}\n", ".handlervet.yml": c.config, "functions/send.js": c.handler})
			status, said := trial.Run(t, dir, []string{path}, trial.Tool(t, "sh"), "-c", string(m[1]))
			if status != c.status {
				t.Fatalf("exit status %d\n%s", status, said)
			}
			if status != 0 {
				return
			}
			suites, err := junit.IngestFile(filepath.Join(dir, "handlervet.xml"))
			if err != nil {
				t.Fatal(err)
			}
			tests, failed := 0, 0
			for _, s := range suites {
				tests, failed = tests+s.Totals.Tests, failed+s.Totals.Failed
			}
			if tests == 0 || failed != c.failed {
				t.Errorf("%d of %d tests failed, want %d", failed, tests, c.failed)
			}
		})
	}
}
