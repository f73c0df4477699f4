package gitlab

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

// TestRunner has gitlab-ci-local, which validates the files against GitLab's schema, run the job as the page says to include it. What
// needs containers and the network, the image and the installation, is left out.
func TestRunner(t *testing.T) {
	tool := trial.Tool(t, "gitlab-ci-local")
	trial.Tool(t, "rsync") // it copies the project with it
	_, rest, _ := strings.Cut(trial.Read(t, "README.md"), "```yaml\n")
	include, _, found := strings.Cut(rest, "```")
	job := slices.DeleteFunc(strings.SplitAfter(trial.Read(t, "handlervet.gitlab-ci.yml"), "\n"), func(line string) bool {
		return strings.HasPrefix(line, "  image: ") || strings.HasPrefix(line, "    - git clone ") || strings.HasPrefix(line, "    - CGO_ENABLED=0 go build ")
	})
	if !found || len(job) != 10 {
		t.Fatalf("the page or the job is another: %q", job)
	}
	path := "PATH=" + filepath.Dir(trial.Binary(t)) + string(filepath.ListSeparator) + os.Getenv("PATH")
	for handler, want := range map[string]string{trial.Bad: " FAIL ", trial.Good: " PASS "} {
		dir := trial.Repository(t, map[string]string{
			".gitlab-ci.yml": include, "handlervet.gitlab-ci.yml": strings.Join(job, ""), "package.json": "{}\n", "functions/send.js": handler,
		})
		trial.Must(t, dir, nil, "git", "remote", "add", "origin", "https://gitlab.example/acme/functions.git")
		status, said := trial.Run(t, dir, []string{path, "HOME=" + t.TempDir(), "HANDLERVET_CACHE=off"}, tool, "handlervet")
		if (status == 0) != (handler == trial.Good) || !strings.Contains(said, want) || !strings.Contains(said, "json schema validated") {
			t.Errorf("exit status %d, want%s\n%s", status, want, said)
		}
		validate(t, []byte(trial.Read(t, filepath.Join(dir, "gl-code-quality-report.json"))))
	}
}
