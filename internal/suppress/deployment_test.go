package suppress

import (
	"fmt"
	"strings"
	"testing"
)

// TestDeployment: where the comments of deployment files stand, and the line that each is about.
func TestDeployment(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"YAML, next line", "x.yml", "a:\n  # handlervet-ignore config-limit -- why\n  # more\n\n  b: 1\n", "config-limit/why/  b: 1"},
		{"YAML, same line", "x.yaml", "b: 1 # handlervet-ignore config-limit -- why\nc: 2\n", "config-limit/why/b: 1 # handlervet-ignore config-limit -- why"},
		{"TOML", "x.toml", "# handlervet-ignore config-limit, runtime-version -- why\nb = 1\r\nc = 2", "config-limit,runtime-version/why/b = 1\r"},
		{"JSON", "x.json", "{\n  // handlervet-ignore config-limit -- why\n  \"b\": 1\n}", "config-limit/why/  \"b\": 1"},
		{"JSON, behind a comma", "x.jsonc", "{ \"b\": 1,// handlervet-ignore config-limit -- why\n}", "config-limit/why/{ \"b\": 1,// handlervet-ignore config-limit -- why"},
		{"a path in YAML", "x.yml", "a: http://handlervet-ignore config-limit -- why\n", ""},
		{"a fragment", "x.yml", "a: x#handlervet-ignore config-limit -- why\n", ""},
		{"slashes in YAML", "x.yml", "a: // handlervet-ignore config-limit -- why\n", ""},
		{"hash in JSON", "x.json", "{ \"a\": \"# handlervet-ignore config-limit -- why\" }", ""},
		{"nothing below", "x.yml", "# handlervet-ignore config-limit -- why", "config-limit/why/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, d := range ParseDeployment(test.file, test.text) {
				var names []string
				for _, n := range d.Rules {
					names = append(names, test.text[n.Range.Start:n.Range.End])
				}
				got += fmt.Sprintf("%s/%s/%s", strings.Join(names, ","), d.Reason, test.text[d.First:d.Last])
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	whole := ParseDeployment("x.yml", "# handlervet-ignore-file config-limit -- why\n")
	if len(whole) != 1 || !whole[0].WholeFile {
		t.Errorf("a whole file: %+v", whole)
	}
}
