package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// Fingerprint is a name for a finding that survives edits elsewhere in its file:
// it is made of rule, file, handler and the text of the range without blanks,
// not of line numbers. It is that of the first such finding of the file.
func Fingerprint(f rules.Finding, text []byte) string {
	key := strings.Join([]string{f.Rule, f.Range.File, f.Handler, pointed(f, text)}, "\x00")
	return name(key)
}

// Alike is the fingerprint of a finding that has others like it before it in its file: first is that of the first, and
// before is how many there are.
func Alike(first string, before int) string {
	if before == 0 {
		return first
	}
	return name(first + "\x00" + strconv.Itoa(before))
}

// Fingerprints gives each finding its fingerprint. Findings that are alike are
// counted in the order given, which should be that of their places.
func Fingerprints(found []rules.Finding, texts func(file string) ([]byte, bool)) {
	seen := map[string]int{}
	for i := range found {
		f := &found[i]
		var text []byte
		if texts != nil {
			text, _ = texts(f.Range.File)
		}
		first := Fingerprint(*f, text)
		f.Fingerprint = Alike(first, seen[first])
		seen[first]++
	}
}

func name(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:12])
}

// pointed is what a finding points at, without blanks. A point says nothing, so
// its line is taken.
func pointed(f rules.Finding, text []byte) string {
	start := min(max(f.Range.Start, 0), len(text))
	end := min(max(f.Range.End, start), len(text))
	if end > start {
		return string(bytes.Join(bytes.Fields(text[start:end]), nil))
	}
	x := position.New(text)
	return string(bytes.Join(bytes.Fields(x.Text(x.Line(start))), nil))
}
