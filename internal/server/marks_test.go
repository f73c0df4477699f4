package server_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/server/documents"
)

// mark is what a comment in a file expects: //@name("place", …). The place is a regular expression on the same line, or on
// the next one if the mark has its line for itself.
type mark struct {
	file, name string
	line       int
	args       []string
	start, end int // of the place
}

var (
	markPattern = regexp.MustCompile(`(?://|#)@(\w+)\(([^\n]*)\)\s*$`)
	argPattern  = regexp.MustCompile("`([^`]*)`|\"([^\"]*)\"|([\\w@.-]+)")
)

// marks are those in a text.
func (s *script) marks(file string) []mark {
	var list []mark
	text := s.text(file)
	index := position.New([]byte(text))
	for line := 1; line <= index.Lines(); line++ {
		content := string(index.Text(line))
		at := markPattern.FindStringSubmatchIndex(content)
		if at == nil {
			continue
		}
		m := mark{file: file, name: content[at[2]:at[3]], line: line}
		for _, a := range argPattern.FindAllStringSubmatch(content[at[4]:at[5]], -1) {
			m.args = append(m.args, a[1]+a[2]+a[3])
		}
		where, first := content[:at[0]], index.Start(line)
		for next := line + 1; strings.TrimSpace(where) == "" && next <= index.Lines(); next++ { // marks above one another mean the same line
			if markPattern.MatchString(string(index.Text(next))) && strings.TrimSpace(markPattern.ReplaceAllString(string(index.Text(next)), "")) == "" {
				continue
			}
			m.line, where, first = next, string(index.Text(next)), index.Start(next)
		}
		if len(m.args) > 0 {
			place := regexp.MustCompile(m.args[0]).FindStringIndex(where)
			if place == nil {
				s.t.Fatalf("%s:%d: %q is not on line %d", file, line, m.args[0], m.line)
			}
			m.start, m.end = first+place[0], first+place[1]
		}
		list = append(list, m)
	}
	return list
}

// check holds all marks against what the server says now; if strictly, all diagnostics must be expected.
func (s *script) check(strictly bool) {
	s.t.Helper()
	all := s.all(s.features.Pull)
	for _, f := range s.archive.Files {
		if f.Name == "client.json" || f.Name == "script" || strings.HasPrefix(f.Name, "@") {
			continue
		}
		for _, m := range s.marks(f.Name) {
			switch m.name {
			case "diag":
				all[m.file] = s.expect(m, all[m.file])
			case "hover":
				s.hover(m)
			case "lens":
				s.lens(m)
			case "fix":
				s.fix(m)
			case "nofix":
				s.nofix(m)
			case "complete":
				s.complete(m)
			default:
				s.t.Errorf("%s:%d: there is no mark %q", m.file, m.line, m.name)
			}
		}
	}
	for name, list := range all {
		if !strictly {
			break
		}
		for _, d := range list {
			s.t.Errorf("%s:%s: not expected: %v %s", name, span(d.Range), d.Code, d.Message)
		}
	}
}

// expect takes the diagnostic that a mark expects off the list.
func (s *script) expect(m mark, list []protocol.Diagnostic) []protocol.Diagnostic {
	s.t.Helper()
	want := documents.Range(position.New([]byte(s.text(m.file))), m.start, m.end, s.unit)
	for i, d := range list {
		if d.Range == want && fmt.Sprint(d.Code) == m.args[1] && regexp.MustCompile(m.args[2]).MatchString(string(d.Message.(protocol.String))) {
			return slices.Delete(slices.Clone(list), i, i+1)
		}
	}
	s.t.Errorf("%s:%s: no %s %q; there are:", m.file, span(want), m.args[1], m.args[2])
	for _, d := range list {
		s.t.Logf("  %s %v %q", span(d.Range), d.Code, d.Message)
	}
	return list
}

func (s *script) document(m mark) (protocol.TextDocumentIdentifier, protocol.Range) {
	return protocol.TextDocumentIdentifier{URI: s.uri(m.file)},
		documents.Range(position.New([]byte(s.text(m.file))), m.start, m.end, s.unit)
}

