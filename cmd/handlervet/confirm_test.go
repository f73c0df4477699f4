package main

import (
	"strings"
	"testing"
)

func TestSplitPlace(t *testing.T) {
	for at, want := range map[string]struct {
		file string
		line int
	}{
		"a.js:1": {"a.js", 1}, "dir/a b.ts:20": {"dir/a b.ts", 20}, `C:\x\a.js:3`: {`C:\x\a.js`, 3},
		"a.js": {}, ":3": {}, "a.js:": {}, "a.js:0": {}, "a.js:-1": {}, "a.js:x": {}, "": {},
	} {
		file, line, err := splitPlace(at)
		if file != want.file || line != want.line || (err == nil) != (want.line > 0) {
			t.Errorf("%q is %q %d, %v", at, file, line, err)
		}
		if err != nil && !strings.Contains(err.Error(), "file:line") {
			t.Errorf("%q: the error does not say what to write: %v", at, err)
		}
	}
}
