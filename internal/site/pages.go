package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"

	"github.com/handlervet/handlervet/internal/docs"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/rules"
)

// page is one page of the site.
type page struct {
	name     string // of its file, relative, with slashes
	source   string // the file of the repository that its links are relative to
	section  string // the entry of the navigation that it belongs to
	title    string
	markdown string
	// copied are the files beside the source that the page itself shows, by the place where it does.
	copied map[string]string
	// before and after are its neighbours, for those who read on.
	before, after *page
}

// gather makes all pages.
func gather(top, binary string) ([]*page, error) {
	pages, err := fromReadme(top)
	if err != nil {
		return nil, err
	}
	ruled, err := rulePages(binary)
	if err != nil {
		return nil, err
	}
	pages = append(pages, ruled...)
	for _, p := range []page{
		{name: "platforms.html", source: "docs/platforms.md", section: "Platforms"},
		{name: "confirmation.html", source: "docs/confirmation.md", section: "Confirmation"},
		{name: "editors.html", source: "docs/lsp.md", section: "Editors"},
		{name: "packages.html", source: "docs/promise-index.md", section: "Packages"},
		{name: "scale.html", source: "docs/scale.md", section: "Scale"},
		{name: "changes.html", source: "CHANGELOG.md", section: "Changes"},
	} {
		if p.markdown, err = read(top, p.source); err != nil {
			return nil, err
		}
		pages = append(pages, &p)
	}
	integrations, err := integrationPages(top)
	if err != nil {
		return nil, err
	}
	pages = append(pages, integrations...)
	for _, p := range pages {
		p.title = titleOf(p.markdown)
	}
	return pages, nil
}

func read(top, name string) (string, error) {
	text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(name)))
	return string(text), err
}

func titleOf(markdown string) string {
	line, _, _ := strings.Cut(markdown, "\n")
	return strings.TrimPrefix(line, "# ")
}

// fromReadme makes the first page of what the README begins with, and the guide of the rest; the table of rules has a page of its own.
func fromReadme(top string) ([]*page, error) {
	text, err := read(top, "README.md")
	if err != nil {
		return nil, err
	}
	begin, rest, ok := strings.Cut(text, "\n## ")
	if !ok {
		return nil, fmt.Errorf("README.md has no headings")
	}
	guide := "# Guide\n"
	for part := range strings.SplitSeq(rest, "\n## ") {
		if !strings.HasPrefix(part, "Rules\n") {
			guide += "\n## " + part
		}
	}
	return []*page{
		{name: "index.html", source: "README.md", section: "Start", markdown: begin},
		{name: "guide.html", source: "README.md", section: "Guide", markdown: guide},
	}, nil
}

// rulePages makes a page of each rule, and the list of them.
func rulePages(binary string) ([]*page, error) {
	list := project.Rules()
	index := "# Rules\n\nMost rules take their severity from what the [platform](../docs/platforms.md) does; the one in the table holds where it says nothing.\n\n"
	pages := []*page{{name: "rules/index.html", source: "docs/rules.md", section: "Rules", markdown: index + docs.Table(list, "rules.md")}}
	for _, r := range list {
		text, err := withRun(binary, r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		pages = append(pages, &page{name: rulePage(r), source: "docs/rules.md", section: "Rules", markdown: text})
	}
	chain(pages)
	return pages, nil
}

func rulePage(r rules.Rule) string { return "rules/" + r.Name + ".html" }

// maxShown is how long a file may be, in lines, to stand on the page of its integration.
const maxShown = 80

// integrationPages makes a page of each integration: what its README says and the files to copy, and the list of them.
func integrationPages(top string) ([]*page, error) {
	found, err := filepath.Glob(filepath.Join(top, "integrations", "*", "README.md"))
	if err != nil {
		return nil, err
	}
	slices.Sort(found)
	index := &page{name: "integrations/index.html", source: "integrations/README.md", section: "Integrations",
		markdown: "# Integrations\n\nWhat to copy to have handlervet run by itself.\n\n"}
	pages := []*page{index}
	for _, file := range found {
		folder := filepath.Base(filepath.Dir(file))
		text, err := read(top, path.Join("integrations", folder, "README.md"))
		if err != nil {
			return nil, err
		}
		p := &page{name: "integrations/" + folder + ".html", source: "integrations/" + folder + "/README.md", section: "Integrations", copied: map[string]string{}}
		files, err := p.files(top, folder, text)
		if err != nil {
			return nil, err
		}
		p.markdown = text + files
		index.markdown += fmt.Sprintf("* [%s](%s/README.md)\n", titleOf(text), folder)
		pages = append(pages, p)
	}
	chain(pages)
	return pages, nil
}

// files shows the files that an integration's page links to and that lie beside it.
func (p *page) files(top, folder, text string) (string, error) {
	var b strings.Builder
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		name := m[1]
		if strings.ContainsAny(name, "/:#") || p.copied[name] != "" {
			continue
		}
		content, err := read(top, path.Join("integrations", folder, name))
		if err != nil {
			return "", err
		}
		if strings.Count(content, "\n") <= maxShown {
			language := strings.TrimPrefix(path.Ext(name), ".")
			p.copied[name] = "#" + string(parser.NewContext().IDs().Generate([]byte(name), ast.KindHeading))
			fmt.Fprintf(&b, "\n## %s\n\n%s", name, docs.Fence(language, content))
		}
	}
	return b.String(), nil
}

// chain has pages lead to one another.
func chain(pages []*page) {
	for i, p := range pages {
		if i > 0 {
			p.before = pages[i-1]
		}
		if i+1 < len(pages) {
			p.after = pages[i+1]
		}
	}
}
