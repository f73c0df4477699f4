package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// handlers writes n small handlers and returns their directory.
func handlers(tb testing.TB, n int) string {
	tb.Helper()
	root := tb.TempDir()
	dir := filepath.Join(root, "functions")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		tb.Fatal(err)
	}
	for i := range n {
		text := fmt.Sprintf(`exports.handler = async function (context, event, callback) {
  const client = context.getTwilioClient();
  try {
    const m = await client.messages.create({ to: event.to, body: 'no %d' });
    if (!m.sid) return callback(new Error('no sid'));
    return callback(null, { sid: m.sid });
  } catch (error) {
    console.error(error);
  }
};
`, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%d.js", i)), []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return root
}

func BenchmarkCheck(b *testing.B) {
	root := handlers(b, 200)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := check(context.Background(), []string{root}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBareParse(b *testing.B) {
	files := scripts([]string{handlers(b, 200)})
	b.ReportAllocs()
	for b.Loop() {
		bare(files)
	}
}

func TestMeasure(t *testing.T) {
	if err := measure(os.Stderr, []string{handlers(t, 20)}, 1); err != nil {
		t.Fatal(err)
	}
}
