// Command handlervet finds serverless handlers that hang, answer twice, lose
// work or outlive their time budget.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
)

// garbagePercent lets the heap of a run, which is short, grow to a few times what is in use: collecting it costs more
// than it saves.
const garbagePercent = 400

// softMemory is how much memory, in bytes, may be used before collecting more often is worth it.
const softMemory = 72 << 20

func main() {
	debug.SetGCPercent(garbagePercent)
	debug.SetMemoryLimit(softMemory)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], streams{out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(status)
}
