// Package reviewdog holds the report for reviewdog to reviewdog's own types.
package reviewdog

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/reviewdog/reviewdog/proto/rdf"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestReport runs the command of the configuration and reads what it writes as reviewdog does: unknown fields are refused.
func TestReport(t *testing.T) {
	text, err := os.ReadFile("reviewdog.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Runner map[string]struct{ Cmd, Format string }
	}
	if err := yaml.Unmarshal(text, &config); err != nil || config.Runner["handlervet"].Format != "rdjson" {
		t.Fatal(err, config)
	}
	dir := trial.Repository(t, map[string]string{"package.json": "{}\n", "functions/send.js": trial.Bad})
	path := "PATH=" + filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	status, said := trial.Run(t, dir, []string{path}, trial.Tool(t, "sh"), "-c", config.Runner["handlervet"].Cmd)
	var result rdf.DiagnosticResult
	if err := protojson.Unmarshal([]byte(said), &result); err != nil || status != 1 {
		t.Fatalf("exit status %d, %v\n%s", status, err, said)
	}
	if len(result.GetDiagnostics()) != 1 {
		t.Fatalf("%d diagnostics, want 1", len(result.GetDiagnostics()))
	}
	d := result.GetDiagnostics()[0]
	start := d.GetLocation().GetRange().GetStart()
	if d.GetLocation().GetPath() != "functions/send.js" || start.GetLine() != 5 || start.GetColumn() != 5 ||
		d.GetSeverity() != rdf.Severity_ERROR || d.GetCode().GetValue() != "missing-completion" {
		t.Errorf("the diagnostic is %v", d)
	}
	if len(d.GetSuggestions()) == 0 || d.GetSuggestions()[0].GetText() == "" {
		t.Errorf("no fix is suggested: %v", d)
	}
}
