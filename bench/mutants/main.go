// Command mutants breaks handlers on purpose, one place at a time, and asks the whole product what it says:
//
//	go run ./bench/mutants [-kind completion,await,…] [-equivalent file] [-list] [-each 20s] [-for 15m] <dir>…
//
// A mutant is a handler's file with one completion, result, `await`, `return` or `.catch` deleted. `check` looks at
// the handler as at any other: nobody tells it where the mutation is. What it reports that it did not report before is
// confirmed, as `check --confirm` does, and the table says how often that came out how. Besides, the sandbox is asked about each handler
// whose completion was deleted as a whole: there, "no counterexample" is wrong unless the mutant does what the original does.
// Both a mutant and a tree have a bound of time; the table says how many were not tried, and why.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/handlervet/handlervet/internal/confirm"
)

func main() {
	confirm.ServeIfChild()
	a := arguments{limits: limits{progress: os.Stderr}}
	flag.StringVar(&a.kinds, "kind", strings.Join(kindNames(), ","), "what to delete, separated by commas")
	flag.StringVar(&a.equivalent, "equivalent", "", "`file` of mutants that were read and do what the original does: file:line:column and a reason a line")
	flag.BoolVar(&a.list, "list", false, "list the mutants that are not confirmed, too")
	flag.IntVar(&a.every, "every", 1, "take each nth mutant only")
	flag.DurationVar(&a.limits.each, "each", 20*time.Second, "how long a mutant may take")
	flag.DurationVar(&a.limits.whole, "for", 15*time.Minute, "how long a tree may take; the table says what was not tried")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: mutants [flags] <dir>…")
		os.Exit(2)
	}
	for _, dir := range flag.Args() {
		if err := a.run(context.Background(), os.Stdout, dir); err != nil {
			fmt.Fprintln(os.Stderr, "mutants:", err)
			os.Exit(2)
		}
	}
}

type arguments struct {
	kinds, equivalent string
	list              bool
	every             int
	limits            limits
}

// run mutates one tree.
func (a *arguments) run(ctx context.Context, w io.Writer, dir string) error {
	begin := time.Now()
	root, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	kinds, err := kindsNamed(a.kinds)
	if err != nil {
		return err
	}
	known, err := readEquivalent(a.equivalent)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, a.limits.whole)
	defer stop()
	s, err := survey(ctx, root, kinds)
	if err != nil {
		return err
	}
	mutants := s.mutants
	if a.every > 1 {
		var some []*mutant
		for i := 0; i < len(mutants); i += a.every {
			some = append(some, mutants[i])
		}
		mutants = some
	}
	for _, m := range mutants {
		if reason, ok := known[m.place()]; ok {
			m.equivalent = reason
		}
	}
	fmt.Fprintf(w, "%s: %d handlers, %d mutants\n\n", filepath.Base(root), s.handlers, len(mutants))
	s.printAnswers(ctx, a.limits, w, a.list)
	s.judge(ctx, a.limits, mutants)
	printTables(w, mutants)
	if a.list {
		printList(w, mutants)
	}
	fmt.Fprintf(w, "%.0f s\n", time.Since(begin).Seconds())
	return nil
}

// readEquivalent reads the list of mutants that were read and found to change nothing.
func readEquivalent(file string) (map[string]string, error) {
	out := map[string]string{}
	if file == "" {
		return out, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if place, reason, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(place, "#") {
			out[place] = reason
		}
	}
	return out, nil
}
