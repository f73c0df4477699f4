// Command peers runs our Go rules over other linters' test data and says how far they agree:
//
//	go run ./bench/peers
//
// The data comes from the Go module proxy, into a module cache of its own that is removed afterwards (-cache keeps one). Each function of
// a suite is made a Lambda handler, because our rules ask about nothing else.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	cache := flag.String("cache", "", "keep the module cache in this directory")
	verbose := flag.Bool("v", false, "list the lines on which the two differ")
	flag.Parse()
	if err := run(*cache, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(2)
	}
}

func run(cache string, verbose bool) error {
	if cache == "" {
		dir, err := os.MkdirTemp("", "peers")
		if err != nil {
			return err
		}
		defer removeCache(dir)
		cache = dir
	}
	fmt.Println("| suite | version | lines they report | we, too | we alone |\n|---|---|---|---|---|")
	for _, s := range suites() {
		dir, version, err := download(cache, s.module, s.version)
		if err != nil {
			return err
		}
		r, err := s.compare(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("| %s | %s | %d | %d | %d |\n", s.name, version, r.theirs, r.both, len(r.ours))
		if verbose {
			for _, line := range r.missed {
				fmt.Println("  only they:", line)
			}
			for _, line := range r.ours {
				fmt.Println("  only we:  ", line)
			}
		}
	}
	return nil
}
