package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules/all"
)

// shapes are what generated code and hostile code nest or chain, by depth.
var shapes = map[string]func(n int) string{
	"arrows":  func(n int) string { return "const a=" + strings.Repeat("()=>", n) + "1;" },
	"calls":   func(n int) string { return strings.Repeat("f(", n) + strings.Repeat(")", n) + ";" },
	"chains":  func(n int) string { return "a" + strings.Repeat(".then(f)", n) + ";" },
	"choices": func(n int) string { return "const a=" + strings.Repeat("x?1:", n) + "2;" },
	"ifs":     func(n int) string { return strings.Repeat("if(a)", n) + ";" },
	"members": func(n int) string { return "a" + strings.Repeat(".b", n) + ";" },
	"tries":   func(n int) string { return strings.Repeat("try{", n) + strings.Repeat("}catch(e){}", n) },
	"whiles":  func(n int) string { return strings.Repeat("while(a){", n) + strings.Repeat("}", n) },
}

// BenchmarkNesting checks handlers that nest deeply: ten times the depth should take about ten times as long.
func BenchmarkNesting(b *testing.B) {
	for name, shape := range shapes {
		for _, depth := range []int{1000, 10000} {
			b.Run(fmt.Sprintf("%s/%d", name, depth), func(b *testing.B) {
				root := b.TempDir()
				code := "exports.handler = async (context, event, callback) => {" + shape(depth) + " callback(null);};"
				for file, text := range map[string]string{".twilioserverlessrc": "{}", "functions/deep.js": code} {
					path := filepath.Join(root, file)
					if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
						b.Fatal(err)
					}
					if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
						b.Fatal(err)
					}
				}
				deep := filepath.Join(root, "functions", "deep.js") // a bundle must be named to be looked at
				for b.Loop() {
					out, err := pipeline.Run(context.Background(), pipeline.Options{Root: root, Paths: []string{deep}, Rules: all.Rules()})
					if err != nil || out.Stats.Checked != 1 {
						b.Fatalf("%v, %d handlers checked", err, out.Stats.Checked)
					}
				}
			})
		}
	}
}
