package walk

import "bytes"

const (
	minifiedSize = 50 << 10 // smaller files are cheap to check, whoever wrote them
	minifiedLine = 500      // bytes a line, on average
)

// Minified says whether a text is the output of a bundler: long lines full of punctuation.
// Long strings, such as an image in a data URL, have long lines too, but no code in them.
func Minified(text []byte) bool {
	if len(text) < minifiedSize {
		return false
	}
	lines := bytes.Count(text, []byte{'\n'}) + 1
	if len(text)/lines < minifiedLine {
		return false
	}
	code := 0
	for _, c := range text {
		if c == ';' || c == '(' || c == '{' || c == ',' {
			code++
		}
	}
	return code > len(text)/50
}
