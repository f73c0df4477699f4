package confirm

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Bounds of the child process. What goja runs can fill memory and stack in ways that Go cannot recover from.
const (
	softMemory = 384 << 20 // bytes; from here on the collector works harder
	hardMemory = 512 << 20 // bytes; here the child ends
	maxGoStack = 128 << 20 // bytes
	sampling   = 5 * time.Millisecond
	// exitMemory is the child's exit status when it has used too much memory.
	exitMemory = 70
)

// reply is a line from the child: the result of one claim.
type reply struct {
	Claim  int    `json:"claim"`
	Result Result `json:"result"`
}

// Serve is the child's side: a task a line on in, a result a line on out, until in ends.
func Serve(in io.Reader, out io.Writer) error {
	debug.SetMemoryLimit(softMemory)
	debug.SetMaxStack(maxGoStack)
	debug.SetGCPercent(400)
	go watchMemory()
	return converse(in, out)
}

// ServeIfChild makes a program a sandbox and ends it, if it was started as one with ChildCommand; else it returns. A program that
// starts itself for its sandboxes, as tests and benchmarks do, calls it first.
func ServeIfChild() {
	if len(os.Args) < 2 || os.Args[1] != ChildCommand {
		return
	}
	if err := Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// converse answers tasks until there are no more.
func converse(in io.Reader, out io.Writer) error {
	reader := bufio.NewReaderSize(in, 1<<16)
	answers := json.NewEncoder(out)
	var last *trial
	for {
		line, err := reader.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			if err == io.EOF {
				return nil
			}
			return fmt.Errorf("cannot read the task: %w", err)
		}
		var t Task
		if err := json.Unmarshal(line, &t); err != nil {
			return fmt.Errorf("cannot understand the task: %w", err)
		}
		var failed error
		last = newTrial(&t, last)
		judgeEach(context.Background(), last, func(i int, r Result) {
			if err := answers.Encode(reply{Claim: i, Result: r}); err != nil {
				failed = err
			}
		})
		if failed != nil {
			return failed
		}
	}
}

// watchMemory ends the process when the code that it runs fills the memory.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for range time.Tick(sampling) {
		metrics.Read(sample)
		if sample[0].Value.Uint64() > hardMemory {
			os.Exit(exitMemory)
		}
	}
}
