package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
	"github.com/handlervet/handlervet/rules/all"
)

// mutant is one handler with one thing deleted, and what was said about it.
type mutant struct {
	kind    string
	handler *platform.Handler
	edit
	line, column int

	reported bool
	rules    []string // of the new findings
	verdict  confirm.Verdict
	reason   string
	// whole is the verdict on "this handler may never answer", for deleted completions.
	whole       confirm.Verdict
	wholeReason string
	// untried is why nothing was asked, "" if it was.
	untried string
}

func (m *mutant) place() string { return fmt.Sprintf("%s:%d:%d", m.file, m.line, m.column) }

// tree is a repository with what `check` says of it as it is.
type tree struct {
	root     string
	handlers int
	asked    []*platform.Handler
	mutants  []*mutant
	known    map[string]bool // findings of the original
	files    map[string]*jsparse.File
	mu       sync.Mutex

	// Only handlers that a mutant's file has to do with are checked again: one session goes from mutant to mutant.
	checks  sync.Mutex
	session pipeline.Session
	options pipeline.Options
	mutated string // the file that was another one in the last check, "" if none
}

// survey checks a tree and lists its mutants.
func survey(ctx context.Context, root string, kinds []kind) (*tree, error) {
	t := &tree{root: root, known: map[string]bool{}, files: map[string]*jsparse.File{}}
	var mu sync.Mutex
	subjects := map[*contract.Handler]*rules.Subject{}
	t.options = pipeline.Options{Root: root, Rules: append(all.Rules(), pipeline.Own()...), NeedsReason: true}
	t.options.Rules = append(t.options.Rules, rules.Rule{Name: "mutants", Default: rules.Info, Check: func(s *rules.Subject, _ func(rules.Finding)) {
		mu.Lock()
		defer mu.Unlock()
		subjects[s.Handler] = s
	}})
	out, err := t.session.Run(ctx, t.options)
	if err != nil {
		return nil, err
	}
	t.handlers, t.asked = len(out.Handlers), out.Handlers
	for _, f := range out.Findings {
		t.known[t.name(out, f)] = true
	}
	taken := map[string]bool{}
	for _, h := range out.Handlers {
		s := &subject{Subject: subjects[&h.Handler], handler: h, file: t.parse(h.File), parse: t.parse}
		if s.Subject == nil || s.file == nil {
			continue
		}
		functions(s.file, func(f *jsparse.Func) {
			if s.Shape.Range.File == h.File && f.Span() == (jsparse.Span{Start: s.Shape.Range.Start, End: s.Shape.Range.End}) {
				s.fn = f
			}
		})
		t.add(s, kinds, taken)
	}
	return t, nil
}

// add lists the mutants of one handler that no handler before it had.
func (t *tree) add(s *subject, kinds []kind, taken map[string]bool) {
	for _, k := range kinds {
		edits := k.find(s)
		for _, e := range edits {
			if k.name == "completion" && only(edits) && s.Contract.EmptyAnswers && !s.Handler.ProxyResult {
				e.equivalent = "what is left is a handler without a result, which the platform accepts"
			}
			m := &mutant{kind: k.name, handler: s.handler, edit: e}
			at := position.New([]byte(t.parse(e.file).Text)).At(e.start, position.Runes)
			m.line, m.column = at.Line, at.Column
			if key := k.name + m.place(); !taken[key] {
				taken[key] = true
				t.mutants = append(t.mutants, m)
			}
		}
	}
}

// only tells whether edits are all one.
func only(edits []edit) bool {
	return !slices.ContainsFunc(edits, func(e edit) bool { return e != edits[0] })
}

// parse is a file of the tree, nil if it cannot be read.
func (t *tree) parse(name string) *jsparse.File {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, ok := t.files[name]
	if !ok {
		if text, err := os.ReadFile(filepath.Join(t.root, filepath.FromSlash(name))); err == nil {
			f, _ = jsparse.Parse(name, text) // a file that does not parse has no mutants
		}
		t.files[name] = f
	}
	return f
}

// name tells findings apart by what a mutation elsewhere does not change: mutations move no lines.
func (t *tree) name(out *pipeline.Outcome, f rules.Finding) string {
	line := position.New([]byte(out.Text(f.Range.File))).Line(f.Range.Start)
	return fmt.Sprintf("%s %s:%d %s", f.Rule, f.Range.File, line, f.Handler)
}
