package platform

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

var update = flag.Bool("update", false, "rewrite the golden sections")

// TestDiscover looks for the handlers of testdata/*.txtar. Each archive is one project. Its section `want` holds the list of
// handlers, each with the places that lead to it, and then notes and problems. A file may say for itself, in a first line
// `// expect: twilio` (or `nothing`, `undecided`, several words for several handlers), what it holds: -update does not change that.
func TestDiscover(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { discoverArchive(t, name) })
	}
}

func discoverArchive(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if at < 0 {
		archive.Files = append(archive.Files, txtar.File{Name: "want"})
		at = len(archive.Files) - 1
	}
	tree := newMemoryTree(archive.Files[:at])
	project, err := Discover(tree, Options{})
	if err != nil {
		t.Fatal(err)
	}
	tree.checkExpectations(t, project)
	got := tree.list(project)
	if *update {
		archive.Files[at].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(archive.Files[at].Data); want != got {
		t.Errorf("the list differs (run with -update to accept)\ngot:\n%s\nwant:\n%s", got, want)
	}
}

// memoryTree is the files of an archive.
type memoryTree struct {
	texts map[string][]byte

	mu     sync.Mutex
	parsed map[string]*jsparse.File
}

func newMemoryTree(files []txtar.File) *memoryTree {
	m := &memoryTree{texts: map[string][]byte{}, parsed: map[string]*jsparse.File{}}
	for _, f := range files {
		m.texts[f.Name] = f.Data
	}
	return m
}

func (m *memoryTree) Files() []string {
	var out []string
	for name := range m.texts {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (m *memoryTree) Read(path string) ([]byte, error) {
	text, ok := m.texts[path]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return text, nil
}

func (m *memoryTree) Parse(path string) (*jsparse.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if file := m.parsed[path]; file != nil {
		return file, nil
	}
	text, err := m.Read(path)
	if err != nil {
		return nil, err
	}
	file, err := jsparse.Parse(path, text)
	if err == nil {
		m.parsed[path] = file
	}
	return file, err
}

// list is what `check --list-handlers` knows, with the text that stands in each place.
func (m *memoryTree) list(p *Project) string {
	var b strings.Builder
	for _, h := range p.Handlers {
		fmt.Fprintln(&b, h.Describe())
		for _, at := range []struct {
			name  string
			place Place
		}{{"declared", h.Declared}, {"budget", h.Budget.Place}, {"gateway", h.Gateway.Place}} {
			if at.place != (Place{}) {
				fmt.Fprintf(&b, "    %s at %s\n", at.name, m.at(at.place))
			}
		}
	}
	for _, n := range p.Notes {
		fmt.Fprintln(&b, "note:", n)
	}
	for _, problem := range p.Problems {
		fmt.Fprintf(&b, "problem: %s:%d: %s\n", problem.Place.File, problem.Place.Line, problem.Text)
	}
	return b.String()
}

func (m *memoryTree) at(p Place) string {
	text := m.texts[p.File]
	if p.Start < 0 || p.End > len(text) || p.Start > p.End {
		return fmt.Sprintf("%s:%d: offsets %d–%d are outside the file", p.File, p.Line, p.Start, p.End)
	}
	return fmt.Sprintf("%s:%d `%s`", p.File, p.Line, text[p.Start:p.End])
}

// checkExpectations compares what the files say about themselves with what was found in them.
func (m *memoryTree) checkExpectations(t *testing.T, p *Project) {
	found := map[string][]string{}
	for _, h := range p.Handlers {
		id := "undecided"
		if h.Contract != nil {
			id = h.Contract.ID
		}
		found[h.File] = append(found[h.File], id)
	}
	for _, name := range m.Files() {
		line, _, _ := strings.Cut(string(m.texts[name]), "\n")
		want, ok := strings.CutPrefix(line, "// expect: ")
		if !ok {
			continue
		}
		if got := cmp.Or(strings.Join(found[name], " "), "nothing"); got != want {
			t.Errorf("%s: found %s, and the file expects %s", name, got, want)
		}
	}
}
