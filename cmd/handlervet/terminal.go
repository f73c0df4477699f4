package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"github.com/handlervet/handlervet/internal/pipeline"
)

// isTerminal tells whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colored decides about colours: by the flag, then NO_COLOR and FORCE_COLOR, then where the output goes.
func colored(flag string, w io.Writer) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never" || os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "" && os.Getenv("FORCE_COLOR") != "0":
		return true
	}
	return isTerminal(w) && os.Getenv("TERM") != "dumb"
}

// patience is how long a run may take before it shows its progress.
const patience = time.Second

// progress shows the progress of a long run on a terminal; the returned function stops it and clears the line.
func progress(w io.Writer, o *pipeline.Options) (stop func()) {
	if !isTerminal(w) {
		return func() {}
	}
	var done, total atomic.Int64
	o.Progress = func(d, t int) {
		done.Store(max(done.Load(), int64(d)))
		total.Store(int64(t))
	}
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		show(w, &done, &total, quit)
	}()
	return func() {
		close(quit)
		<-ended
	}
}

func show(w io.Writer, done, total *atomic.Int64, quit <-chan struct{}) {
	wait := time.NewTimer(patience)
	defer wait.Stop()
	shown := false
	for {
		select {
		case <-quit:
			if shown {
				_, _ = fmt.Fprint(w, "\r\x1b[K")
			}
			return
		case <-wait.C:
			shown = true
			if t := total.Load(); t > 0 {
				_, _ = fmt.Fprintf(w, "\r\x1b[K%d of %d handlers", done.Load(), t)
			} else {
				_, _ = fmt.Fprint(w, "\r\x1b[Klooking for handlers")
			}
			wait.Reset(patience / 10)
		}
	}
}
