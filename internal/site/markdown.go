package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// repository is where files are that the site has no page of.
const repository = "https://github.com/handlervet/handlervet/blob/main/"

// site is what all pages share.
type site struct {
	top string
	// names are the pages by the source that links name; rules are those of the rules.
	names, rules map[string]string
	markdown     goldmark.Markdown
}

func newSite(top string, pages []*page) *site {
	s := &site{top: top, names: map[string]string{"docs/rules.md": "rules/index.html", "README.md": "index.html"}, rules: map[string]string{}}
	for _, p := range pages {
		if rule, ok := strings.CutPrefix(p.name, "rules/"); ok {
			s.rules[strings.TrimSuffix(rule, ".html")] = p.name
		} else if _, taken := s.names[p.source]; !taken {
			s.names[p.source] = p.name
		}
	}
	s.markdown = goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(html.WithUnsafe(), // comments in our own Markdown
			renderer.WithNodeRenderers(util.Prioritized(&codeBlocks{}, 100))),
	)
	return s
}

var comment = regexp.MustCompile(`(?m)^<!--.*-->\n?`)

// convert makes HTML of a page. It fails if a link leads nowhere.
func (s *site) convert(p *page) (string, error) {
	source := []byte(comment.ReplaceAllString(p.markdown, ""))
	doc := s.markdown.Parser().Parse(text.NewReader(source))
	var failed error
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		l, ok := n.(*ast.Link)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		to, err := s.target(p, string(l.Destination))
		l.Destination = []byte(to)
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s: %w", p.source, err)
		}
		return ast.WalkContinue, nil
	})
	if err != nil || failed != nil {
		return "", firstError(failed, err)
	}
	var b bytes.Buffer
	if err := s.markdown.Renderer().Render(&b, source, doc); err != nil {
		return "", err
	}
	out := strings.NewReplacer("<table>", `<div class="table"><table>`, "</table>", "</table></div>").Replace(b.String())
	return s.linkRules(p, out), nil
}

// target is where a link of the Markdown leads on the site.
func (s *site) target(p *page, to string) (string, error) {
	if place := p.copied[to]; place != "" {
		return place, nil
	}
	if strings.Contains(to, "://") || strings.HasPrefix(to, "#") {
		return to, nil
	}
	file, anchor, _ := strings.Cut(to, "#")
	file = path.Join(path.Dir(p.source), file)
	if name, ok := s.rules[anchor]; ok && file == "docs/rules.md" {
		return relative(p.name, name), nil
	}
	if anchor != "" {
		anchor = "#" + anchor
	}
	for _, source := range []string{file, file + "/README.md"} {
		if name, ok := s.names[source]; ok {
			return relative(p.name, name) + anchor, nil
		}
	}
	if _, err := os.Stat(filepath.Join(s.top, filepath.FromSlash(file))); err != nil {
		return "", fmt.Errorf("the link to %s leads nowhere", to)
	}
	return repository + file + anchor, nil
}

var shownRule = regexp.MustCompile(`<i class="rule">\[([a-z-]+)\]</i>`)

// linkRules has the names of rules in what handlervet says lead to their pages.
func (s *site) linkRules(p *page, out string) string {
	return shownRule.ReplaceAllStringFunc(out, func(match string) string {
		name := shownRule.FindStringSubmatch(match)[1]
		if to, ok := s.rules[name]; ok && to != p.name {
			return fmt.Sprintf(`<a class="rule" href="%s">[%s]</a>`, relative(p.name, to), name)
		}
		return match
	})
}

// relative is a link from one page to another.
func relative(from, to string) string {
	up := strings.Repeat("../", strings.Count(from, "/"))
	if path.Dir(from) == path.Dir(to) {
		return path.Base(to)
	}
	return up + to
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
