package platform

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// plainTemplate is a file like those that the plain reader is for.
const plainTemplate = `AWSTemplateFormatVersion: '2010-09-09'
Description: >
  Two paragraphs

  of text
Resources:
  Function: # the only one
    Type: AWS::Serverless::Function
    Properties:
      Handler: "app.handler"
      Runtime: nodejs22.x
      Timeout: 30
      Environment: {}
      Layers: [!Ref Layer, 'arn:aws:x', { Fn: y }]
      Policies:
      - S3ReadPolicy:
          BucketName: !Ref Bucket
      - !If
        - Big
        - !Sub "arn:${x}"
      InlineCode: |
        exports.handler = () => {
          1
        }
      Tags:
      Empty: ~
`

func plainTexts() []string {
	return []string{
		plainTemplate, "---\na: b\n", "# x\n\na: b # c\n", "- a\n- - b\n  - c: d\n    e: f\n-\n  g: h\n", "a:\nb:", "a: |-\n  x\n\n   y\nb: c\n",
		"a: |+\n  x\n\nb: >-\n  y\n  z\n", "a: x#y\nb: http://x:1/\nc: ${a:b}\nd: -1\ne: 1e3\nf: yes\ng: true\nh: 1_000\n200: x\n", "ü: ö ä\n'b c': d\n",
	}
}

// oddTexts are left to the library: they are broken, or hold what the plain reader does not know.
func oddTexts() []string {
	return []string{
		"", "a", "  a: b\n", "a: b\n---\nc: d\n", "%YAML 1.2\n---\na: b\n", "a: &x b\nc: *x\n", "a:\n  <<: b\n", "a: b\n  c\n", "a: b: c\n", "a:\tb\n",
		"a: \"b\\n\"\n", "a: 'b''c'\n", "a: [b,\n  c]\n", "a: [b: c]\n", "a: [b\n", "a: {b}\n", "a: \"b\" c\n", "a: !!str b\n", "a: !b\n", "a: |2\n   b\n",
		"a: |\n  b", "a: >\n  b\n    c\n", "a: @b\n", "a:\r\n  b: c\r\n", "? a\n: b\n", "a:\n    b: c\n  d: e\n", "a: !Sub 5\n", "\xff: a\n",
		strings.Repeat("- ", 99) + "a\n",
	}
}

func TestPlainYAML(t *testing.T) {
	for _, text := range plainTexts() {
		if !plainIsRight(t, text) {
			t.Errorf("%q is odd", text)
		}
	}
	for _, text := range oddTexts() {
		if plainIsRight(t, text) {
			t.Errorf("%q is plain", text)
		}
	}
}

// FuzzPlainYAML holds the plain reader against the library: whatever it takes, both read alike.
func FuzzPlainYAML(f *testing.F) {
	for _, text := range append(plainTexts(), oddTexts()...) {
		f.Add(text)
	}
	archives, _ := os.ReadDir("testdata")
	for _, a := range archives {
		if archive, err := txtar.ParseFile("testdata/" + a.Name()); err == nil {
			for _, file := range archive.Files {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) { plainIsRight(t, text) })
}

// plainIsRight compares the two readers, if the text is plain.
func plainIsRight(t *testing.T, text string) (plain bool) {
	t.Helper()
	src := &confSource{"x.yml", []byte(text), 0}
	got, ok := parsePlainYAML(src)
	if !ok {
		return false
	}
	want, failed := parseAnyYAML(src)
	if failed != nil {
		t.Errorf("%q: the library says %q", text, failed.text)
		return true
	}
	// Behind a tag in brackets, and of scalars with blanks behind them, the library's places are wrong.
	places := (!strings.Contains(text, "!") || !strings.ContainsAny(text, "[{")) && !strings.Contains(text+"\n", " \n")
	if difference := unlike("", got, want, places); difference != "" {
		t.Errorf("%q%s", text, difference)
	}
	return true
}

// unlike says where two values differ, "" if they do not.
func unlike(at string, a, b *conf, places bool) string {
	if a == nil || b == nil {
		return fmt.Sprintf("%s: %v and %v", at, a, b)
	}
	describe := func(c *conf) string {
		return fmt.Sprintf("%q %q %v %v %d %d", c.tag, c.text, c.scalar, c.quoted, len(c.table), len(c.list))
	}
	one, other := describe(a), strings.ReplaceAll(describe(b), hiddenFn, "Fn::")
	switch {
	case one != other:
		return fmt.Sprintf("%s: %s and %s", at, one, other)
	case places && (a.start != b.start || a.end != b.end):
		return fmt.Sprintf("%s: [%d,%d) and [%d,%d)", at, a.start, a.end, b.start, b.end)
	}
	for i := range a.table {
		key := at + "." + a.table[i].key
		if difference := unlike(key+" itself", a.table[i].at, b.table[i].at, places) + unlike(key, a.table[i].value, b.table[i].value, places); difference != "" {
			return difference
		}
	}
	for i := range a.list {
		if difference := unlike(fmt.Sprintf("%s[%d]", at, i), a.list[i], b.list[i], places); difference != "" {
			return difference
		}
	}
	return ""
}

func BenchmarkYAML(b *testing.B) {
	src := &confSource{"template.yaml", []byte(plainTemplate), 0}
	for name, read := range map[string]func() bool{
		"plain": func() bool { _, ok := parsePlainYAML(src); return ok },
		"any":   func() bool { _, failed := parseAnyYAML(src); return failed == nil },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !read() {
					b.Fatal("not read")
				}
			}
		})
	}
}
