package main

import (
	_ "embed"
	"html"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed layout.html
var layout string

//go:embed style.css
var style []byte

// sections are the entries of the navigation.
var sections = []struct{ Title, Page string }{
	{"Start", "index.html"},
	{"Guide", "guide.html"},
	{"Rules", "rules/index.html"},
	{"Platforms", "platforms.html"},
	{"Confirmation", "confirmation.html"},
	{"Packages", "packages.html"},
	{"Editors", "editors.html"},
	{"Integrations", "integrations/index.html"},
	{"Scale", "scale.html"},
	{"Changes", "changes.html"},
}

// entry is a link of the navigation.
type entry struct {
	Title, Link string
	Here        bool
}

// view is what the layout shows.
type view struct {
	Title, Home, Style, Section string
	Sections, Siblings          []entry // Siblings are the pages of the same section, or the parts of the page
	Before, After               *entry
	Body                        template.HTML
}

// write makes the files of the site.
func write(out, top string, pages []*page) error {
	t, err := template.New("page").Parse(layout)
	if err != nil {
		return err
	}
	s := newSite(top, pages)
	for _, p := range pages {
		body, err := s.convert(p)
		if err != nil {
			return err
		}
		var b strings.Builder
		if err := t.Execute(&b, viewOf(p, pages, body)); err != nil {
			return err
		}
		if err := writeFile(out, p.name, []byte(b.String())); err != nil {
			return err
		}
	}
	return writeFile(out, "style.css", style)
}

func writeFile(out, name string, text []byte) error {
	file := filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

func viewOf(p *page, pages []*page, body string) *view {
	v := &view{
		Title: p.title, Home: relative(p.name, "index.html"), Style: relative(p.name, "style.css"), Section: p.section,
		Before: neighbour(p, p.before), After: neighbour(p, p.after),
		Body: template.HTML(body), //nolint:gosec // from our own Markdown
	}
	if p.section != "Start" {
		v.Title += " · handlervet"
	}
	for _, x := range sections {
		v.Sections = append(v.Sections, entry{x.Title, relative(p.name, x.Page), x.Title == p.section})
	}
	if p.before == nil && p.after == nil {
		v.Siblings = headings(body)
	}
	for _, q := range pages {
		if q.section == p.section && filepath.Base(q.name) != "index.html" && (p.before != nil || p.after != nil) {
			v.Siblings = append(v.Siblings, entry{q.title, relative(p.name, q.name), q == p})
		}
	}
	return v
}

// heading is one of the second level, as goldmark writes it.
var heading = regexp.MustCompile(`(?m)^<h2 id="([^"]+)">(.*?)</h2>$`)

// headings are the parts of a page that stands alone.
func headings(body string) []entry {
	var list []entry
	for _, m := range heading.FindAllStringSubmatch(body, -1) {
		list = append(list, entry{Title: html.UnescapeString(tag.ReplaceAllString(m[2], "")), Link: "#" + m[1]})
	}
	return list
}

var tag = regexp.MustCompile(`<[^>]*>`)

func neighbour(p, q *page) *entry {
	if q == nil {
		return nil
	}
	return &entry{Title: q.title, Link: relative(p.name, q.name)}
}
