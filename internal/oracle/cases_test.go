package oracle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// The words for what becomes of an invocation. " twice" follows if the handler answered again, " dies" if its process ended later.
const (
	answered = "answered"
	failed   = "error"   // the caller gets an error
	never    = "never"   // nobody answers, and nothing ends the process by a failure
	empty    = "empty"   // nobody answers, and the platform does: with nothing, as a success
	dies     = "dies"    // the process ends with a failure before anything answers
	refused  = "refused" // the runtime does not start with this handler
	twice    = " twice"
	later    = " dies"
)

// expectation is what becomes of a handler, and why that is to be expected where it is not what the contract says.
type expectation struct{ want, reason string }

// handler is a small handler: its comments `// want: …` and `// contract: …` say what it is for, and `// runtime: … -- reason`,
// `// solver: …` and `// sandbox: …` where one of the three differs.
type handler struct {
	name, file, contract string
	want                 string
	differs              map[string]expectation
}

// expected is what one of runtime, solver and sandbox must say.
func (h *handler) expected(who string) string {
	if d, ok := h.differs[who]; ok {
		return d.want
	}
	return h.want
}

// readCases writes an archive's files to a directory and returns the handlers among them.
func readCases(t *testing.T, archive string) (root string, found []*handler) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", archive+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	root = t.TempDir()
	for _, f := range a.Files {
		to := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		if ext := filepath.Ext(f.Name); ext == ".js" || ext == ".mjs" {
			found = append(found, readCase(t, f.Name, string(f.Data)))
		}
	}
	return root, found
}

func readCase(t *testing.T, file, text string) *handler {
	t.Helper()
	base := filepath.Base(file)
	h := &handler{name: strings.TrimSuffix(base, filepath.Ext(base)), file: file, differs: map[string]expectation{}}
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "// ")
		key, value, colon := strings.Cut(comment, ": ")
		switch {
		case !ok || !colon:
		case key == "want":
			h.want = value
		case key == "contract":
			h.contract = value
		case key == "runtime" || key == "solver" || key == "sandbox":
			want, reason, said := strings.Cut(value, " -- ")
			if !said {
				t.Fatalf("%s: no reason for %q", file, line)
			}
			h.differs[key] = expectation{want, reason}
		}
	}
	if h.want == "" {
		t.Fatalf("%s does not say what must become of it", file)
	}
	return h
}
