// Command newrule writes the files of a new rule:
//
//	go run ./internal/newrule sleepy-handler
//
// It makes the rule's folder with its code and page, its test files, and puts it on the generated list. The rule
// that comes out builds and passes its tests; its question and its page are there to be replaced.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "newrule:", err)
		os.Exit(2)
	}
}

func run(w io.Writer, args []string) error {
	if len(args) != 1 || strings.HasPrefix(args[0], "-") {
		return fmt.Errorf("usage: go run ./internal/newrule <name>, for example sleepy-handler")
	}
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	n, err := parseName(args[0])
	if err != nil {
		return err
	}
	if err := n.free(root); err != nil {
		return err
	}
	written, err := n.write(root)
	for _, file := range written {
		_, _ = fmt.Fprintln(w, "wrote", file)
	}
	if err != nil {
		return err
	}
	if err := generate(root); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "added %s to the list in rules/all\n\n%s", n.Rule, next)
	return err
}

const next = `Now replace the page, the question and the test files (CONTRIBUTING.md says how), then
  go test ./internal/ruletest
  go test ./internal/docs ./internal/config -update
`

// moduleRoot is the directory of go.mod, from the working directory upwards.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for d := dir; ; d = filepath.Dir(d) {
		text, err := os.ReadFile(filepath.Join(d, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module github.com/handlervet/handlervet\n") {
			return d, nil
		}
		if d == filepath.Dir(d) {
			return "", fmt.Errorf("%s is not inside a clone of handlervet", dir)
		}
	}
}

func generate(root string) error {
	cmd := exec.Command("go", "generate", "./rules/all")
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the files are written, but go generate ./rules/all failed: %w\n%s", err, said)
	}
	return nil
}
