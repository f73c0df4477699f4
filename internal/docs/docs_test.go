package docs_test

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/docs"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// update rewrites the generated parts: go test ./internal/docs -update
var update = flag.Bool("update", false, "rewrite the generated parts of the documentation")

const top = "../.."

// TestFresh holds the generated parts to the program.
func TestFresh(t *testing.T) {
	list := append(all.Rules(), pipeline.Own()...)
	slices.SortFunc(list, func(a, b rules.Rule) int { return cmp.Compare(a.Name, b.Name) })
	tool := build(t)
	for _, part := range []struct{ file, name, body string }{
		{"README.md", "check", docs.Fence("text", handlervet(t, tool, "check", "demo"))},
		{"README.md", "handlers", docs.Fence("text", handlervet(t, tool, "check", "--list-handlers", "demo/vercel"))},
		{"README.md", "flags", docs.Fence("text", after(t, handlervet(t, tool, "check", "--help"), "Flags:"))},
		{"README.md", "rules", docs.Table(list, "docs/rules.md")},
		{"docs/rules.md", "pages", docs.Book(list)},
		{"docs/platforms.md", "contracts", docs.Platforms(platform.Contracts())},
		{"docs/confirmation.md", "confirmation", docs.Fence("text", handlervet(t, tool, "check", "--confirm", "--rule", "missing-completion", "demo/twilio"))},
	} {
		hold(t, filepath.Join(top, part.file), part.name, part.body)
	}
}

func hold(t *testing.T, file, part, body string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := docs.Replace(string(text), part, body)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if want == string(text) {
		return
	}
	if !*update {
		t.Errorf("%s: the part %q is stale; run: go test ./internal/docs -update", filepath.Base(file), part)
		return
	}
	if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// handlervet runs the command as the README says. Findings, exit status 1, are no failure.
func handlervet(t *testing.T, tool string, args ...string) string {
	t.Helper()
	cmd := exec.Command(tool, args...)
	cmd.Dir = top
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "FORCE_COLOR=")
	var out, trouble bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &trouble
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("handlervet %v: %v\n%s", args, err, trouble.String())
	}
	return out.String()
}

// build also looks at what the command is made of: the go command then runs the test again when that changes.
func build(t *testing.T) string {
	t.Helper()
	for _, pattern := range []string{"cmd/*/*", "internal/*/*", "analyzers/*/*", "demo/*", "demo/*/*", "demo/*/*/*"} {
		made, err := filepath.Glob(filepath.Join(top, pattern))
		if err != nil || len(made) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range made {
			if _, err := os.Stat(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "handlervet.exe")
	cmd := exec.Command("go", "build", "-o", file, "./cmd/handlervet")
	cmd.Dir = top
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return file
}

// after is what follows a line.
func after(t *testing.T, text, line string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, line+"\n")
	if !ok {
		t.Fatalf("no line %q in\n%s", line, text)
	}
	return rest
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)\s]*)?\)`)

// TestLinks looks whether the files that pages link to are there.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob(top + "/*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(top + "/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, page := range append(pages, more...) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", filepath.Base(page), m[1], err)
			}
		}
	}
	if checked == 0 {
		t.Error("no page links to a file")
	}
}

func TestReplace(t *testing.T) {
	const page = "a\n<!-- generated: x -->\nold\n<!-- end of x -->\nb\n"
	got, err := docs.Replace(page, "x", "new\n")
	if want := strings.Replace(page, "old", "new", 1); got != want || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	for _, bad := range []string{"", page + page, "<!-- end of x -->\n<!-- generated: x -->\n"} {
		if _, err := docs.Replace(bad, "x", ""); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestBook(t *testing.T) {
	list := []rules.Rule{{Name: "a", Doc: "# a\n\n```sh\n# no heading\n```\n"}, {Name: "b", Doc: "# b\n\nOne. Two.\n"}}
	if got, want := docs.Book(list), "## a\n\n```sh\n# no heading\n```\n\n## b\n\nOne. Two.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := list[1].Summary(), "One."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := docs.Fence("sh", "```\n"), "````sh\n```\n````\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
