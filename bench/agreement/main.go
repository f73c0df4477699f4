// Command agreement compares what handlervet takes for a promise with what TypeScript's checker does, on projects
// whose dependencies are installed:
//
//	go run ./bench/agreement -root <dir> [-reasons file] [-calls calls.json] [-list] eslint.json handlervet.json [project…]
//
// It prints a table of both tools' findings, matched by file and line: those of typescript-eslint's
// no-floating-promises (ESLint's JSON report) and those of handlervet (its own). With -calls, it also asks handlervet about every call
// that the checker was asked about. lint.mjs writes eslint.json and calls.json. Without projects, all findings count.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	var a arguments
	flag.StringVar(&a.root, "root", ".", "`folder` that both tools ran in")
	flag.StringVar(&a.reasons, "reasons", "", "JSON `file` that gives the reason of a difference by file:line")
	flag.StringVar(&a.calls, "calls", "", "JSON `file` of calls that the checker was asked about")
	flag.BoolVar(&a.list, "list", false, "list the places, too")
	flag.Parse()
	if flag.NArg() < 2 {
		fmt.Fprintln(os.Stderr, "usage: agreement [flags] eslint.json handlervet.json [project…]")
		os.Exit(2)
	}
	a.lint, a.findings, a.projects = flag.Arg(0), flag.Arg(1), flag.Args()[2:]
	if err := a.run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "agreement:", err)
		os.Exit(2)
	}
}

type arguments struct {
	root, reasons, calls, lint, findings string
	list                                 bool
	projects                             []string // below root; none means everything
}

func (a *arguments) run(ctx context.Context, w io.Writer) error {
	root, err := filepath.Abs(a.root)
	if err != nil {
		return err
	}
	lint, err := readLint(a.lint, root)
	if err != nil {
		return err
	}
	findings, err := readFindings(a.findings)
	if err != nil {
		return err
	}
	reasons := map[string]string{}
	if a.reasons != "" {
		if err := read(a.reasons, &reasons); err != nil {
			return err
		}
	}
	c := compare(lint, findings, a.projects)
	c.print(w, reasons)
	if a.list {
		fmt.Fprintln(w)
		c.list(w, reasons)
	}
	if a.calls == "" {
		return nil
	}
	return a.compareCalls(ctx, w, root)
}

func (a *arguments) compareCalls(ctx context.Context, w io.Writer, root string) error {
	if len(a.projects) == 0 {
		return errors.New("-calls needs the projects to be named")
	}
	var calls []call
	if err := read(a.calls, &calls); err != nil {
		return err
	}
	if err := explain(ctx, root, a.projects, calls); err != nil {
		return err
	}
	fmt.Fprintln(w)
	printCalls(w, calls)
	if a.list {
		fmt.Fprintln(w)
		for _, c := range calls {
			fmt.Fprintf(w, "%s\t%s\t%s:%d\t%s\t%s\n", c.Type, c.Taken, c.File, c.Line, c.Call, c.Why)
		}
	}
	return nil
}

// in tells whether a file lies in one of the projects; all do if none is named.
func in(projects []string, file string) bool {
	for _, p := range projects {
		if strings.HasPrefix(file, p+"/") {
			return true
		}
	}
	return len(projects) == 0
}
