package server

import (
	"context"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
)

// Completion offers keys, rules and values in the config, and rules in suppressions.
func (s *Server) Completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	doc := open(ctx).At(p.TextDocument.URI)
	if doc == nil {
		return &protocol.CompletionList{Items: []protocol.CompletionItem{}}, nil
	}
	at := documents.Offset(doc.Index, p.Position, s.client.unit)
	before := doc.Text[doc.Index.Start(doc.Index.Line(at)):at]
	var items []protocol.CompletionItem
	if filepath.Base(doc.Path) == walk.ConfigName {
		items = configItems(doc, at, before)
	} else {
		items = suppressionItems(before)
	}
	return &protocol.CompletionList{Items: append([]protocol.CompletionItem{}, items...)}, nil
}

// configItems are what may stand at a place of the config, as the line before it and the key above it tell.
func configItems(doc *documents.Document, at int, before string) []protocol.CompletionItem {
	key, value, hasKey := strings.Cut(before, ":")
	indented := strings.TrimLeft(before, " ") != before
	parent := ""
	if indented {
		parent = keyAbove(doc, at)
	}
	if !hasKey {
		return keyItems(parent)
	}
	if strings.TrimLeft(value, " ") == value && value != "" {
		return nil
	}
	return valueItems(parent, strings.TrimSpace(key))
}

// keyAbove is the nearest key above an offset that is not indented.
func keyAbove(doc *documents.Document, at int) string {
	for line := doc.Index.Line(at) - 1; line >= 1; line-- {
		text := string(doc.Index.Text(line))
		if key, _, ok := strings.Cut(text, ":"); ok && strings.TrimLeft(text, " #") == text {
			return strings.TrimSpace(key)
		}
	}
	return ""
}

func keyItems(parent string) []protocol.CompletionItem {
	var items []protocol.CompletionItem
	switch parent {
	case "":
		for _, f := range config.Keys() {
			items = append(items, item(f.Name, protocol.CompletionItemKindProperty, f.Name+": ", f.Meaning))
		}
	case "rules":
		items = ruleItems(": ")
	case "suppressions":
		items = append(items, item("require-reason", protocol.CompletionItemKindProperty, "require-reason: ", keyMeaning("require-reason")))
	}
	return items
}

func valueItems(parent, key string) []protocol.CompletionItem {
	var values []string
	switch {
	case parent == "rules":
		values = config.RuleLevels()
	case parent == "suppressions":
		values = []string{"true", "false"}
	case key == "platform":
		values = config.Platforms()
	case key == "fail-on":
		values = config.FailLevels()
	case key == "baseline":
		values = []string{project.DefaultBaseline}
	}
	var items []protocol.CompletionItem
	for _, v := range values {
		items = append(items, item(v, protocol.CompletionItemKindValue, v, ""))
	}
	return items
}

// suppressionItems are the rules, behind the mark of a suppression and before its reason.
func suppressionItems(before string) []protocol.CompletionItem {
	_, rest, ok := strings.Cut(before, "handlervet-ignore")
	rest = strings.TrimPrefix(rest, "-file")
	if !ok || rest == "" || strings.Contains(rest, "--") {
		return nil
	}
	return ruleItems("")
}

func ruleItems(behind string) []protocol.CompletionItem {
	var items []protocol.CompletionItem
	for _, r := range project.Rules() {
		x := item(r.Name, protocol.CompletionItemKindEnumMember, r.Name+behind, r.Summary())
		x.Detail = protocol.NewOptional(string(r.Default))
		items = append(items, x)
	}
	return items
}

func item(label string, kind protocol.CompletionItemKind, insert, meaning string) protocol.CompletionItem {
	x := protocol.CompletionItem{Label: label, Kind: kind, InsertText: protocol.NewOptional(insert)}
	if meaning != "" {
		x.Documentation = &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: meaning}
	}
	return x
}

// keyMeaning is what a key of the config means, empty if there is no such key.
func keyMeaning(name string) string {
	for _, k := range config.Keys() {
		if k.Name == name {
			return "`" + name + "`: " + k.Meaning
		}
	}
	return ""
}
