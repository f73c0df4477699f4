package main

import (
	"embed"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"

	"github.com/handlervet/handlervet/internal/pipeline"
)

//go:embed templates/*.tmpl
var templates embed.FS

// name is a rule's name in its forms.
type name struct {
	Rule    string // sleepy-handler
	Package string // sleepyhandler
}

var kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)+$`)

// advice are first words of names that say what to do instead of what was found.
var advice = regexp.MustCompile(`^(no|never|dont|always|use|prefer|avoid)-`)

func parseName(rule string) (name, error) {
	n := name{Rule: rule, Package: strings.ReplaceAll(rule, "-", "")}
	switch {
	case !kebab.MatchString(rule):
		return n, fmt.Errorf("%q is not a rule name; use two or more words of lower-case letters and digits joined by hyphens, like sleepy-handler", rule)
	case advice.MatchString(rule):
		return n, fmt.Errorf("%q says what to do: name what is found, so that it reads well after \"allow\", like missing-completion", rule)
	case token.IsKeyword(n.Package):
		return n, fmt.Errorf("%q would make a package called %s, which is a word of Go: choose another name", rule, n.Package)
	}
	for _, own := range pipeline.Own() {
		if own.Name == rule {
			return n, fmt.Errorf("the rule %q exists already: the pipeline itself reports it (internal/pipeline/own.go)", rule)
		}
	}
	return n, nil
}

// free fails if something of that name is there.
func (n name) free(root string) error {
	for _, dir := range []string{"rules/" + n.Package, "testdata/" + n.Rule} {
		if _, err := os.Lstat(filepath.Join(root, dir)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the rule %q exists already (%s); choose another name or remove it", n.Rule, dir)
		}
	}
	return nil
}

// write makes the files and returns their names.
func (n name) write(root string) ([]string, error) {
	var written []string
	for _, f := range []struct{ template, file string }{
		{"rule.go.tmpl", "rules/" + n.Package + "/" + n.Package + ".go"},
		{"page.md.tmpl", "rules/" + n.Package + "/" + n.Rule + ".md"},
		{"bad.txtar.tmpl", "testdata/" + n.Rule + "/bad.txtar"},
		{"good.txtar.tmpl", "testdata/" + n.Rule + "/good.txtar"},
	} {
		if err := n.expand(f.template, filepath.Join(root, f.file)); err != nil {
			return written, fmt.Errorf("cannot write %s: %w", f.file, err)
		}
		written = append(written, f.file)
	}
	return written, nil
}

func (n name) expand(from, to string) error {
	t, err := template.ParseFS(templates, "templates/"+from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(t.Execute(file, n), file.Close())
}
