package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

// The kinds of source actions. The unsafe one is none of `source.fixAll`: editors run that on save.
const (
	kindFixAll       protocol.CodeActionKind = "source.fixAll.handlervet"
	kindFixAllUnsafe protocol.CodeActionKind = "source.fixAllUnsafe.handlervet"
)

// The work that an action stands for.
const (
	doFix           = "fix"             // one fix of one finding
	doFixRule       = "fixRule"         // the safe fixes of one rule in the file
	doFixAll        = "fixAll"          // the safe fixes in the file
	doFixAllUnsafe  = "fixAllUnsafe"    // all fixes in the file
	doIgnore        = "ignore"          // on the line
	doIgnoreHandler = "ignoreInHandler" // on the lines of all findings of the rule in the handler
	doIgnoreFile    = "ignoreInFile"
	doRemove        = "remove" // an unused suppression
)

// task says what an action is to do; it travels to the client and back.
type task struct {
	Do          string  `json:"do"`
	URI         uri.URI `json:"uri"`
	Version     int32   `json:"version"`
	Fingerprint string  `json:"fingerprint,omitempty"`
	Rule        string  `json:"rule,omitempty"`
	Fix         int     `json:"fix,omitempty"`
}

// CodeAction offers what can be done about the findings in a range.
func (s *Server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	doc := open(ctx).At(p.TextDocument.URI)
	if doc == nil || !s.client.actions {
		return []protocol.CommandOrCodeAction{}, nil
	}
	f := s.folderFor(doc.Path, false)
	a, err := f.exactly(ctx, doc)
	if err != nil {
		return nil, err
	}
	m := &menu{server: s, folder: f, all: a, from: a.of(doc.Path), doc: doc, only: p.Context.Only, show: a.shower(s.client)}
	start, end := documents.Offset(doc.Index, p.Range.Start, s.client.unit), documents.Offset(doc.Index, p.Range.End, s.client.unit)
	first, last := doc.Index.Line(start), doc.Index.Line(end) // who is on the line of a finding means it, if not more exactly
	for i := range m.findings() {
		if x := &m.findings()[i]; doc.Index.Line(x.Range.Start) <= last && first <= doc.Index.Line(x.Range.End) {
			m.about(x)
		}
	}
	m.wholeFile()
	for _, action := range m.actions {
		if !s.client.resolvesEdits && action.Edit == nil && action.Command.Command == "" {
			if err := s.resolve(ctx, action); err != nil {
				return nil, err
			}
		}
	}
	m.actions = slices.DeleteFunc(m.actions, func(a *protocol.CodeAction) bool { return a.Disabled.Reason != "" })
	list := make([]protocol.CommandOrCodeAction, len(m.actions))
	for i, action := range m.actions {
		list[i] = action
	}
	return list, nil
}

// exactly is the analysis of a document as it was when the request came.
func (f *folder) exactly(ctx context.Context, doc *documents.Document) (*analysis, error) {
	a, err := f.current(ctx)
	if errors.Is(err, errSuperseded) || err == nil && a.open[doc.Path] != doc && matters(doc.Path) {
		return nil, protocol.ErrContentModified
	}
	if err != nil {
		return nil, err
	}
	if part := a.of(doc.Path); part != a && part.text(doc.Path) != doc.Text {
		return nil, protocol.ErrContentModified // a Go file that was typed into since it was checked
	}
	return a, nil
}

// menu collects actions.
type menu struct {
	server  *Server
	folder  *folder
	all     *analysis
	from    *analysis
	doc     *documents.Document
	only    []protocol.CodeActionKind
	show    *shower
	actions []*protocol.CodeAction
	offered map[string]bool // actions that several findings share
}

func (m *menu) findings() []rules.Finding { return m.from.findings[m.doc.Path] }

// wants tells whether the client asked for a kind: the kind itself or one above it.
func (m *menu) wants(kind protocol.CodeActionKind) bool {
	return len(m.only) == 0 || slices.ContainsFunc(m.only, func(o protocol.CodeActionKind) bool {
		return o == "" || o == kind || strings.HasPrefix(string(kind), string(o)+".")
	})
}

