package main

import (
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// codeBlocks writes code: what handlervet says in its colours, programs with quiet comments and strings.
type codeBlocks struct{}

// RegisterFuncs is renderer.NodeRenderer's.
func (c *codeBlocks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, c.fenced)
}

func (c *codeBlocks) fenced(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := node.(*ast.FencedCodeBlock)
	var text strings.Builder
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		text.Write(line.Value(source))
	}
	language := string(block.Language(source))
	class, body := "code", program(language, text.String())
	if language == "text" {
		class, body = "said", said(text.String())
	}
	_, err := w.WriteString(`<pre class="` + class + `" tabindex="0"><code>` + body + "</code></pre>\n")
	return ast.WalkSkipChildren, err
}

// parts are the lines of what handlervet says, in the order in which they are tried.
var parts = []struct {
	line *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`^(\S+:\d+:\d+:) (.*) (\[[a-z-]+\])$`), `<i class="place">$1</i> <b>$2</b> <i class="rule">$3</i>`},
	{regexp.MustCompile(`^(\s+)(help|fix):(.*)$`), `$1<i class="advice">$2:</i>$3`},
	{regexp.MustCompile(`^(\s+)(confirmed|conditional|refuted|unconfirmed):(.*)$`), `$1<i class="verdict">$2:</i>$3`},
	{regexp.MustCompile(`^(\s+)(\d+\.) (.*)$`), `$1<i class="place">$2</i> $3`},
	{regexp.MustCompile(`^(\d+ (?:error|warning|info).*)$`), `<i class="place">$1</i>`},
}

var (
	excerpt   = regexp.MustCompile(`^(\s*\d* \| )(.*)$`)
	underline = regexp.MustCompile(`^(\s*)(\^~*)$`)
)

// said paints what handlervet says. Each line is an element, so that those too long go on below their text, but for lines of
// the program: what marks their place stands in the next.
func said(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = html.EscapeString(strings.TrimSuffix(line, "\n"))
		if m := excerpt.FindStringSubmatch(line); m != nil {
			code := underline.ReplaceAllString(m[2], `$1<i class="mark">$2</i>`)
			b.WriteString(`<span class="excerpt"><i class="place">` + m[1] + "</i>" + code + "\n</span>")
			continue
		}
		for _, p := range parts {
			if p.line.MatchString(line) {
				line = p.line.ReplaceAllString(line, p.with)
				break
			}
		}
		b.WriteString("<span>" + line + "\n</span>")
	}
	return b.String()
}

var (
	slashes = regexp.MustCompile("(?s)'(?:\\\\.|[^'\\\\\n])*'|\"(?:\\\\.|[^\"\\\\\n])*\"|`[^`]*`|//[^\n]*|/\\*.*?\\*/")
	hashes  = regexp.MustCompile(`'[^'\n]*'|"(?:\\.|[^"\\\n])*"|(?m:(?:^|\s)#[^\n]*)`)
)

// program paints the comments and strings of a program.
func program(language, text string) string {
	pattern := slashes
	switch language {
	case "yaml", "yml", "toml", "sh", "bash":
		pattern = hashes
	case "", "diff", "md":
		return html.EscapeString(text)
	}
	var b strings.Builder
	at := 0
	for _, span := range pattern.FindAllStringIndex(text, -1) {
		part := text[span[0]:span[1]]
		class := "string"
		if first := strings.TrimSpace(part)[0]; first == '/' || first == '#' {
			class = "comment"
		}
		b.WriteString(html.EscapeString(text[at:span[0]]) + `<i class="` + class + `">` + html.EscapeString(part) + "</i>")
		at = span[1]
	}
	b.WriteString(html.EscapeString(text[at:]))
	return b.String()
}
