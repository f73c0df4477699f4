package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestNoJavaScript holds that the command can be installed without the replace directive: what it is made of
// reaches neither the parser's shim nor the interpreter.
func TestNoJavaScript(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if len(deps) < 20 {
		t.Fatalf("only %d packages: go list did not do its work", len(deps))
	}
	for _, dep := range deps {
		for _, banned := range []string{"evanw/esbuild", "dop251/goja", "handlervet/analyzers/js", "handlervet/analyzers/platform"} {
			if strings.Contains(dep, banned) {
				t.Errorf("depends on %s", dep)
			}
		}
	}
}