func (s *script) hover(m mark) {
	doc, at := s.document(m)
	h, err := s.server.Hover(s.t.Context(), &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{TextDocument: doc, Position: at.Start}})
	s.must(err)
	got := ""
	if h != nil {
		got = h.Contents.(*protocol.MarkupContent).Value
	}
	for _, want := range m.args[1:] {
		if !regexp.MustCompile(want).MatchString(got) {
			s.t.Errorf("%s:%d: the hover does not match %q:\n%s", m.file, m.line, want, got)
		}
	}
}

func (s *script) lens(m mark) {
	doc, at := s.document(m)
	list, err := s.server.CodeLens(s.t.Context(), &protocol.CodeLensParams{TextDocument: doc})
	s.must(err)
	var got []string
	for _, l := range list {
		if l.Range.Start.Line == at.Start.Line {
			got = append(got, l.Command.Title)
		}
	}
	if !slices.Equal(got, m.args[1:]) {
		s.t.Errorf("%s:%d: lenses are %q, want %q", m.file, m.line, got, m.args[1:])
	}
}

// actions are those offered at a mark.
func (s *script) actions(m mark, only ...protocol.CodeActionKind) []*protocol.CodeAction {
	doc, at := s.document(m)
	list, err := s.server.CodeAction(s.t.Context(), &protocol.CodeActionParams{
		TextDocument: doc, Range: at, Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{}, Only: only},
	})
	s.must(err)
	var out []*protocol.CodeAction
	for _, x := range list {
		out = append(out, x.(*protocol.CodeAction))
	}
	return out
}

// fix("place", "title", section) with ' for ` in the title applies an action; the section has the changed files as a diff.
func (s *script) fix(m mark) {
	offered := s.actions(m)
	for _, action := range offered {
		if action.Title != strings.ReplaceAll(m.args[1], "'", "`") {
			continue
		}
		if action.Edit == nil {
			resolved, err := s.server.CodeActionResolve(s.t.Context(), action)
			if err != nil {
				s.t.Errorf("%s:%d: %v", m.file, m.line, err)
				return
			}
			action = resolved
		}
		if action.Edit == nil {
			s.t.Errorf("%s:%d: %q has no edit: %s", m.file, m.line, action.Title, action.Disabled.Reason)
			return
		}
		texts := s.apply(action.Edit)
		diff := fmt.Sprintf("%s, preferred %v\n", *action.Kind, action.IsPreferred != nil && *action.IsPreferred)
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			diff += udiff.Unified(name, name, s.text(name), texts[name])
		}
		s.golden(m.args[2], diff)
		return
	}
	s.t.Errorf("%s:%d: no action %q; there are:", m.file, m.line, m.args[1])
	for _, a := range offered {
		s.t.Log("  ", a.Title)
	}
}

func (s *script) nofix(m mark) {
	for _, a := range s.actions(m) {
		if regexp.MustCompile(m.args[1]).MatchString(a.Title) {
			s.t.Errorf("%s:%d: there is an action %q", m.file, m.line, a.Title)
		}
	}
}

// complete("place", "label", …): these are offered behind the place; with `only` first, no others.
func (s *script) complete(m mark) {
	doc, at := s.document(m)
	res, err := s.server.Completion(s.t.Context(), &protocol.CompletionParams{
		TextDocumentPositionParams: protocol.TextDocumentPositionParams{TextDocument: doc, Position: at.End},
	})
	s.must(err)
	var got []string
	for _, x := range res.(*protocol.CompletionList).Items {
		got = append(got, x.Label)
	}
	want := m.args[1:]
	if len(want) > 0 && want[0] == "only" {
		want = want[1:]
		if len(got) != len(want) {
			s.t.Errorf("%s:%d: offered are %q, want %q", m.file, m.line, got, want)
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			s.t.Errorf("%s:%d: %q is not offered; there are %q", m.file, m.line, w, got)
		}
	}
}
