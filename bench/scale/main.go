// Command scale measures how the cost of a check grows with the tree:
//
//	go run ./bench/scale [-copies 1,10,100] [-shards 4] <dir>
//
// It puts copies of a tree side by side in a directory of its own, as a monorepo has its projects, and checks them: at once, in
// shards one after the other, and with the cache, cold and warm. It prints a table in Markdown. Processor time is of all
// cores, so that it says the same on a busy machine.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	copies := flag.String("copies", "1,10,100", "`numbers` of copies, with commas")
	shards := flag.Int("shards", 4, "`number` of shards")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: scale [-copies 1,10,100] [-shards 4] <dir>")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *copies, *shards); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(2)
	}
}

func run(w io.Writer, dir, copies string, shards int) error {
	work, err := os.MkdirTemp("", "handlervet-scale-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }() // what stays is in a directory for that
	b := &bench{binary: filepath.Join(work, "handlervet.exe"), work: work, shards: shards}
	if err := build(b.binary); err != nil {
		return err
	}
	fmt.Fprintf(w, "| copies | | wall | processor | peak memory | bytes |\n|--:|---|--:|--:|--:|--:|\n")
	for text := range strings.SplitSeq(copies, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of copies", text)
		}
		rows, err := b.measure(dir, n)
		if err != nil {
			return err
		}
		for _, r := range rows {
			fmt.Fprintf(w, "| %d | %s | %.2f s | %.2f s | %d MB | %s |\n", n, r.what, r.wall.Seconds(), r.processor.Seconds(), r.memory>>20, size(r.bytes))
		}
	}
	return nil
}

// size is a number of bytes for people.
func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
