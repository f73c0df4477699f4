package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/allgo"
)

// agreement is how two linters see the same lines.
type agreement struct {
	theirs, both int
	missed, ours []string
}

// compare runs our rules over the suite, which lies in a directory.
func (s *suite) compare(dir string) (*agreement, error) {
	files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(s.files)))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no test data at %s", s.files)
	}
	work, err := os.MkdirTemp("", "peers")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work) //nolint:errcheck // a folder for temporary files
	p := project{dir: work, expected: map[string]int{}}
	for _, file := range files {
		if s.samples {
			err = p.takeSamples(file)
		} else if !strings.HasSuffix(file, "_test.go") {
			err = p.takeFile(file, s)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := p.finish(); err != nil {
		return nil, err
	}
	found, err := s.ask(work)
	if err != nil {
		return nil, err
	}
	return p.agree(found, s.samples), nil
}

// ask runs the suite's rules on a module: how often each line, `file:line`, is reported.
func (s *suite) ask(dir string) (map[string]int, error) {
	cfg := &packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")}
	pkgs, err := packages.Load(cfg, "./...")
	if err != nil {
		return nil, err
	}
	var asked []*analysis.Analyzer
	for _, a := range allgo.Analyzers() {
		if slices.Contains(s.rules, allgo.RuleOf(a)) {
			asked = append(asked, a)
		}
	}
	graph, err := checker.Analyze(asked, pkgs, nil)
	if err != nil {
		return nil, err
	}
	found := map[string]int{}
	for _, act := range graph.Roots {
		list, _ := act.Result.([]rules.Finding)
		for _, f := range list {
			text, err := os.ReadFile(f.Range.File)
			if err != nil {
				return nil, err
			}
			rel, err := filepath.Rel(dir, f.Range.File)
			if err != nil {
				return nil, err
			}
			found[fmt.Sprintf("%s:%d", filepath.ToSlash(rel), 1+strings.Count(string(text[:f.Range.Start]), "\n"))]++
		}
	}
	return found, nil
}

// agree holds what was found against what is expected. The line before or behind is the same statement's: the making of a request and its
// sending, a goroutine and what it does first. Samples do not say where: their files count as one line.
func (p *project) agree(found map[string]int, samples bool) *agreement {
	if samples {
		whole := map[string]int{}
		for at, n := range found {
			file, _, _ := strings.Cut(at, ":")
			whole[file] += n
		}
		found = whole
	}
	r := &agreement{}
	near := func(list map[string]int, at string) bool {
		file, line, _ := strings.Cut(at, ":")
		n, err := strconv.Atoi(line)
		return list[at] > 0 || err == nil && (list[fmt.Sprint(file, ":", n-1)] > 0 || list[fmt.Sprint(file, ":", n+1)] > 0)
	}
	for _, at := range slices.Sorted(maps.Keys(p.expected)) {
		r.theirs++
		if near(found, at) {
			r.both++
		} else {
			r.missed = append(r.missed, at+p.shown(at))
		}
	}
	for _, at := range slices.Sorted(maps.Keys(found)) {
		if !near(p.expected, at) {
			r.ours = append(r.ours, at+p.shown(at))
		}
	}
	return r
}

// shown is the text of a line.
func (p *project) shown(at string) string {
	file, line, _ := strings.Cut(at, ":")
	text, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(file)))
	lines := strings.Split(string(text), "\n")
	n := 0
	if _, scanned := fmt.Sscan(line, &n); err != nil || scanned != nil || n > len(lines) {
		return ""
	}
	return ": " + strings.TrimSpace(lines[n-1])
}
