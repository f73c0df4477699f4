package main

import (
	"strings"
	"testing"
)

// TestScale measures something small: the numbers are whatever they are, and shards say what the whole check says.
func TestScale(t *testing.T) {
	if testing.Short() {
		t.Skip("builds handlervet")
	}
	t.Chdir("../..")
	var b strings.Builder
	if err := run(&b, "demo", "1,2", 2); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(b.String(), "\n"); lines != 2+2*4 || strings.Contains(b.String(), "| 0 kB |") {
		t.Errorf("%d lines:\n%s", lines, b.String())
	}
	for _, bad := range []string{"", "0", "x"} {
		if err := run(&b, "demo", bad, 2); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
	t.Chdir(t.TempDir()) // without the module nothing can be built
	if err := run(&b, "demo", "1", 2); err == nil {
		t.Error("without a program to measure: no error")
	}
}
