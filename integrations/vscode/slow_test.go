package vscode

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestBrowser installs the package into a real VS Code, opens it in a real browser, and does what a user does: trusts the
// workspace, opens a bad handler, reads the finding, and has it confirmed. HANDLERVET_SCREENSHOT names a file for the picture.
func TestBrowser(t *testing.T) {
	if os.Getenv("HANDLERVET_SLOW") != "1" {
		t.Skip("installs VS Code for a browser, which takes minutes; HANDLERVET_SLOW=1 runs it")
	}
	chromium, node := trial.Tool(t, "chromium"), trial.Tool(t, "node")
	installed := os.Getenv("HANDLERVET_CODE_SERVER") // where browser/install.sh has put it already
	if installed == "" {
		installed = t.TempDir()
		trial.Must(t, "browser", nil, "./install.sh", installed)
	}
	picture := os.Getenv("HANDLERVET_SCREENSHOT")
	if picture == "" {
		picture = filepath.Join(t.TempDir(), "vscode.png")
	}
	status, said := trial.Run(t, ".", nil, node, "browser/try.mjs", installed, chromium, makePackage(t), trial.Repository(t, trial.Project()), picture)
	t.Log(said)
	for _, want := range []string{
		"untrusted: no server runs",
		"trusted: the server runs",
		"t = 10 000 ms: `callback` was not called",
		"restarted: another server runs",
		"problem: the error is caught here, and nothing answers",
		"fixed:     return callback(error);",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not seen: %s", want)
		}
	}
	if status != 0 {
		t.Errorf("exit status %d", status)
	}
	if info, err := os.Stat(picture); err != nil || info.Size() == 0 {
		t.Errorf("no picture: %v", err)
	}
}
