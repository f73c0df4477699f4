package platform

import (
	"fmt"
	"strings"
	"testing"
)

// TestConfPlaces: what is read stands where it says, in every format, behind a mark, letters of several bytes and quotes.
func TestConfPlaces(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		keys             []string
		want             string
		line             int
	}{
		{"plain", "x.yml", "a:\n  b: 30 # s\n", []string{"a", "b"}, "30", 2},
		{"blanks behind", "x.yml", "a:\n  b: xy   \n  c: z \n", []string{"a", "b"}, "xy", 2},
		{"a blank behind a number", "x.yml", "a:\n  b: 30 \n", []string{"a", "b"}, "30", 2},
		{"double quotes", "x.yml", "é: \"ü\"\nb: \"x.y\"\n", []string{"b"}, "x.y", 2},
		{"single quotes", "x.yml", "ü: {b: 'x.y'}", []string{"ü", "b"}, "x.y", 1},
		{"mark", "x.yml", "\ufeffb: x\n", []string{"b"}, "x", 1},
		{"CRLF", "x.yml", "a: 1\r\nb: xy\r\n", []string{"b"}, "xy", 2},
		{"CRLF behind comments", "x.yml", "\ufeff# ü\r\na: 1 # s\r\n\r\n# t\r\nb: xy # u\r\n", []string{"b"}, "xy", 5},
		{"alias", "x.yml", "a: &n xy\nb: *n\n", []string{"b"}, "xy", 1},
		{"merged", "x.yml", "a: &n {c: xy}\nb:\n  <<: *n\n", []string{"b", "c"}, "xy", 1},
		{"own before merged", "x.yml", "a: &n {c: xy}\nb:\n  <<: *n\n  c: own\n", []string{"b", "c"}, "own", 4},
		{"tag", "x.yml", "b: !Sub xy\n", []string{"b"}, "xy", 1},
		{"JSON", "x.json", "{\n // x\n \"a\": {\"b\": \"xy\",},\n}", []string{"a", "b"}, "xy", 3},
		{"JSON number", "x.json", "{\"b\":\n 30}", []string{"b"}, "30", 2},
		{"JSON with a mark", "x.json", "\ufeff{\"b\": 30}", []string{"b"}, "30", 1},
		{"TOML", "x.toml", "[a]\nb = \"xy\"\n", []string{"a", "b"}, "xy", 2},
		{"TOML dotted", "x.toml", "a.b = 30\n", []string{"a", "b"}, "30", 1},
		{"TOML inline", "x.toml", "a = { b = 'xy' }\n", []string{"a", "b"}, "xy", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, failed := parseConf(test.file, []byte(test.text))
			if failed != nil {
				t.Fatal(failed)
			}
			p := root.get(test.keys...).place()
			if p.End > len(test.text) || p.Start > p.End || test.text[p.Start:p.End] != test.want || p.Line != test.line {
				t.Errorf("at %+v, want %q in line %d", p, test.want, test.line)
			}
		})
	}
}

// TestConfBounds: small texts that stand for very large ones, and deep ones, are read or turned away, and quickly.
func TestConfBounds(t *testing.T) {
	bomb := "a0: &a0 {x: 1}\n"
	for i := 1; i < 60; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	merges := strings.NewReplacer("[", "{<<: [", "]", "]}").Replace(bomb)
	for _, test := range []struct {
		name, file, text string
		fails            bool
	}{
		{"aliases of aliases", "x.yml", bomb, false},
		{"merges of merges", "x.yml", merges, false},
		{"an alias of itself", "x.yml", "a: &a [*a, *a]", false},
		{"brackets in YAML", "x.yml", strings.Repeat("[", 100_000), true},
		{"brackets in JSON", "x.json", strings.Repeat("[", 100_000), true},
		{"braces in TOML", "x.toml", "a=" + strings.Repeat("{a=", 100_000), true},
		{"dashes", "x.yml", strings.Repeat("- ", 100_000), true},
		{"many keys in a line", "x.json", "{" + strings.Repeat("\"a\":[{}],", 5_000) + "\"b\":1}", false},
		{"a ruler", "x.yml", "# " + strings.Repeat("-", 5_000) + "\na: 1\n", false},
		{"a large file", "x.json", "{\"a\":\"" + strings.Repeat("x", confLimit) + "\"}", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, failed := parseConf(test.file, []byte(test.text)); (failed != nil) != test.fails {
				t.Errorf("failed: %v", failed)
			}
		})
	}
}
