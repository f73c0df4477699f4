// Command handlervet finds serverless handlers that hang, answer twice, lose
// work or exceed their time limit.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	boundMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], streams{out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(status)
}
