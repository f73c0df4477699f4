package baseline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/handlervet/handlervet/rules"
)

// Fingerprint gives each finding a name that survives edits elsewhere in its
// file: rule, file, handler and the text it points at, without blanks. Findings that are
// alike in all of these are counted, in the order given.
func Fingerprint(found []rules.Finding, text func(file string) string) {
	seen := map[string]int{}
	for i := range found {
		f := &found[i]
		key := strings.Join([]string{f.Rule, f.Range.File, f.Handler, pointed(f, text(f.Range.File))}, "\x00")
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		seen[key]++
		f.Fingerprint = hex.EncodeToString(sum[:12])
	}
}

// pointed is the first line of what a finding points at, without blanks.
func pointed(f *rules.Finding, text string) string {
	start := min(max(f.Range.Start, 0), len(text))
	end := min(max(f.Range.End, start), len(text))
	if end == start { // a point: the line it is on says more than nothing
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
	}
	line, _, _ := strings.Cut(text[start:end], "\n")
	return strings.Join(strings.Fields(line), "")
}
