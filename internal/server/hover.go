package server

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
)

// Hover tells what is known about a place.
func (s *Server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	doc := open(ctx).At(p.TextDocument.URI)
	if doc == nil {
		return nil, nil
	}
	at := documents.Offset(doc.Index, p.Position, s.client.unit)
	if text, start, end := pageAt(doc, at); text != "" {
		return s.hover(doc, text, start, end), nil
	}
	if filepath.Base(doc.Path) == walk.ConfigName {
		return nil, nil
	}
	a, err := s.folderFor(doc.Path, false).exactly(ctx, doc)
	if err != nil {
		return nil, err
	}
	var parts []string
	start, end := at, at
	add := func(text string, from, to int) {
		if text == "" {
			return
		}
		if len(parts) == 0 {
			start, end = from, to
		}
		parts = append(parts, text)
	}
	add(findingsAt(a, doc, at))
	add(handlersAt(a, doc, at))
	add(callAt(a, doc, at))
	if len(parts) == 0 {
		return nil, nil
	}
	return s.hover(doc, strings.Join(parts, "\n\n---\n\n"), start, end), nil
}

func (s *Server) hover(doc *documents.Document, text string, start, end int) *protocol.Hover {
	kind := protocol.MarkupKindMarkdown
	if !s.client.markdown {
		kind = protocol.MarkupKindPlainText
	}
	return &protocol.Hover{
		Contents: &protocol.MarkupContent{Kind: kind, Value: text},
		Range:    new(documents.Range(doc.Index, start, end, s.client.unit)),
	}
}

// word is what a rule's or a key's name is made of.
var word = regexp.MustCompile(`[a-z][a-z-]*`)

// pageAt is the page of the rule named at an offset of a suppression or the config, or what a key of the config means.
func pageAt(doc *documents.Document, at int) (text string, start, end int) {
	line := doc.Index.Line(at)
	first := doc.Index.Start(line)
	content := string(doc.Index.Text(line))
	config := filepath.Base(doc.Path) == walk.ConfigName
	if mark := strings.Index(content, "handlervet-ignore"); !config && (mark < 0 || at < first+mark) {
		return "", 0, 0
	}
	for _, w := range word.FindAllStringIndex(content, -1) {
		if at < first+w[0] || at > first+w[1] {
			continue
		}
		name := content[w[0]:w[1]]
		if r, err := project.RuleByName(name); err == nil {
			return strings.TrimSpace(r.Doc), first + w[0], first + w[1]
		}
		if config {
			return keyMeaning(name), first + w[0], first + w[1]
		}
	}
	return "", 0, 0
}

// findingsAt are the pages of the rules whose findings lie at an offset, and what runs have shown of them.
func findingsAt(a *analysis, doc *documents.Document, at int) (text string, start, end int) {
	var pages []string
	found := a.of(doc.Path).findings[doc.Path]
	for i := range found {
		f := &found[i]
		if at < f.Range.Start || at > f.Range.End {
			continue
		}
		page := ""
		if f.Confirmation.Verdict != "" {
			page = "```text\n" + witness(f) + "\n```\n\n"
		}
		if r, err := project.RuleByName(f.Rule); err == nil {
			page += strings.TrimSpace(r.Doc)
		}
		if len(pages) == 0 {
			start, end = f.Range.Start, f.Range.End
		}
		pages = append(pages, page)
	}
	return strings.Join(pages, "\n\n---\n\n"), start, end
}

// handlersAt tells of the handlers that begin on the line of an offset.
func handlersAt(a *analysis, doc *documents.Document, at int) (text string, start, end int) {
	var parts []string
	line := doc.Index.Line(at)
	name := a.name(doc.Path)
	for _, h := range a.outcome.Handlers {
		if h.File == name && h.Line == line {
			parts = append(parts, describe(h))
		}
	}
	return strings.Join(parts, "\n\n"), doc.Index.Start(line), doc.Index.End(line)
}

// callAt says what the call at an offset is taken for.
func callAt(a *analysis, doc *documents.Document, at int) (text string, start, end int) {
	if !walk.IsScript(doc.Path) || !called(doc.Text, at) {
		return "", 0, 0
	}
	name := a.name(doc.Path)
	near := *a.outcome
	near.Handlers = reaching(a, name)
	x, ok := near.ExplainCall(name, at)
	if !ok {
		return "", 0, 0
	}
	return "`" + x.Call + "` is treated as " + x.Takes + ": " + x.Why, x.Range.Start, x.Range.End
}

// behind is what may stand between a name and the arguments of its call.
var behind = regexp.MustCompile(`^[\w$]*\s*(?:\?\.)?\(`)

// called tells whether the name at an offset is called: a hover is about that name, not about what lies around it.
func called(text string, at int) bool {
	end := min(at+200, len(text))
	return at < len(text) && !strings.ContainsAny(text[at:at+1], " \t\r\n(") && behind.MatchString(text[at:end])
}

// maxReaching bounds how many handlers are asked whether they reach a call.
const maxReaching = 40

// reaching are handlers that may reach a file, those in it first, then those near it.
func reaching(a *analysis, name string) []*platform.Handler {
	var here, near, far []*platform.Handler
	dir := filepath.Dir(name)
	for _, h := range a.outcome.Handlers {
		switch {
		case h.File == name:
			here = append(here, h)
		case strings.HasPrefix(h.File, filepath.Dir(dir)):
			near = append(near, h)
		default:
			far = append(far, h)
		}
	}
	list := append(append(here, near...), far...)
	return list[:min(len(list), maxReaching)]
}
