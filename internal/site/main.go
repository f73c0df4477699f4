// Command site writes the documentation as a static site, from the same Markdown that the repository and the binary have:
// go run ./internal/site dist/site
//
// There is no script in it, and every link is relative: it can be read from any folder.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	binary := flag.String("binary", "", "the handlervet that runs the examples (default: build one)")
	flag.Usage = func() {
		_, _ = fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./internal/site [flags] <directory>")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*binary, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

func run(binary, out string) error {
	top, err := os.Getwd()
	if err != nil {
		return err
	}
	if binary == "" {
		dir, err := os.MkdirTemp("", "handlervet-site-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // what stays is in a directory for that
		if binary, err = build(top, dir); err != nil {
			return err
		}
	}
	pages, err := gather(top, binary)
	if err != nil {
		return err
	}
	return write(out, top, pages)
}

// build builds handlervet into a directory.
func build(top, dir string) (string, error) {
	file := filepath.Join(dir, "handlervet.exe") // a name that every system runs
	cmd := exec.Command("go", "build", "-o", file, "./cmd/handlervet")
	cmd.Dir, cmd.Stderr = top, os.Stderr
	return file, cmd.Run()
}
