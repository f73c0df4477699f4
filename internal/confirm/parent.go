package confirm

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// perClaim is how long one claim may take on a real clock before the child is ended.
const perClaim = 6 * time.Second

// worker runs tasks in a child process, which it starts anew when it dies.
type worker struct {
	command []string
	timeout time.Duration
	child   *child
}

// child is a running process.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	replies chan reply // closed when the process is done
}

// run gets a result for each claim of a task: what the child does not answer is unconfirmed.
func (w *worker) run(ctx context.Context, t *Task) []Result {
	out := make([]Result, len(t.Claims))
	for next := 0; next < len(out); {
		rest := *t
		rest.Claims = t.Claims[next:]
		n, reason := w.attempt(ctx, &rest, out[next:])
		next += n
		if reason != "" && next < len(out) {
			out[next] = Result{Verdict: Unconfirmed, Reason: reason}
			next++
		}
		if ctx.Err() != nil {
			for ; next < len(out); next++ {
				out[next] = Result{Verdict: Unconfirmed, Reason: "it was stopped"}
			}
		}
	}
	return out
}

// attempt hands a task to the child. It returns how many claims were answered, and why the next was not.
func (w *worker) attempt(ctx context.Context, t *Task, out []Result) (int, string) {
	if w.child == nil {
		c, err := start(w.command)
		if err != nil {
			return 0, "the sandbox cannot be started: " + err.Error()
		}
		w.child = c
	}
	line, err := json.Marshal(t)
	if err != nil {
		return 0, "the task cannot be written: " + err.Error()
	}
	if _, err := w.child.in.Write(append(line, '\n')); err != nil {
		w.stop()
		return 0, "the sandbox ended"
	}
	for n := range out {
		deadline := time.NewTimer(w.timeout)
		select {
		case r, alive := <-w.child.replies:
			deadline.Stop()
			if !alive {
				return n, w.stop()
			}
			if r.Claim != n {
				w.stop()
				return n, "the sandbox answered out of turn"
			}
			out[n] = r.Result
		case <-deadline.C:
			w.stop()
			return n, fmt.Sprintf("the sandbox took longer than %v", w.timeout)
		case <-ctx.Done():
			deadline.Stop()
			w.stop()
			return n, "it was stopped"
		}
	}
	return len(out), ""
}

// stop ends the child and says why it ended.
func (w *worker) stop() string {
	c := w.child
	w.child = nil
	if c == nil {
		return ""
	}
	_ = c.in.Close()         // the process is ended anyway
	_ = c.cmd.Process.Kill() // it may have ended by itself
	err := c.cmd.Wait()
	for range c.replies {
		// until the reader has gone
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == exitMemory {
		return "the code filled the sandbox's memory"
	}
	return "the code took the sandbox down"
}

// start runs a child. It gets no environment but what Go's runtime needs.
func start(command []string) (*child, error) {
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec // our own program
	if self, err := os.Executable(); err == nil && self == command[0] {
		cmd.Args[0] = os.Args[0] // a program that goes by the name it is called by keeps it
	}
	cmd.Env = []string{"GOMAXPROCS=2", "PATH=/nonexistent", "TMPDIR=" + os.TempDir()}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &child{cmd: cmd, in: in, replies: make(chan reply)}
	go c.listen(stdout)
	return c, nil
}

// maxReply bounds a line from the child, in bytes: whole traces are far below.
const maxReply = 16 << 20

// listen hands on what the child says, up to its end or to the first line that is no reply.
func (c *child) listen(stdout io.Reader) {
	defer close(c.replies)
	lines := bufio.NewScanner(stdout)
	lines.Buffer(make([]byte, 0, 1<<16), maxReply)
	for lines.Scan() {
		var r reply
		if json.Unmarshal(lines.Bytes(), &r) != nil || !r.valid() {
			return
		}
		c.replies <- r
	}
}

// valid tells whether a reply says something that there is.
func (r *reply) valid() bool {
	known := slices.Contains([]Verdict{Confirmed, Conditional, Refuted, Unconfirmed}, r.Result.Verdict)
	return known && r.Claim >= 0 && r.Result.Runs >= 0
}
