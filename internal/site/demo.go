package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/handlervet/handlervet/internal/docs"
	"github.com/handlervet/handlervet/rules"
)

var (
	link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	// block is a code block that begins with the name of its file.
	block = regexp.MustCompile("(?ms)^```[a-z]+\n(?://|#) (\\S+)\n(.*?)^```$")
)

// withRun is a rule's page with what handlervet says of its bad examples, behind them.
func withRun(binary string, r rules.Rule) (string, error) {
	before, rest, ok := strings.Cut(r.Doc, "\n## Bad\n")
	if !ok {
		return r.Doc, nil // one of the rules about files and comments
	}
	bad, after, ok := strings.Cut(rest, "\n## Good\n")
	if !ok {
		return "", errors.New("the page has no good example")
	}
	files := map[string]string{}
	for _, m := range block.FindAllStringSubmatch(bad, -1) {
		files[m[1]] = m[2]
	}
	said, err := check(binary, r.Name, files)
	if err != nil {
		return "", err
	}
	shown := ""
	if said != "" {
		shown = "\n`handlervet check --confirm` says:\n\n" + docs.Fence("text", said)
	}
	return before + "\n## Bad\n" + bad + shown + "\n## Good\n" + after, nil
}

// check runs handlervet on some files, in a directory of their own.
func check(binary, rule string, files map[string]string) (string, error) {
	dir, err := os.MkdirTemp("", "handlervet-site-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in a directory for that
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return "", err
		}
	}
	cmd := exec.Command(binary, "check", "--confirm", "--rule", rule)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "FORCE_COLOR=")
	var out, trouble bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &trouble
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return "", fmt.Errorf("%w: %s", err, trouble.String())
	}
	return out.String(), nil
}