// about offers what can be done about one finding.
func (m *menu) about(f *rules.Finding) {
	if !m.wants(protocol.CodeActionKindQuickFix) {
		return
	}
	for i, x := range f.Fixes {
		if len(x.Edits) == 0 {
			continue
		}
		m.add(f, fixTitle(&x), task{Do: doFix, Fix: i}).IsPreferred = new(x.Safe && i == 0)
	}
	if f.Rule == suppress.Unused && isComment(m.doc, f) {
		m.add(f, "Remove the suppression", task{Do: doRemove}).IsPreferred = new(true)
	}
	if n := m.fixable(f.Rule); n > 1 && f.Rule != configRule {
		m.once(f, fmt.Sprintf("Fix all %d `%s` findings in this file", n, f.Rule), task{Do: doFixRule})
	}
	if f.Rule == configRule {
		return
	}
	m.suppressions(f)
	m.baseline(f)
}

// fixTitle says what a fix does, and whether a run has shown that it does it.
func fixTitle(x *rules.Fix) string {
	switch {
	case strings.HasPrefix(x.Verification, "verified"):
		return upper(x.Title) + " (verified)"
	case x.Verification != "":
		return upper(x.Title) + " (" + x.Verification + ")"
	case !x.Safe:
		return upper(x.Title) + " (look at what it changes)"
	}
	return upper(x.Title)
}

// suppressions offers to allow a finding, where comments can be written.
func (m *menu) suppressions(f *rules.Finding) {
	if commentOf(m.doc.Path) == "" || !suppressible(f.Rule) {
		return
	}
	m.add(f, fmt.Sprintf("Ignore `%s` on this line", f.Rule), task{Do: doIgnore})
	if n := len(inHandler(m.findings(), f)); n > 1 {
		m.once(f, fmt.Sprintf("Ignore all %d `%s` in `%s`", n, f.Rule, f.Handler), task{Do: doIgnoreHandler})
	}
	m.once(f, fmt.Sprintf("Ignore `%s` in this file", f.Rule), task{Do: doIgnoreFile})
}

// baseline offers to record a finding as known.
func (m *menu) baseline(f *rules.Finding) {
	args, err := json.Marshal(task{URI: m.doc.URI, Version: m.doc.Version, Fingerprint: f.Fingerprint})
	if err != nil || f.Fingerprint == "" {
		return
	}
	action := m.add(f, "Add to the baseline", task{})
	action.Data = nil
	action.Command = protocol.Command{Title: action.Title, Command: commandBaseline, Arguments: []protocol.LSPAny{protocol.LSPAny(args)}}
}

// wholeFile offers to fix all there is.
func (m *menu) wholeFile() {
	safe := slices.ContainsFunc(m.findings(), func(f rules.Finding) bool { return fixable(&f, false) })
	if safe && m.wants(kindFixAll) {
		m.add(nil, "Fix everything handlervet can fix safely", task{Do: doFixAll}).Kind = new(kindFixAll)
	}
	if some := slices.ContainsFunc(m.findings(), func(f rules.Finding) bool { return fixable(&f, true) }); some && m.wants(kindFixAllUnsafe) {
		m.add(nil, "Fix everything handlervet can fix, including unsafe fixes", task{Do: doFixAllUnsafe}).Kind = new(kindFixAllUnsafe)
	}
}

// add offers an action.
func (m *menu) add(f *rules.Finding, title string, t task) *protocol.CodeAction {
	t.URI, t.Version = m.doc.URI, m.doc.Version
	action := &protocol.CodeAction{Title: title, Kind: new(protocol.CodeActionKindQuickFix)}
	if f != nil {
		t.Fingerprint, t.Rule = f.Fingerprint, f.Rule
		action.Diagnostics = []protocol.Diagnostic{m.show.diagnostic(m.from, f)}
	}
	if raw, err := json.Marshal(t); err == nil {
		action.Data = protocol.LSPAny(raw)
	}
	m.actions = append(m.actions, action)
	return action
}

// once offers an action that is the same for several findings.
func (m *menu) once(f *rules.Finding, title string, t task) {
	if m.offered[title] {
		return
	}
	if m.offered == nil {
		m.offered = map[string]bool{}
	}
	m.offered[title] = true
	m.add(f, title, t)
}

// fixable counts the findings of a rule in the file with a safe fix.
func (m *menu) fixable(rule string) int {
	n := 0
	for i := range m.findings() {
		if x := &m.findings()[i]; x.Rule == rule && fixable(x, false) {
			n++
		}
	}
	return n
}

func fixable(f *rules.Finding, unsafe bool) bool {
	return slices.ContainsFunc(f.Fixes, func(x rules.Fix) bool { return (x.Safe || unsafe) && len(x.Edits) > 0 })
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
