package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the goldens and the schema")

const goldens = "../../testdata/report"

// TestGolden writes each sample in each format and compares with want.<format>.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob(goldens + "/*.txtar")
	if err != nil || len(names) != len(samples()) {
		t.Fatalf("%d goldens for %d samples (%v)", len(names), len(samples()), err)
	}
	for name, build := range samples() {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(goldens, name+".txtar")
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := build(newTree(archive))
			for _, format := range Formats() {
				want := section(archive, "want."+format)
				got := render(t, format, r, Options{Suppressed: true})
				if !*update && !bytes.Equal(got, want.Data) {
					t.Errorf("%s: run the test with -update if this is right:\n%s", want.Name, got)
				}
				want.Data = got
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func section(archive *txtar.Archive, name string) *txtar.File {
	for i := range archive.Files {
		if archive.Files[i].Name == name {
			return &archive.Files[i]
		}
	}
	archive.Files = append(archive.Files, txtar.File{Name: name})
	return &archive.Files[len(archive.Files)-1]
}

func render(t *testing.T, format string, r *Report, opt Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(format, &b, r, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFormatNames(t *testing.T) {
	for name, want := range map[string]string{
		"yes": "expected one of text, json, sarif",
	} {
		if err := Write(name, nil, nil, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", name, err, want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	archive, err := txtar.ParseFile(goldens + "/path.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range Formats() {
		first := render(t, format, samples()["path"](newTree(archive)), Options{})
		for range 5 {
			if again := render(t, format, samples()["path"](newTree(archive)), Options{}); !bytes.Equal(first, again) {
				t.Errorf("%s differs between runs", format)
			}
		}
	}
}
