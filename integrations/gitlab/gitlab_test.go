// Package gitlab holds the job for GitLab CI, and the report it makes, to what GitLab documents.
package gitlab

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/handlervet/handlervet/integrations/trial"
)

// report is what https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format asks for.
const report = `{
  "type": "array",
  "items": {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
      "description": {"type": "string", "minLength": 1},
      "check_name": {"type": "string", "minLength": 1},
      "fingerprint": {"type": "string", "minLength": 1},
      "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
      "location": {
        "type": "object",
        "required": ["path", "lines"],
        "properties": {
          "path": {"type": "string", "pattern": "^[^./]"},
          "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
        }
      }
    }
  }
}`

type job struct {
	Script    []string
	Artifacts struct {
		When    string
		Reports map[string]string
	}
}

// TestJob runs the last line of the job, the one that is no installation, and looks at its artefact.
func TestJob(t *testing.T) {
	text, err := os.ReadFile("handlervet.gitlab-ci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var jobs map[string]job
	if err := yaml.Unmarshal(text, &jobs); err != nil {
		t.Fatal(err)
	}
	j := jobs["handlervet"]
	if len(jobs) != 1 || len(j.Script) == 0 || j.Artifacts.When != "always" {
		t.Fatalf("the job is %+v", jobs)
	}
	dir := trial.Repository(t, map[string]string{"package.json": "{}\n", "functions/send.js": trial.Bad, "functions/other.js": trial.Bad})
	path := "PATH=" + filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	command := j.Script[len(j.Script)-1]
	if status, said := trial.Run(t, dir, []string{path}, trial.Tool(t, "sh"), "-c", command); status != 1 {
		t.Fatalf("%s: exit status %d\n%s", command, status, said)
	}
	artefact, err := os.ReadFile(filepath.Join(dir, j.Artifacts.Reports["codequality"]))
	if err != nil {
		t.Fatal(err)
	}
	list := validate(t, artefact)
	if len(list) != 2 {
		t.Errorf("%d findings, want 2", len(list))
	}
	seen := map[any]bool{}
	for _, issue := range list {
		fingerprint := issue.(map[string]any)["fingerprint"]
		if seen[fingerprint] {
			t.Errorf("fingerprint %v is not unique", fingerprint)
		}
		seen[fingerprint] = true
	}
}

func validate(t *testing.T, text []byte) []any {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", schema); err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MustCompile("report.json").Validate(v); err != nil {
		t.Error(err)
	}
	list, _ := v.([]any)
	return list
}
