package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// big writes a project of 4,100 files; one handler has 1,000 lines and 20 helpers.
func big(b *testing.B) (root, handler string) {
	root = b.TempDir()
	write(b, filepath.Join(root, "package.json"), `{"name": "big", "dependencies": {"axios": "1.0.0", "express": "4.0.0"}}`)
	for i := range 1000 {
		dir := filepath.Join(root, "services", fmt.Sprintf("s%03d", i/4), fmt.Sprintf("p%d", i%4))
		write(b, filepath.Join(dir, "handler.js"), "const { go } = require('./helper');\nexports.handler = async (event, context) => {\n  if (event.x) await go(event);\n  return { statusCode: 200 };\n};\n")
		write(b, filepath.Join(dir, "helper.js"), "exports.go = async (event) => {\n  const r = await fetch('https://example.com/' + event.id);\n  return r.json();\n};\n")
		write(b, filepath.Join(dir, "model.js"), "exports.model = { a: 1, b: [1, 2, 3] };\n")
		write(b, filepath.Join(dir, "package.json"), `{"name": "p", "dependencies": {"aws-sdk": "2"}}`)
	}
	var text strings.Builder
	for i := range 20 {
		write(b, filepath.Join(root, "big", fmt.Sprintf("h%02d.js", i)), helper(i, 0))
		fmt.Fprintf(&text, "const h%d = require('./h%02d');\n", i, i)
	}
	text.WriteString("exports.handler = function (context, event, callback) {\n")
	for i := range 20 {
		fmt.Fprintf(&text, "  if (event.kind === 'k%d') {\n", i)
		for n := range 40 {
			fmt.Fprintf(&text, "    const v%d = Number(event.v%d || %d) * 2;\n", n, n, n)
		}
		fmt.Fprintf(&text, "    h%d.go(event, (err, r) => {\n      if (err) return callback(err);\n      const list = [];\n"+
			"      for (const item of r.items) {\n        list.push({ id: item.id, n: v%d });\n      }\n      return callback(null, list);\n    });\n    return;\n  }\n", i, i)
	}
	text.WriteString("  callback(null, 'nothing');\n};\n")
	return root, text.String()
}

func helper(i, edits int) string {
	return fmt.Sprintf("const axios = require('axios');\n// %d\nexports.go = (event, done) => {\n  axios.get('https://example.com/%d').then(\n    (r) => done(null, r.data),\n    (e) => done(e),\n  );\n};\n", edits, i)
}

// BenchmarkSessionEdit is what a change of a handler of 1,000 lines costs, and one of a helper of it, in a tree of 4,100 files.
func BenchmarkSessionEdit(b *testing.B) {
	root, handler := big(b)
	write(b, filepath.Join(root, "big/handler.js"), handler)
	texts := map[string]func(n int) string{
		"big/handler.js":            func(n int) string { return strings.Replace(handler, "'nothing'", fmt.Sprintf("'nothing %d'", n), 1) },
		"big/h07.js":                func(n int) string { return helper(7, n) },
		"services/s000/p0/model.js": func(n int) string { return fmt.Sprintf("exports.model = { a: %d };\n", n) }, // nothing reaches it
	}
	for name, text := range texts {
		b.Run(filepath.Base(name), func(b *testing.B) {
			var s Session
			o := Options{Root: root, Rules: everyRule()}
			if _, err := s.Run(context.Background(), o); err != nil {
				b.Fatal(err)
			}
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				o.Overlay = map[string]string{name: text(n)}
				begin := time.Now()
				out, err := s.Edit(context.Background(), o, name)
				took = append(took, time.Since(begin))
				if err != nil || out.Stats.Checked < 1001 {
					b.Fatal(err, out.Stats.Checked)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2])/1e6, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100])/1e6, "p95-ms")
		})
	}
}
