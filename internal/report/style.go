package report

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/handlervet/handlervet/rules"
)

// The colours, as the numbers of an escape sequence.
const (
	red    = "31;"
	yellow = "33;"
	blue   = "34;"
	cyan   = "36;"
	bold   = "1;"
	dim    = "2;"
)

// style paints and links, if it is told to.
type style struct {
	color, links bool
	root         string
}

func (s style) paint(color, text string) string {
	if !s.color || text == "" {
		return text
	}
	return "\x1b[" + strings.TrimSuffix(color, ";") + "m" + text + "\x1b[0m"
}

// link makes text a hyperlink: OSC 8, which terminals that do not know it pass over.
func (s style) link(target, text string) string {
	if !s.links || target == "" {
		return text
	}
	return "\x1b]8;;" + target + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

func (s style) fileURL(file string) string {
	if s.root == "" {
		return ""
	}
	root := strings.ReplaceAll(s.root, `\`, "/")
	if !strings.HasPrefix(root, "/") { // a drive
		root = "/" + root
	}
	return (&url.URL{Scheme: "file", Path: path.Join(root, file)}).String()
}

func severityColor(s rules.Severity) string {
	switch s {
	case rules.Error:
		return red
	case rules.Warning:
		return yellow
	}
	return blue
}

// capital is a text with a capital first letter and no full stop.
func capital(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
