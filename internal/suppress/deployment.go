package suppress

import (
	"path"
	"regexp"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// The comments of deployment files: YAML and TOML have `#`, JSON, where it has comments at all, those of scripts.
var (
	hashComment  = regexp.MustCompile(`(?m)(?:^|[ \t])(#[ \t]*` + lineMark + `[^\r\n]*)`)
	slashComment = regexp.MustCompile(`(?m)(?:^|[ \t,{\[])(//[ \t]*` + lineMark + `[^\r\n]*)`)
)

// ParseDeployment finds the directives among the comments of a deployment file.
func ParseDeployment(file, text string) []Directive {
	if !strings.Contains(text, lineMark) {
		return nil
	}
	pattern := slashComment
	switch path.Ext(file) {
	case ".yml", ".yaml", ".toml":
		pattern = hashComment
	}
	f := &jsparse.File{Path: file, Text: text}
	var out []Directive
	for _, at := range pattern.FindAllStringSubmatchIndex(text, -1) {
		c := jsparse.Comment{Span: jsparse.Span{Start: at[2], End: at[3]}, Text: text[at[2]:at[3]]}
		if d, ok := parseComment(f, c); ok {
			out = append(out, d)
		}
	}
	return out
}
